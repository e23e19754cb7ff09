package nn

import (
	"fmt"
	"math"
)

// The parametrisation: which part of the field is known beforehand, and in which
// units the rest is learned.

// Schedule gives the path x = α X1 + σ X0 and its time derivatives at t, all
// finite for every t the network is asked about, with σα̇ − σ̇α > 0.
type Schedule interface {
	Coefficients(t float64) (alpha, sigma, dAlpha, dSigma float64)
}

// Scale is the mean of the target [Dim] and its isotropic standard deviation
// (one number: the root of the mean variance over coordinates). It scales the
// network's input and output and never the problem: points stay in natural
// units.
type Scale struct {
	Mean []float64
	Std  float64
}

// MinStd is the smallest standard deviation a Scale may have. A target that is a
// single dot has none, and every formula below would be 0/0 at t = 1.
const MinStd = 1e-3

// Validate returns nil, or an error that says what is wrong with the scale of a
// d-dimensional target.
func (s Scale) Validate(d int) error {
	if len(s.Mean) != d {
		return fmt.Errorf("nn: the scale has %d means, want one for each of %d coordinates", len(s.Mean), d)
	}
	for i, m := range s.Mean {
		if math.IsNaN(m) || math.Abs(m) > 1e9 {
			return fmt.Errorf("nn: mean %d of the scale is %g, want a number of size at most 1e9", i, m)
		}
	}
	if !(s.Std >= MinStd && s.Std <= 1e9) {
		return fmt.Errorf("nn: the standard deviation of the scale is %g, want %g to 1e9", s.Std, MinStd)
	}
	return nil
}

// Preconditioner holds, at one time, the factors of
//
//	v = Skip (x − Alpha m) + DAlpha m + Out F(In (x − Alpha m), t)
type Preconditioner struct {
	Alpha, DAlpha float64
	In, Skip, Out float64
}

// Precondition returns the factors at a point of the path.
//
// Take X1 ~ N(m, s²I), X0 ~ N(0, I) independent, X = αX1 + σX0. Then
// X ~ N(αm, V I) with V = α²s² + σ², and the posterior means of a jointly
// Gaussian pair are
//
//	E[X1 | X = x] = m + (αs²/V)(x − αm),   E[X0 | X = x] = (σ/V)(x − αm).
//
// The velocity is u = α̇X1 + σ̇X0, so its posterior mean, the best a field can do,
// is
//
//	E[u | x] = α̇m + Skip (x − αm),   Skip = (α̇αs² + σ̇σ)/V.
//
// Given x, X1 still varies with variance s²σ²/V, and X0 = (x − αX1)/σ with it, so
// u = (α̇ − σ̇α/σ) X1 + const has the standard deviation
//
//	Out = s |σα̇ − σ̇α| / √V
//
// in every coordinate. That is the natural unit of what is left to learn, as
// In = 1/√V is of the input: for Gaussian data the regression target of F has
// mean 0 and variance 1 at every t. (The same reasoning as Karras et al. 2022,
// table 1, for a velocity.)
func (s Scale) Precondition(alpha, sigma, dAlpha, dSigma float64) Preconditioner {
	v := alpha*alpha*s.Std*s.Std + sigma*sigma
	root := math.Sqrt(v)
	return Preconditioner{
		Alpha: alpha, DAlpha: dAlpha,
		In:   1 / root,
		Skip: (dAlpha*alpha*s.Std*s.Std + dSigma*sigma) / v,
		Out:  s.Std * math.Abs(sigma*dAlpha-dSigma*alpha) / root,
	}
}
