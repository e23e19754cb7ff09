package path

// CondOT is the straight line between noise and data, the default:
//
//	α_t = t,  σ_t = 1 − t.
//
// Each pair moves at the constant velocity X1 − X0, which is the displacement
// interpolation of optimal transport between the two points (Lipman et al.,
// 2023, section 4.1, example II with σ_min = 0).
type CondOT struct{}

// Name is "condot".
func (CondOT) Name() string { return "condot" }

// Coefficients returns t, 1 − t, 1, −1. Nothing is clipped: the four are
// polynomials.
func (CondOT) Coefficients(t float64) (alpha, sigma, dAlpha, dSigma float64) {
	return t, 1 - t, 1, -1
}
