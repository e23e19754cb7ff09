package enginetest

import (
	"math"
	"slices"

	"inkflow/core/engine"
)

// Other settings make another cloud, and all of it comes.
func configure(s *session) {
	for _, v := range []struct {
		solver           string
		steps, particles int
	}{
		{"euler", 1, engine.MinParticles},
		{"euler", 16, 1024},
		{"rk4", 3, 1025},
		{"midpoint", 17, 5000},
		{"euler", engine.MaxSteps, 2048},
		{"midpoint", 2, 40_000},
	} {
		_, settings := engine.Opening()
		settings.Solver, settings.Steps, settings.Particles = v.solver, v.steps, v.particles
		s.send(engine.Command{Op: engine.OpConfigure, Settings: settings})
		s.whole()
		if s.last.Settings != settings {
			s.t.Errorf("the settings are %+v, not %+v", s.last.Settings, settings)
		}
	}
}

// At t = 0 the particles are N(0, I).
func gaussianAtZero(s *session) {
	s.hold()
	_, settings := engine.Opening()
	settings.Steps, settings.Solver, settings.Seed = 1, "euler", 7
	s.send(engine.Command{Op: engine.OpConfigure, Settings: settings})
	s.whole()
	rows := [2][]float64{}
	for _, p := range s.cloud {
		for i := range rows {
			for _, v := range p.xy[i*p.count : (i+1)*p.count] {
				rows[i] = append(rows[i], float64(v)*float64(p.unit))
			}
		}
	}
	n := float64(len(rows[0]))
	product := 0.0
	for j := range rows[0] {
		product += rows[0][j] * rows[1][j] / n
	}
	// The product of two independent normal variables has variance 1.
	if math.Abs(product) > 5/math.Sqrt(n) {
		s.t.Errorf("the coordinates at t = 0 correlate by %.4f", product)
	}
	for i, row := range rows {
		// Kolmogorov and Smirnov: the largest distance between the distribution
		// functions exceeds 2.2/√n once in eight thousand seeds, and the seed is
		// fixed.
		slices.Sort(row)
		gap := 0.0
		for k, x := range row {
			f := 0.5 * math.Erfc(-x/math.Sqrt2)
			gap = max(gap, math.Abs(f-float64(k)/n), math.Abs(f-float64(k+1)/n))
		}
		if gap > 2.2/math.Sqrt(n) {
			s.t.Errorf("coordinate %d at t = 0 is not N(0, 1): the distribution functions are %.4f apart, %g allowed", i, gap, 2.2/math.Sqrt(n))
		}
	}
}

// What is sent belongs to the runner: a pen that goes on over the same ink
// changes nothing of what was sent. Here it makes it negative, which the
// runner would refuse.
func senderKeepsItsInk(s *session) {
	s.hold()
	ink := []float32{1, 1, 1, 1}
	s.send(engine.Command{Op: engine.OpTarget, Target: engine.Target{W: 2, H: 2, X0: -1, Y0: -1, Cell: 1, Ink: ink}})
	for i := range ink {
		ink[i] = -1
	}
	if p := s.answer(); p.Status == engine.Refused {
		s.t.Errorf("the sender's ink is read after Send: %s", p.Message)
	}
}
