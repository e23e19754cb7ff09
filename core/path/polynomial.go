package path

import "math"

// Polynomial is the straight line walked with a slow start:
//
//	α_t = tⁿ,  σ_t = 1 − tⁿ.
//
// N is at least 1, whole or not; 1 is CondOT.
type Polynomial struct{ N float64 }

func polynomial() family {
	return family{
		word: "polynomial", keys: []string{"n"}, standard: []float64{2},
		build: func(v []float64) (Scheduler, string) {
			if !(v[0] >= 1 && v[0] <= 20) {
				return nil, "n lies between 1 and 20, as in polynomial:n=3"
			}
			return Polynomial{v[0]}, ""
		},
	}
}

// Name is "polynomial" for N = 2, else as in "polynomial:n=3".
func (p Polynomial) Name() string { return polynomial().name(p.N) }

// Coefficients returns tⁿ, 1 − tⁿ, n tⁿ⁻¹, −n tⁿ⁻¹.
func (p Polynomial) Coefficients(t float64) (alpha, sigma, dAlpha, dSigma float64) {
	alpha = math.Pow(t, p.N)
	if t > 0.5 {
		sigma = -math.Expm1(p.N * math.Log(t)) // no cancellation at the data
	} else {
		sigma = 1 - alpha
	}
	dAlpha = p.N * math.Pow(t, p.N-1)
	return alpha, sigma, dAlpha, -dAlpha
}

// Source is 1.
func (Polynomial) Source() float64 { return 1 }

// Interval starts where α reaches a millionth, unless N is 1. At t = 0 nothing
// moves whatever the data are: the velocity there says nothing of them, and
// what is derived from it would be 0/0.
func (p Polynomial) Interval() (from, to float64) {
	if p.N == 1 {
		return 0, 1
	}
	return math.Pow(1e-6, 1/p.N), 1
}

// Time solves tⁿ/(1 − tⁿ) = e^λ.
func (p Polynomial) Time(logSNR float64) float64 {
	return inside(p, logSNR, func() float64 { return math.Pow(1/(1+math.Exp(-logSNR)), 1/p.N) })
}
