package enginetest

import (
	"math"
	"time"

	"inkflow/core/engine"
)

// turn sends settings that differ from the last ones.
func (s *session) turn(afresh bool, f func(c *engine.Settings)) engine.Settings {
	s.t.Helper()
	settings := s.reply().Settings
	f(&settings)
	s.send(engine.Command{Op: engine.OpConfigure, Settings: settings, On: afresh})
	return settings
}

// Every solver, grid and kind of noise on the menu carries all particles.
func everySampler(s *session) {
	s.fewParticles()
	s.learn(3)
	s.hold()
	carried := func(what string) {
		s.t.Helper()
		clear(s.cloud)
		p := s.until("the particles of "+what, func(p *engine.Snapshot) bool {
			return p.Generation == s.sent && (p.Status == engine.Refused || s.covers(p))
		})
		if p.Status == engine.Refused {
			s.t.Errorf("%s: %s", what, p.Message)
		}
		for p.NFE == 0 {
			p = s.until("the cost", func(*engine.Snapshot) bool { return true })
		}
	}
	for _, v := range engine.Solvers() {
		s.turn(false, func(c *engine.Settings) { c.Solver, c.Noise, c.Corrector = v.Name, 0, 0 })
		carried(v.Name)
		if v.Adaptive {
			continue
		}
		s.turn(false, func(c *engine.Settings) { c.Noise, c.Corrector = 1, 1 })
		carried(v.Name + " with noise")
	}
	s.turn(false, func(c *engine.Settings) { c.Solver, c.Noise, c.Corrector = "heun", engine.Reverse, 0 })
	carried("the reverse diffusion")
	for _, grid := range []string{"uniform", "shift", "cosine", "logsnr", "edm", "0,0.5,1", ""} {
		s.turn(false, func(c *engine.Settings) { c.Noise, c.Grid = 0, grid })
		carried("the grid " + grid)
	}
	for _, v := range engine.Schedulers() {
		s.turn(false, func(c *engine.Settings) { c.Along = v.Name })
		carried("sampling along " + v.Name)
	}
}

// Every path, prediction, coupling, weight and time sampling on the menu can be
// learned, and a source that is drawn.
func everyLesson(s *session) {
	s.fewParticles()
	s.send(engine.Command{Op: engine.OpSource, Target: engine.Target{W: 2, H: 1, X0: -1, Cell: 1, Ink: []float32{1, 2}}})
	try := func(what string, afresh bool, f func(c *engine.Settings)) {
		s.t.Helper()
		_, open := engine.Opening()
		want := s.turn(afresh, func(c *engine.Settings) {
			*c = c.WithLesson(open)
			c.Weight, c.Times = open.Weight, open.Times
			f(c)
		})
		p := s.until("steps of "+what, func(p *engine.Snapshot) bool {
			return p.Generation == s.sent && (p.Step > 0 || p.Status == engine.Refused)
		})
		if p.Status != engine.Training || p.Settings != want {
			s.t.Errorf("%s: %v %s, settings %+v", what, p.Status, p.Message, p.Settings)
		}
	}
	for _, v := range engine.Schedulers() {
		try(v.Name, true, func(c *engine.Settings) { c.Scheduler = v.Name })
	}
	for _, v := range engine.Predictions() {
		try(v.Name, true, func(c *engine.Settings) { c.Predict = v.Name })
	}
	for _, v := range engine.Couplings() {
		try(v.Name, true, func(c *engine.Settings) { c.Coupling = v.Name })
	}
	for _, name := range []string{"moons", engine.Kept} {
		try("from "+name, true, func(c *engine.Settings) { c.Source = name })
	}
	try("the opening", true, func(*engine.Settings) {})
	for _, v := range engine.Weights() {
		try(v.Name, false, func(c *engine.Settings) { c.Weight = v.Name })
	}
	for _, v := range engine.Samplings() {
		try(v.Name, false, func(c *engine.Settings) { c.Times = v.Name })
	}
}

// What is learned changes by learning afresh, and in no other way.
func afreshOrNot(s *session) {
	s.fewParticles()
	s.learn(20)
	was := s.hold()
	s.turn(false, func(c *engine.Settings) { c.Scheduler, c.Predict, c.Steps = "cosine", "x1", 3 })
	if p := s.answer(); p.Step != was.Step || p.Settings.Scheduler != "condot" || p.Settings.Predict != "velocity" || p.Settings.Steps != 3 {
		s.t.Errorf("without learning afresh it is at step %d under %+v", p.Step, p.Settings)
	}
	s.turn(false, func(c *engine.Settings) { c.Weight, c.Times = "snr", "uniform" })
	if p := s.answer(); p.Step != was.Step || p.Settings.Weight != "snr" {
		s.t.Errorf("another way of learning goes on from step %d, not %d", p.Step, was.Step)
	}
	s.turn(true, func(c *engine.Settings) { c.Scheduler, c.Predict = "cosine", "x1" })
	if p := s.answer(); p.Step != 0 || p.Settings.Scheduler != "cosine" || p.Settings.Predict != "x1" {
		s.t.Errorf("afresh it is at step %d under %+v", p.Step, p.Settings)
	}
	p := s.reply()
	if n := len(p.Curves.Alpha); n < 2 || n != len(p.Curves.Sigma) {
		s.t.Errorf("%d and %d points of the curves", n, len(p.Curves.Sigma))
	}
}

