package nn

import (
	"math"
	"testing"
)

// Inference may be less exact than training, since a solver makes an error of its
// own. It must stay out of sight there: over a whole integration, what the float32
// of Velocity adds is below the tolerance of an adaptive solver by default (1e-5
// of each number, and of 1), and far below what a fixed-step solver leaves.
func TestVelocityIsExactEnoughForSolvers(t *testing.T) {
	const m, tolerance = 16, 1e-5
	n, rng := busy(t, DefaultConfig(), linear{})
	r, f := refer(n), NewField(n)
	start := normals(rng, 2*m, 1)

	// midpoint integrates a field of float64 from the common start.
	midpoint := func(field func(v, x []float64, t float64), steps int) []float64 {
		x, mid, v := make([]float64, 2*m), make([]float64, 2*m), make([]float64, 2*m)
		for i := range x {
			x[i] = float64(start[i])
		}
		h := 1 / float64(steps)
		for k := range steps {
			at := float64(k) * h
			field(v, x, at)
			for i := range x {
				mid[i] = x[i] + h/2*v[i]
			}
			field(v, mid, at+h/2)
			for i := range x {
				x[i] += h * v[i]
			}
		}
		return x
	}
	exact := func(v, x []float64, t float64) {
		for j := range m {
			y := r.velocity([]float64{x[j], x[m+j]}, t)
			v[j], v[m+j] = y[0], y[1]
		}
	}
	x32, v32 := make([]float32, 2*m), make([]float32, 2*m)
	fast := func(v, x []float64, t float64) {
		for i := range x {
			x32[i] = float32(x[i])
		}
		f.Velocity(v32, x32, t)
		for i := range v {
			v[i] = float64(v32[i])
		}
	}
	distance := func(a, b []float64) float64 {
		var sum float64
		for i := range a {
			e := (a[i] - b[i]) / (1 + math.Abs(b[i]))
			sum += e * e
		}
		return math.Sqrt(sum / float64(len(a)))
	}
	want := midpoint(exact, 32)
	own := distance(midpoint(exact, 64), want)
	e := distance(midpoint(fast, 32), want)
	f.Exact = true
	e32 := distance(midpoint(fast, 32), want)
	t.Logf("inference adds %.2g, with exact activations %.2g; the solver %.2g", e, e32, own)
	if !(e < tolerance) || e > own/20 {
		t.Errorf("the field of inference ends %.2g beside the exact one, want less than %g, and than a twentieth of the solver's own %.2g", e, tolerance, own)
	}
	if !(e32 < tolerance/50) {
		t.Errorf("with exact activations it still ends %.2g beside, want less than %g", e32, tolerance/50)
	}
}
