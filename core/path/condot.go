package path

import "math"

// CondOT is the straight line between noise and data, the default:
//
//	α_t = t,  σ_t = 1 − t.
//
// Each pair moves at the constant velocity X1 − X0, which is the displacement
// interpolation of optimal transport between the two points (Lipman et al.,
// 2023, section 4.1, example II with σ_min = 0). That makes single pairs
// straight, not the flow: where pairs cross, their average bends.
type CondOT struct{}

func condot() family {
	return family{word: "condot", build: func([]float64) (Scheduler, string) { return CondOT{}, "" }}
}

// Name is "condot".
func (CondOT) Name() string { return condot().name() }

// Coefficients returns t, 1 − t, 1, −1. Nothing is clipped: the four are
// polynomials.
func (CondOT) Coefficients(t float64) (alpha, sigma, dAlpha, dSigma float64) {
	return t, 1 - t, 1, -1
}

// Source is 1.
func (CondOT) Source() float64 { return 1 }

// Interval is [0, 1].
func (CondOT) Interval() (from, to float64) { return 0, 1 }

// Time solves t/(1 − t) = e^λ.
func (CondOT) Time(logSNR float64) float64 { return 1 / (1 + math.Exp(-logSNR)) }
