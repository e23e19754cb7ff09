package flow

import (
	"math"

	"inkflow/core/path"
)

// A closing is the last stretch of a path, from the time t where integration
// ends to the data itself, taken at once. In y = x/α, as a function of w = σ/α,
// the flow is dy/dw = E[X0 | x], and for a density that is smooth on the scale w
// the noise expected is w times minus a score that no longer changes. So, from w
// to 0,
//
//	y(0) = y(w) − (w/2) ε,   log q = log p_t + d log α + (σ/2) div ε,
//
// up to w⁴. Sampling takes the whole of ε instead of the half (see finish): that
// is the denoiser, which is right for the sharp data of drawings too.
type closing struct {
	t     float64
	apart bool // t is short of the data

	alpha, sigma, dAlpha, dSigma float64 // at t
}

// sharpest is the noise at which an exact field is left, where the path itself
// would go to none.
const sharpest = 1e-3

func closingOf(s path.Scheduler, to float64, singular bool) closing {
	c := closing{t: to}
	if _, sigma, _, _ := s.Coefficients(1); sigma > 1e-6 {
		return c // ends with noise: VE
	}
	if alpha, sigma, _, _ := s.Coefficients(to); singular && sigma < sharpest*alpha {
		c.t = s.Time(-math.Log(sharpest))
	}
	if c.t == 1 {
		return c
	}
	c.apart = true
	c.alpha, c.sigma, c.dAlpha, c.dSigma = s.Coefficients(c.t)
	return c
}

// enter takes points of data, [d × n] in place, to time t, and sets change,
// [rows × n], to log q(x) − log p_t(x_t). It returns how often it asked the
// field. scratch is as long as both.
func (c *closing) enter(f Divergent, points, change, scratch []float64) (evaluations int) {
	clear(change)
	if !c.apart {
		return 0
	}
	d := float64(f.Dim())
	u, div := scratch[:len(points)], scratch[len(points):]
	for i := range points {
		points[i] *= c.alpha
	}
	f.Divergence(u, div, points, c.t)
	// ε = (α̇ x − α u)/(σα̇ − σ̇α), and so its divergence.
	det := c.sigma*c.dAlpha - c.dSigma*c.alpha
	for i, v := range u {
		points[i] += c.sigma / 2 * (c.dAlpha*points[i] - c.alpha*v) / det
	}
	for k, v := range div {
		noise := (c.dAlpha*d - c.alpha*v) / det
		change[k] = d*math.Log(c.alpha) + c.sigma/2*noise
	}
	return 1
}
