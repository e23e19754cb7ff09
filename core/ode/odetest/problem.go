package odetest

import (
	"math"

	"inkflow/core/ode"
)

// The problem of all cases has a part that turns under a pull that grows with time,
// and a part that saturates (Verhulst 1838):
//
//	x' = −y − t x,  y' = x − t y,  z' = 2z(1 − z).
//
// It is smooth, coupled, nonlinear, time dependent, and solved by
// e^{−t²/2}(cos t, sin t) and 1/(1 + 2e^{−2t}). (The flow between two Gaussians
// would not do: Midpoint is of order 3 on it.)
const size = 3

// Signal is the linear path. An exponential integrator takes any field for the
// velocity of a path: the denoiser is then that of the field.
func Signal(t float64) (alpha, sigma, dAlpha, dSigma float64) { return t, 1 - t, 1, -1 }

func velocity(dst, x []float64, t float64) {
	dst[0] = -x[1] - t*x[0]
	dst[1] = x[0] - t*x[1]
	dst[2] = 2 * x[2] * (1 - x[2])
}

// state is the solution at t.
func state(t float64) []float64 {
	s, c := math.Sincos(t)
	r := math.Exp(-t * t / 2)
	return []float64{r * c, r * s, 1 / (1 + 2*math.Exp(-2*t))}
}

// distance is the largest difference of two states; NaN where one is not finite.
func distance(x, y []float64) float64 {
	d := 0.0
	for i := range x {
		d = max(d, math.Abs(x[i]-y[i]))
	}
	return d
}

var _ ode.Field[float64] = velocity
