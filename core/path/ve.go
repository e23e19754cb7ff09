package path

import "math"

// VE is the variance-exploding diffusion (Song et al., 2021, equation 9; in
// time from noise to data): the data stand still and the noise around them
// shrinks by a constant factor in equal times,
//
//	α_t = 1,  σ_t = Min (Max/Min)^{1−t}.
//
// Min and Max are σmin and σmax, in natural units, 0.01 and 10 by default. The
// path starts at the data blurred by Max, which N(0, Max² I) stands in for:
// choose Max large beside the data. It ends at the data blurred by Min, not at
// the data.
type VE struct{ Min, Max float64 }

func ve() family {
	return family{
		word: "ve", keys: []string{"min", "max"}, standard: []float64{0.01, 10},
		build: func(v []float64) (Scheduler, string) {
			if !(v[0] >= 1e-6 && v[0] < v[1] && v[1] <= 1e6) {
				return nil, "min is less than max and both lie between 1e-6 and 1e6, as in ve:min=0.01,max=10"
			}
			return VE{v[0], v[1]}, ""
		},
	}
}

// Name is "ve" for the default noise, else as in "ve:max=50".
func (p VE) Name() string { return ve().name(p.Min, p.Max) }

// Coefficients returns 1, σ, 0, −σ ln(Max/Min).
func (p VE) Coefficients(t float64) (alpha, sigma, dAlpha, dSigma float64) {
	span := math.Log(p.Max / p.Min)
	sigma = p.Max * math.Exp(-span*t)
	return 1, sigma, 0, -sigma * span
}

// Source is Max.
func (p VE) Source() float64 { return p.Max }

// Interval is [0, 1].
func (VE) Interval() (from, to float64) { return 0, 1 }

// Time solves σ_t = e^{−λ}.
func (p VE) Time(logSNR float64) float64 {
	return inside(p, logSNR, func() float64 {
		return 1 + (logSNR+math.Log(p.Min))/math.Log(p.Max/p.Min)
	})
}
