package flow

import (
	"math"
	"testing"

	"inkflow/core/metric"
	"inkflow/core/ode"
	"inkflow/core/path"
)

// For N(0, I) → N(m, s² I) on the straight path x_t = t m + √V x0, so that the
// energy is ‖m‖² + d ∫ V̇²/(4V) dt, and W2² = ‖m‖² + d (s − 1)² is what is left at
// best.
func TestEnergyOfGaussian(t *testing.T) {
	const n = 20000
	for _, g := range gaussians {
		d := float64(len(g.mean))
		shift := 0.0
		for _, m := range g.mean {
			shift += m * m
		}
		want := shift
		const pieces = 10000
		for k := range pieces {
			at := (float64(k) + 0.5) / pieces
			rate := (at*g.std*g.std - (1 - at)) / math.Sqrt(g.variance(at))
			want += d * rate * rate / pieces
		}
		for _, steps := range []int{40, 80} {
			s := make1(t, Model{Field: g, Dim: len(g.mean), Path: path.CondOT{}}, Plan{Method: method(t, "rk4"), Steps: steps})
			e, res := s.Energy(n, 3)
			if res.Status != ode.Done || res.Steps != steps {
				t.Fatalf("%+v", res)
			}
			// The polygon lies below by h² of some tenths.
			if math.Abs(e.Kinetic-want) > 4*e.KineticError+0.5*d/float64(steps*steps) {
				t.Errorf("d=%g, %d steps: energy %.4f ± %.4f, want %.4f", d, steps, e.Kinetic, e.KineticError, want)
			}
			best := shift + d*(g.std-1)*(g.std-1)
			if gap := e.Straightness - (want - best); math.Abs(gap) > 4*e.StraightnessError+0.5*d/float64(steps*steps) {
				t.Errorf("d=%g: straightness %.4f ± %.4f, want %.4f", d, e.Straightness, e.StraightnessError, want-best)
			}
			if math.Abs(e.Kinetic-e.Straightness-e.Displacement) > 1e-9*e.Kinetic {
				t.Errorf("d=%g: %+v do not add up", d, e)
			}
			if npe := metric.PathEnergy(e.Kinetic, math.Sqrt(best)); math.Abs(npe-(want-best)/best) > 4*e.KineticError/best+0.01 {
				t.Errorf("d=%g: the normalised path energy is %g", d, npe)
			}
		}
	}
}

// Of Euler's method the energy is Σ h‖u‖², as in the tables of the literature.
func TestEnergyOfEuler(t *testing.T) {
	sum := 0.0
	g := gaussians[1]
	counted := Func(func(dst, x []float32, at float64) {
		g.Velocity(dst, x, at)
		for _, v := range dst {
			sum += float64(v) * float64(v) / 10
		}
	})
	const n = Chunk + 100
	e, _ := make1(t, Model{Field: counted, Dim: 2, Path: path.CondOT{}}, Plan{Method: method(t, "euler"), Steps: 10}).Energy(n, 1)
	if want := sum / n; math.Abs(e.Kinetic-want) > 1e-5*want { // the states are float32
		t.Errorf("energy %g, want %g", e.Kinetic, want)
	}
}

// A field that moves all alike is straight, on a partial grid and with an
// adaptive method too; the energy of a path that is finished counts the finish.
func TestEnergyOfShift(t *testing.T) {
	shift := Func(func(dst, x []float32, _ float64) {
		for i := range dst {
			dst[i] = 2
		}
	})
	for _, p := range []Plan{
		{Method: method(t, "midpoint"), Steps: 5},
		{Method: method(t, "dopri5"), Steps: 5},
		{Method: method(t, "euler"), Grid: "0.25,0.5,0.75"},
	} {
		s := make1(t, Model{Field: shift, Dim: 1, Path: path.CondOT{}}, p)
		e, _ := s.Energy(10, 1)
		grid := s.Grid()
		span := grid[len(grid)-1] - grid[0]
		if math.Abs(e.Kinetic-4*span) > 1e-5 || math.Abs(e.Straightness) > 1e-5 { // float32 at values of 3
			t.Errorf("%s: %+v over %g", p.Method.Name, e, span)
		}
	}
	s := make1(t, Model{Field: shift, Dim: 1, Path: path.CondOT{}, HasScore: true}, Plan{Method: method(t, "euler"), Steps: 2, Noise: 1})
	panics(t, "noise", func() { s.Energy(1, 1) })
	panics(t, "points", func() { NewSampler(shift, 1, ode.Euler, ode.Uniform(1)).Energy(0, 1) })
}
