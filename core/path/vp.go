package path

import "math"

// VP is the variance-preserving diffusion, its noise rate linear in time
// (Song et al., 2021, equation 11, their time run backwards):
//
//	α_t = e^{−B/2},  σ_t = √(1 − e^{−B}),  B = Min s + ½(Max − Min) s²,  s = 1 − t.
//
// Min and Max are βmin and βmax, 0.1 and 20 by default. Two ends to mind: at
// t = 0 a trace of the data is left, α = 0.00657 by default, so N(0, I) is
// not quite where the path starts; and at t = 1 σ̇ is infinite.
type VP struct{ Min, Max float64 }

func vp() family {
	return betas("vp", func(min, max float64) Scheduler { return VP{min, max} })
}

// Name is "vp" for the default rates, else as in "vp:max=30".
func (p VP) Name() string { return vp().name(p.Min, p.Max) }

// Coefficients returns e^{−B/2}, √(1 − e^{−B}), ½βα, −½βe^{−B}/σ; the σ that
// is divided by is 1e-8 at least.
func (p VP) Coefficients(t float64) (alpha, sigma, dAlpha, dSigma float64) {
	rate, total := beta{p.Min, p.Max}.at(t)
	alpha = math.Exp(-total / 2)
	sigma = math.Sqrt(-math.Expm1(-total))
	return alpha, sigma, rate / 2 * alpha, -rate / 2 * alpha * alpha / math.Max(sigma, leastSigma)
}

// Source is 1.
func (VP) Source() float64 { return 1 }

// Interval stops at 1 − 1e-3, as samplers of the literature do (Song et al.,
// 2021, appendix C): about a hundredth of noise is left there, and beyond it
// σ̇ has no bound and no finite mean square.
func (VP) Interval() (from, to float64) { return 0, 1 - 1e-3 }

// Time solves e^{−B}/(1 − e^{−B}) = e^{2λ}.
func (p VP) Time(logSNR float64) float64 {
	return inside(p, logSNR, func() float64 {
		return beta{p.Min, p.Max}.time(math.Log1p(math.Exp(-2 * logSNR)))
	})
}