// Layers come as they were asked for, finite, and none comes of what is no
// more.
func layers(s *session) {
	s.fewParticles()
	s.learn(5)
	at := engine.Layer{Time: 0.5, X0: -3, Y0: -2, Cell: 0.5, W: 12, H: 8}
	ask := func(kinds ...engine.Kind) []engine.Layer {
		var want []engine.Layer
		for _, k := range kinds {
			l := at
			l.Kind = k
			want = append(want, l)
		}
		s.send(engine.Command{Op: engine.OpShow, Layers: want})
		return want
	}
	got := map[engine.Kind]*engine.Field{}
	collect := func(what string, want []engine.Layer) {
		s.t.Helper()
		clear(got)
		s.until(what, func(p *engine.Snapshot) bool {
			for i := range p.Fields {
				got[p.Fields[i].Kind] = &p.Fields[i]
			}
			for _, l := range want {
				if f := got[l.Kind]; f == nil || f.Layer != l {
					return false
				}
			}
			return true
		})
	}
	all := []engine.Kind{engine.Velocity, engine.Exact, engine.Gap, engine.Density, engine.Likelihood}
	collect("all layers", ask(all...))
	for k, f := range got {
		for _, v := range f.Data {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				s.t.Fatalf("the layer %v holds %g", k, v)
			}
		}
		if want := k.Numbers() * at.W * at.H; len(f.Data) != want {
			s.t.Errorf("the layer %v holds %d numbers, not %d", k, len(f.Data), want)
		}
		if speeds := k == engine.Velocity || k == engine.Exact || k == engine.Gap; (f.Typical > 0) != speeds {
			s.t.Errorf("the layer %v has the typical speed %g", k, f.Typical)
		}
	}
	at.Time = 0.25
	collect("the layers of another time", ask(all...))

	// They follow the flow: another target, and the answer is another.
	was := append([]float32(nil), got[engine.Density].Data...)
	g := s.send(engine.Command{Op: engine.OpTarget, Target: engine.Target{Preset: "ring", Fresh: true}})
	clear(got)
	s.until("the layers of the new target", func(p *engine.Snapshot) bool {
		for i := range p.Fields {
			if p.Generation < g {
				s.t.Errorf("generation %d brings a layer after %d was sent", p.Generation, g)
			}
			got[p.Fields[i].Kind] = &p.Fields[i]
		}
		return got[engine.Density] != nil && got[engine.Velocity] != nil
	})
	same := true
	for i, v := range got[engine.Density].Data {
		same = same && v == was[i]
	}
	if same {
		s.t.Error("another drawing has the same density")
	}

	ask()
	s.answer()
	for end := time.Now().Add(300 * time.Millisecond); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if p := s.poll(); p != nil && len(p.Fields) > 0 && p.Generation == s.sent {
			s.t.Fatalf("%d layers come though none was asked for", len(p.Fields))
		}
	}
}

// The theorem, measured: the gradients meet like 1/√n, and the losses differ by
// the constant.
func theoremMeasured(s *session) {
	s.send(engine.Command{Op: engine.OpTarget, Target: engine.Target{Preset: "checkerboard", Fresh: true}})
	s.learn(50)
	s.hold()
	s.send(engine.Command{Op: engine.OpShow, Layers: []engine.Layer{{Kind: engine.Theorem}}})
	p := s.until("the theorem", func(p *engine.Snapshot) bool { return len(p.Proof.Draws) >= 6 })
	if q := p.Proof; math.Abs(q.Slope+0.5) > 0.2 || math.Abs(q.Difference-q.Constant) > 5*math.Hypot(q.DifferenceError, q.ConstantError) {
		s.t.Errorf("the slope is %.3f, want −0.5; CFM − FM is %.4f ± %.4f, the constant %.4f ± %.4f",
			q.Slope, q.Difference, q.DifferenceError, q.Constant, q.ConstantError)
	}
	p = s.until("the floor, the entropy and the likelihood", func(p *engine.Snapshot) bool {
		return p.LossFloor > 0 && p.EntropyKnown && p.NLLPoints > 0
	})
	if math.Abs(p.Entropy-3.6765) > 1e-3 {
		s.t.Errorf("the entropy of the checkerboard is %.4f", p.Entropy)
	}
	if p.NLL < p.Entropy-0.2 {
		s.t.Errorf("a likelihood of %.3f is better than the entropy %.3f lets it be", p.NLL, p.Entropy)
	}
}
