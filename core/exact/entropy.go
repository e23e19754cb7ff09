package exact

import (
	"math"
	"math/rand/v2"
)

// Entropy is −E log q of a target in nats: the best mean negative
// log-likelihood that a model can have on fresh samples. It is exact, its
// standard error 0, for a drawing and for boxes that do not overlap; of other
// targets it is the mean over n samples.
func Entropy(t Target, rng *rand.Rand, n int) (nats, standardError float64) {
	if c, ok := t.(interface{ Entropy() (float64, bool) }); ok {
		if nats, ok := c.Entropy(); ok {
			return nats, 0
		}
	}
	if n < 2 {
		panic("exact: Entropy wants two samples at least")
	}
	x := make([]float64, t.Dim())
	square := 0.0
	for k := range n {
		t.Point(rng, x)
		l, _ := t.Posterior(nil, x, 1, 0)
		// Welford's running mean and sum of squares.
		d := -l - nats
		nats += d / float64(k+1)
		square += d * (-l - nats)
	}
	return nats, math.Sqrt(square / float64(n-1) / float64(n))
}

// LossFloor is the loss of conditional flow matching that no network gets
// below: what is left when the velocity is the exact one, for pairs pass
// through the same point with different velocities. As a mean over the d
// coordinates, with times uniform on the path's Interval,
//
//	E ‖α̇X1 + σ̇X0 − u_t(X_t)‖²/d = E ((σα̇ − σ̇α)/σ)² trace Cov(X1 | X_t)/d.
//
// It is the mean over n points, one in each of n equal slices of the interval;
// the standard error comes from the differences between neighbours.
func LossFloor(f Field, rng *rand.Rand, n int) (floor, standardError float64) {
	if n < 2 {
		panic("exact: LossFloor wants two samples at least")
	}
	d := f.Dim()
	x := make([]float64, d)
	from, to := f.Path.Interval()
	square, last := 0.0, 0.0
	for k := range n {
		t := from + (to-from)*(float64(k)+rng.Float64())/float64(n)
		alpha, sigma, dAlpha, dSigma := f.Path.Coefficients(t)
		f.Point(rng, x)
		for i := range x {
			x[i] = alpha*x[i] + sigma*rng.NormFloat64()
		}
		_, spread := f.Posterior(nil, x, alpha, sigma)
		det := sigma*dAlpha - dSigma*alpha
		loss := 0.0
		if sigma >= leastSigma {
			loss = det / sigma * (spread / sigma) * det / float64(d)
		}
		floor += loss / float64(n)
		if k%2 == 1 {
			square += (loss - last) * (loss - last)
		}
		last = loss
	}
	return floor, math.Sqrt(square) / float64(n)
}
