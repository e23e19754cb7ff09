package cfm

import "math"

// Bridge is the coupling and the path of a Schrödinger bridge (Tong et al. 2023,
// "simulation-free Schrödinger bridges"): of all processes that carry source to
// target, the one closest to a Brownian motion of standard deviation σ√t. Its
// pairs are those of the entropic plan with ε = 2σ² ([Sinkhorn]), and between the
// two of a pair the path is a Brownian bridge,
//
//	X_t = (1 − t) X0 + t X1 + σ√(t(1−t)) Z,    Z ~ N(0, I).
//
// It is learned as the velocity of the flow with these marginals,
//
//	u = X1 − X0 + (1 − 2t)/(2t(1−t)) (X_t − (1 − t)X0 − tX1),
//
// which exists inside (0, 1) only: times are drawn from [1e-4, 1 − 1e-4]. The last
// term has the variance σ²(1 − 2t)²/(4t(1−t)), and its integral over time grows
// without bound towards the ends, so the reported loss is one for that interval.
// The score is that of the bridge, not −ε/σ; it is not learned here.
type Bridge struct {
	Sigma float64 // σ > 0, in natural units over the root of the unit of time
}

const (
	standardSigma = 1
	mostSigma     = 1e3
)

// Name is "sb", or "sb:sigma=0.5".
func (c Bridge) Name() string { return spell("sb", "sigma", c.Sigma, standardSigma) }

// Validate returns nil, or an error that says what is wrong.
func (c Bridge) Validate() error {
	return positive("the sigma of an sb coupling", c.Sigma, mostSigma)
}

// Noise is σ.
func (c Bridge) Noise() float64 { return c.Sigma }

// Matcher pairs batches by the entropic plan with ε = 2σ².
func (c Bridge) Matcher(n, d int) Matcher {
	return Sinkhorn{Epsilon: 2 * c.Sigma * c.Sigma}.Matcher(n, d)
}

// bridgeNoise returns the standard deviation of the bridge at t and the factor of
// its displacement in the velocity.
func bridgeNoise(sigma, t float64) (std, factor float64) {
	return sigma * math.Sqrt(t*(1-t)), (1 - 2*t) / (2 * t * (1 - t))
}
