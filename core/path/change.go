package path

import "math"

// Change samples a trained velocity along another path than its own.
//
// Two Gaussian paths that mix data and noise in the same ratio differ by a
// scale alone: a point x of the new path at time τ is the point x/s of the old
// one at the time t with α_t/σ_t = ᾱ_τ/σ̄_τ, s = σ̄_τ/σ_t = ᾱ_τ/α_t. The data
// that are expected there are the same, and so is the noise; only the mixture
// is another, ū = ᾱ̇ D + σ̄̇ ε (Karras et al., 2022, section 2; Lipman et al.,
// 2024, section 4.6.1). Written for the velocity it is
// ū_τ(x) = (ṡ/s) x + s ṫ u_t(x/s).
type Change struct {
	From Scheduler // the path of the training
	To   Scheduler // the path to sample along
}

// At returns what it takes to evaluate the new velocity at time τ of the new
// path, from one evaluation of the trained one,
//
//	ū_τ(x) = cx x + cu u_t(x/scale).
//
// A path may ask for more or less signal than was ever trained on: the
// straight line begins at none, where VP starts with α/σ = 0.00657. There t is
// the end of the trained interval, scale makes up for the size of unit data,
// and of x = ᾱD + σ̄ε the network is asked only for the lesser part: the
// denoiser below the trained range, the noise above it. The other part is what
// is left of x, so that nothing is lost: neither E[X1] at the noise end, nor
// the point itself at the data end.
//
// All four are finite for τ in the Interval of To.
func (c Change) At(tau float64) (t, scale, cx, cu float64) {
	from, to := c.From.Interval()
	lambda := LogSNR(c.To, tau)
	t = c.From.Time(lambda)
	alpha, sigma, dAlpha, dSigma := c.From.Coefficients(t)
	newAlpha, newSigma, newDAlpha, newDSigma := c.To.Coefficients(tau)
	det := sigma*dAlpha - dSigma*alpha
	scale = math.Hypot(newAlpha, newSigma) / math.Hypot(alpha, sigma)

	switch {
	case lambda < LogSNR(c.From, from):
		// ū = (σ̄̇/σ̄) x + (σ̄ᾱ̇ − σ̄̇ᾱ)/σ̄ D, and D = (σu − σ̇ x/s)/det.
		k := (newSigma*newDAlpha - newDSigma*newAlpha) / newSigma / det
		return t, scale, newDSigma/newSigma - k*dSigma/scale, k * sigma
	case lambda > LogSNR(c.From, to):
		// ū = (ᾱ̇/ᾱ) x − (σ̄ᾱ̇ − σ̄̇ᾱ)/ᾱ ε, and ε = (α̇ x/s − αu)/det.
		k := (newSigma*newDAlpha - newDSigma*newAlpha) / newAlpha / det
		return t, scale, newDAlpha/newAlpha - k*dAlpha/scale, k * alpha
	}
	// Both parts by the network. This is s ṫ and ṡ/s, with nothing that is 0/0
	// at either end.
	cu = (newDAlpha*sigma - newDSigma*alpha) / det
	cx = (newDSigma*dAlpha - newDAlpha*dSigma) / (scale * det)
	return t, scale, cx, cu
}
