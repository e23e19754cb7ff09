package exact

import "inkflow/core/path"

// A Field is everything about a target on a path: what a perfect network would
// give. It holds no buffers and may be used from several goroutines; for many
// points in single precision there is [Field.Batch].
type Field struct {
	Target
	Path path.Scheduler
}

// Denoiser writes D = E[X1 | X_t = x] to dst [d]. dst and x may be the same.
func (f Field) Denoiser(dst, x []float64, t float64) {
	alpha, sigma, _, _ := f.Path.Coefficients(t)
	f.Posterior(dst, x, alpha, sigma)
}

// Velocity writes the marginal velocity
//
//	u_t(x) = E[α̇X1 + σ̇X0 | X_t = x] = α̇D + σ̇(x − αD)/σ
//
// to dst [d], which must not be x. Where σ = 0 the noise is independent of the
// point and its mean 0, so that u = α̇D: finite, and right wherever σ̇ is.
func (f Field) Velocity(dst, x []float64, t float64) {
	alpha, sigma, dAlpha, dSigma := f.Path.Coefficients(t)
	f.Posterior(dst, x, alpha, sigma)
	for i, mean := range dst {
		dst[i] = dAlpha*mean + dSigma*noise(x[i], mean, alpha, sigma)
	}
}

// noise is E[X0 | x] from E[X1 | x].
func noise(x, mean, alpha, sigma float64) float64 {
	if sigma < leastSigma {
		return 0
	}
	return (x - alpha*mean) / sigma
}

// Score writes ∇ log p_t(x) to dst [d], which must not be x: (αD − x)/σ²
// (Robbins, 1956; Tweedie's formula), or what a [Smooth] target knows better.
// Where σ = 0 a target of cells is flat: its score is 0 but for the borders.
func (f Field) Score(dst, x []float64, t float64) {
	alpha, sigma, _, _ := f.Path.Coefficients(t)
	if s, ok := f.Target.(Smooth); ok {
		s.Score(dst, x, alpha, sigma)
		return
	}
	f.Posterior(dst, x, alpha, sigma)
	for i, mean := range dst {
		dst[i] = 0
		if sigma >= leastSigma {
			dst[i] = -(x[i] - alpha*mean) / sigma / sigma
		}
	}
}

// LogDensity is log p_t(x) in nats.
func (f Field) LogDensity(x []float64, t float64) float64 {
	alpha, sigma, _, _ := f.Path.Coefficients(t)
	l, _ := f.Posterior(nil, x, alpha, sigma)
	return l
}

// Divergence is div u_t(x). The Jacobian of the denoiser is (α/σ²) Cov(X1 | x),
// so that
//
//	div u = d σ̇/σ + (σα̇ − σ̇α)/σ · α/σ² · trace Cov(X1 | x),
//
// and d α̇/α where σ = 0.
func (f Field) Divergence(x []float64, t float64) float64 {
	alpha, sigma, dAlpha, dSigma := f.Path.Coefficients(t)
	_, spread := f.Posterior(nil, x, alpha, sigma)
	return divergence(float64(f.Dim()), spread, alpha, sigma, dAlpha, dSigma)
}

func divergence(d, spread, alpha, sigma, dAlpha, dSigma float64) float64 {
	if sigma < leastSigma {
		return d * dAlpha / alpha
	}
	return d*dSigma/sigma + (sigma*dAlpha-dSigma*alpha)/sigma*(alpha/sigma)*(spread/sigma)
}

// VelocityDivergence writes the velocity to dst [d], which must not be x, and
// returns its divergence, from one evaluation.
func (f Field) VelocityDivergence(dst, x []float64, t float64) float64 {
	alpha, sigma, dAlpha, dSigma := f.Path.Coefficients(t)
	_, spread := f.Posterior(dst, x, alpha, sigma)
	for i, mean := range dst {
		dst[i] = dAlpha*mean + dSigma*noise(x[i], mean, alpha, sigma)
	}
	return divergence(float64(f.Dim()), spread, alpha, sigma, dAlpha, dSigma)
}
