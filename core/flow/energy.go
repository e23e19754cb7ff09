package flow

import (
	"math"

	"inkflow/core/ode"
)

// Energy is how much a flow moves its points about, in squared units of the
// points: means over noise, each with the standard error that the number of
// points leaves.
type Energy struct {
	// Kinetic is E ∫‖u(X_t, t)‖² dt along the flow. Of all flows with the same
	// ends none has less than the squared 2-Wasserstein distance between them
	// (Benamou and Brenier 2000); metric.PathEnergy compares the two.
	Kinetic, KineticError float64
	// Straightness is E ∫‖u(X_t, t) − (X_1 − X_0)‖² dt, 0 for points that go
	// straight at an even speed (Liu, Gong and Liu 2023, section 2.2).
	Straightness, StraightnessError float64
	// Displacement is E‖X_1 − X_0‖², what is left of Kinetic.
	Displacement float64
}

// energy is the sums of a run.
type energy struct {
	dim, n   int       // n points are counted
	begun    float64   // time of the first state
	last     float64   // time of the state before
	first    []float32 // [dim × Chunk] the first state
	before   []float32 // [dim × Chunk] the state before
	kinetic  []float64 // [Chunk] ∫‖u‖² dt so far
	observer func(k int, t float64, x []float32)
}

// Energy follows n points, those that Sample draws for the same seed, and
// measures the way they go.
//
// The quadrature is that of the polygon through the states at the times of Grid:
// over a step h in which a point moves by Δ, ∫‖u‖² dt is ‖Δ‖²/h. For Euler's
// method that is Σ h‖u‖² itself; for every method the error falls like h², from
// below, nothing is evaluated anew, least of all at a singular end, and the
// identity Kinetic = Straightness + Displacement holds as it does for the
// integrals over a time span of 1. It panics for a sampler with noise or with a
// corrector, whose points do not move along a field.
func (s *Sampler) Energy(n int, seed uint64) (Energy, ode.Result) {
	if _, ok := s.route.(*plain); !ok {
		panic("flow: only the ODE has an energy; sample without noise and corrector")
	}
	if n < 1 {
		panic("flow: an energy is a mean over points")
	}
	if s.energy == nil {
		e := &energy{
			dim: s.dim, first: make([]float32, s.dim*Chunk), before: make([]float32, s.dim*Chunk),
			kinetic: make([]float64, Chunk),
		}
		e.observer = e.observe
		s.energy = e
	}
	e := s.energy
	var res ode.Result
	var kinetic, straight moments
	displacement := 0.0
	for c := range Chunks(n) {
		e.n = min(Chunk, n-c*Chunk)
		x := s.state[:s.dim*e.n]
		s.Noise(x, seed, c)
		res = worst(res, s.follow(x, e.observer))
		span := e.last - e.begun
		for j := range e.n {
			way := 0.0
			for i := range s.dim {
				d := float64(x[i*e.n+j]) - float64(e.first[i*e.n+j])
				way += d * d
			}
			displacement += way / float64(n)
			kinetic.add(e.kinetic[j])
			straight.add(e.kinetic[j] - way/span)
		}
	}
	out := Energy{Displacement: displacement}
	out.Kinetic, out.KineticError = kinetic.mean()
	out.Straightness, out.StraightnessError = straight.mean()
	return out, res
}

// observe is the solver's observer.
func (e *energy) observe(k int, t float64, x []float32) {
	m := len(x) / e.dim
	if k == 0 {
		clear(e.kinetic)
		e.begun = t
		for i := range e.dim {
			copy(e.first[i*e.n:][:e.n], x[i*m:])
			copy(e.before[i*e.n:][:e.n], x[i*m:])
		}
	}
	for i := range e.dim {
		row, now := e.before[i*e.n:][:e.n], x[i*m:][:e.n]
		if k > 0 {
			for j, v := range now {
				d := float64(v) - float64(row[j])
				e.kinetic[j] += d * d / math.Abs(t-e.last)
			}
		}
		copy(row, now)
	}
	e.last = t
}

// moments gathers a mean and its standard error.
type moments struct{ n, sum, squares float64 }

func (m *moments) add(v float64) { m.n, m.sum, m.squares = m.n+1, m.sum+v, m.squares+v*v }

func (m *moments) mean() (mean, standard float64) {
	mean = m.sum / m.n
	return mean, math.Sqrt(max(0, m.squares/m.n-mean*mean) / (m.n - 1))
}
