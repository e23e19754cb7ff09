package flow

import (
	"math"

	"inkflow/core/ode"
	"inkflow/core/path"
)

// A finish takes samples from the end of a scheduler's interval to the data,
// where the path stops short of it (VP, LinearVP: about a hundredth of noise is
// left): the denoising step x ← E[X1 | x], which is DDIM's step to σ = 0. It
// needs no score, only that points are mixtures of X0 and X1.
type finish struct {
	field  Velocity
	t      float64
	cx, cu float32   // D = cx x + cu u
	u      []float32 // [dim × Chunk]
}

// newFinish returns nil where the grid's end is not the interval's, or the path
// ends with t = 1, or with noise that belongs to it (VE).
func newFinish(f Velocity, s path.Scheduler, end float64, size int) *finish {
	_, to := s.Interval()
	if _, sigma, _, _ := s.Coefficients(1); end != to || to == 1 || sigma > 1e-6 {
		return nil
	}
	cx, cu := path.Convert(s, to, path.Velocity, path.Data)
	return &finish{field: f, t: to, cx: float32(cx), cu: float32(cu), u: make([]float32, size)}
}

// apply takes x to the data, or leaves it where the result would not be finite.
func (f *finish) apply(x []float32) ode.Status {
	u := f.u[:len(x)]
	f.field.Velocity(u, x, f.t)
	var sum float32
	for i, v := range x {
		u[i] = f.cx*v + f.cu*u[i]
		sum += u[i] - u[i]
	}
	if math.IsNaN(float64(sum)) {
		return ode.NonFinite
	}
	copy(x, u)
	return ode.Done
}
