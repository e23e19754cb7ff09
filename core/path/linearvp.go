package path

import "math"

// LinearVP lets the data grow linearly and keeps the variance:
//
//	α_t = t,  σ_t = √(1 − t²).
//
// The noise leaves abruptly: σ̇ = −t/σ is unbounded at t = 1, and not even
// square-integrable there.
type LinearVP struct{}

func linearvp() family {
	return family{word: "linearvp", build: func([]float64) (Scheduler, string) { return LinearVP{}, "" }}
}

// Name is "linearvp".
func (LinearVP) Name() string { return linearvp().name() }

// Coefficients returns t, √(1 − t²), 1, −t/√(1 − t²); the last is −1e8 at
// t = 1.
func (LinearVP) Coefficients(t float64) (alpha, sigma, dAlpha, dSigma float64) {
	sigma = math.Sqrt(math.Max(0, (1-t)*(1+t)))
	return t, sigma, 1, -t / math.Max(sigma, leastSigma)
}

// Source is 1.
func (LinearVP) Source() float64 { return 1 }

// Interval stops at 1 − 5e-5, where a hundredth of noise is left (σ = 0.01)
// and σ̇ is −100: beyond it the velocity, and the loss on it, have no bound.
func (LinearVP) Interval() (from, to float64) { return 0, 1 - 5e-5 }

// Time solves t/√(1 − t²) = e^λ.
func (s LinearVP) Time(logSNR float64) float64 {
	return inside(s, logSNR, func() float64 { return 1 / math.Sqrt(1+math.Exp(-2*logSNR)) })
}
