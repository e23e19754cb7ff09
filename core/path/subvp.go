package path

import "math"

// SubVP is the sub-variance-preserving diffusion of Song et al. (2021,
// equation 29 of the appendix): the data of VP with the square of its noise,
//
//	α_t = e^{−B/2},  σ_t = 1 − e^{−B},  B = Min s + ½(Max − Min) s²,  s = 1 − t.
//
// Squaring takes the root away from t = 1: all is finite there. At t = 0 it
// keeps the trace of data that VP does.
type SubVP struct{ Min, Max float64 }

func subvp() family {
	return betas("subvp", func(min, max float64) Scheduler { return SubVP{min, max} })
}

// Name is "subvp" for the default rates, else as in "subvp:max=30".
func (p SubVP) Name() string { return subvp().name(p.Min, p.Max) }

// Coefficients returns e^{−B/2}, 1 − e^{−B}, ½βα, −βe^{−B}.
func (p SubVP) Coefficients(t float64) (alpha, sigma, dAlpha, dSigma float64) {
	rate, total := beta{p.Min, p.Max}.at(t)
	alpha = math.Exp(-total / 2)
	return alpha, -math.Expm1(-total), rate / 2 * alpha, -rate * alpha * alpha
}

// Source is 1.
func (SubVP) Source() float64 { return 1 }

// Interval is [0, 1].
func (SubVP) Interval() (from, to float64) { return 0, 1 }

// Time solves e^{−B/2}/(1 − e^{−B}) = 1/(2 sinh(B/2)) = e^λ.
func (p SubVP) Time(logSNR float64) float64 {
	return inside(p, logSNR, func() float64 {
		return beta{p.Min, p.Max}.time(2 * math.Asinh(math.Exp(-logSNR)/2))
	})
}
