package path

import "math"

// TargetCFM is the straight line that stops short of the point (Lipman et
// al., 2023, equation 20): every data point ends as a small Gaussian,
//
//	α_t = t,  σ_t = 1 − (1 − Min) t.
//
// Min is σmin, 0.01 by default. With Min = 0 it would be CondOT; with it the
// velocity stays smooth at t = 1, at the price of data blurred by Min.
type TargetCFM struct{ Min float64 }

func targetcfm() family {
	return family{
		word: "targetcfm", keys: []string{"min"}, standard: []float64{0.01},
		build: func(v []float64) (Scheduler, string) {
			if !(v[0] >= 1e-6 && v[0] < 1) {
				return nil, "min is at least 1e-6 and below 1, as in targetcfm:min=0.01"
			}
			return TargetCFM{v[0]}, ""
		},
	}
}

// Name is "targetcfm" for Min = 0.01, else as in "targetcfm:min=0.1".
func (p TargetCFM) Name() string { return targetcfm().name(p.Min) }

// Coefficients returns t, 1 − (1 − Min)t, 1, −(1 − Min).
func (p TargetCFM) Coefficients(t float64) (alpha, sigma, dAlpha, dSigma float64) {
	return t, 1 - t + p.Min*t, 1, p.Min - 1
}

// Source is 1.
func (TargetCFM) Source() float64 { return 1 }

// Interval is [0, 1].
func (TargetCFM) Interval() (from, to float64) { return 0, 1 }

// Time solves t/(1 − (1 − Min)t) = e^λ.
func (p TargetCFM) Time(logSNR float64) float64 {
	return inside(p, logSNR, func() float64 { return 1 / (math.Exp(-logSNR) + 1 - p.Min) })
}
