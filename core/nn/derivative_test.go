package nn

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/mat"
)

// The forward-mode derivative against finite differences of the float64
// reference, along a direction of each column, for every shape, quantity and
// parametrisation.
func TestVelocityDerivative(t *testing.T) {
	for _, s := range shapes {
		for _, q := range quantities {
			for _, plain := range []bool{false, true} {
				n, rng := busy(t, s.cfg, s.sched)
				n.Predict, n.Config.Plain = q, plain
				r, f := refer(n), NewField(n)
				d, m := s.cfg.Dim, s.columns[len(s.columns)-1]
				x, dx := normals(rng, d*m, 2), normals(rng, d*m, 1)
				x0, dx0 := slices.Clone(x), slices.Clone(dx)
				v, dv, same := make([]float32, d*m), make([]float32, d*m), make([]float32, d*m)
				f.VelocityDerivative(v, dv, x, dx, .3)
				f.Exact = true
				f.Velocity(same, x, .3)
				for i := range v { // the same sums, another kernel for the activation
					if e := math.Abs(float64(v[i] - same[i])); e > 2e-5 {
						t.Fatalf("%s: velocity %d is %g beside the derivative and %g without", s.name, i, v[i], same[i])
					}
				}
				var off, size float64
				for _, j := range []int{0, m / 2, m - 1} {
					at := func(h float64) []float64 {
						p := make([]float64, d)
						for i := range p {
							p[i] = float64(x[i*m+j]) + h*float64(dx[i*m+j])
						}
						return r.velocity(p, .3)
					}
					for i := range d {
						want := fd.Derivative(func(h float64) float64 { return at(h)[i] }, 0, &fd.Settings{Formula: fd.Central, Step: 1e-5})
						e := float64(dv[i*m+j]) - want
						off, size = off+e*e, size+want*want
					}
				}
				if e := math.Sqrt(off / size); !(e < 1e-5) { // float32 through the layers, factors up to 2³
					t.Errorf("%s, %T, plain %v: the derivative is off by %.1g", s.name, q, plain, e)
				}
				if !slices.Equal(x, x0) || !slices.Equal(dx, dx0) {
					t.Errorf("%s: an input was changed", s.name)
				}
				f.VelocityDerivative(x, dx, x, dx, .3) // in place
				if !slices.Equal(x, v) || !slices.Equal(dx, dv) {
					t.Errorf("%s: in place the derivative differs", s.name)
				}
			}
		}
	}
}

// All directions at once are the Jacobian, and each the same bits as alone.
func TestVelocityDerivativeIsJacobian(t *testing.T) {
	for _, s := range shapes[1:] {
		n, rng := busy(t, s.cfg, s.sched)
		r, f := refer(n), NewField(n)
		d, m := s.cfg.Dim, s.columns[0]
		x := normals(rng, d*m, 1)
		dx := make([]float32, d*d*m) // [d directions × d × m], the unit vectors
		for k := range d {
			for j := range m {
				dx[k*d*m+k*m+j] = 1
			}
		}
		v, dv, alone := make([]float32, d*m), make([]float32, len(dx)), make([]float32, d*m)
		f.VelocityDerivative(v, dv, x, dx, .7)
		for k := range d {
			f.VelocityDerivative(v, alone, x, dx[k*d*m:][:d*m], .7)
			if !slices.Equal(alone, dv[k*d*m:][:d*m]) {
				t.Errorf("%s: direction %d in company differs from itself alone", s.name, k)
			}
		}
		point := make([]float64, d)
		for i := range point {
			point[i] = float64(x[i*m])
		}
		want := mat.NewDense(d, d, nil)
		fd.Jacobian(want, func(y, x []float64) { copy(y, r.velocity(x, .7)) }, point, &fd.JacobianSettings{Formula: fd.Central})
		got := mat.NewDense(d, d, nil)
		for k := range d {
			for i := range d {
				got.Set(i, k, float64(dv[k*d*m+i*m]))
			}
		}
		got.Sub(got, want)
		if e := mat.Norm(got, 2) / mat.Norm(want, 2); !(e < 1e-5) { // float32
			t.Errorf("%s: the Jacobian is off by %.1g", s.name, e)
		}
	}
}
