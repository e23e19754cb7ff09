package exact

import "math/rand/v2"

// A Target is a distribution whose mixture with Gaussian noise can be undone in
// closed form. With X1 drawn from it, X0 ~ N(0, I) independent and
// X = αX1 + σX0, the posterior of X1 given X = x holds all there is to know:
// from it follow the velocity, the score and the rest ([Field]).
//
// The targets of this package may be used from several goroutines at once and
// allocate nothing per point.
type Target interface {
	// Dim is d, the number of coordinates.
	Dim() int

	// Posterior returns log p(x), p the density of X, the mean E[X1 | X = x],
	// written to mean [d] unless that is nil, and the spread, the trace of
	// Cov(X1 | X = x).
	//
	// α and σ are finite, not negative and not both 0. Where σ = 0 the density is that of
	// αX1; outside its support log p is −Inf and the mean the nearest point of
	// the support, the limit of σ → 0. Where α = 0 the point says nothing, and
	// mean and spread are the target's own.
	Posterior(mean []float64, x []float64, alpha, sigma float64) (logDensity, spread float64)

	// Point writes one sample to x [d].
	Point(rng *rand.Rand, x []float64)

	// Sample fills x [d × n], feature-major, with n independent samples; a
	// length that is no multiple of d panics. With it a target can be trained
	// on (density.Target).
	Sample(rng *rand.Rand, x []float32)
}

// A Smooth target has a density with a gradient: it knows the score without
// the detour of the posterior mean, which loses its digits as σ → 0 and all of
// them at σ = 0.
type Smooth interface {
	Target
	// Score writes ∇ log p(x) to dst [d]. dst may not be x.
	Score(dst, x []float64, alpha, sigma float64)
}

// sample fills x [d × n] point by point.
func sample(t Target, rng *rand.Rand, x []float32) {
	d := t.Dim()
	if len(x)%d != 0 {
		panic("exact: Sample wants a buffer of whole points")
	}
	n, p := len(x)/d, make([]float64, d)
	for j := range n {
		t.Point(rng, p)
		for i, v := range p {
			x[i*n+j] = float32(v)
		}
	}
}

func checkPoint(t Target, mean, x []float64, alpha, sigma float64) {
	if len(x) != t.Dim() || mean != nil && len(mean) != len(x) {
		panic("exact: a point of the wrong dimension")
	}
	if !(alpha >= 0 && sigma >= 0 && alpha+sigma > 0) {
		panic("exact: α and σ are not negative, and not both 0")
	}
}

// leastSigma is the σ below which its squares, and those of distances over it,
// leave the floats: it is taken for 0.
const leastSigma = 1e-140
