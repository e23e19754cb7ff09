package exact

import (
	"errors"
	"math"
	"math/rand/v2"
	"strconv"
	"sync"

	"inkflow/core/internal/upper"
)

// A Mode is one round Gaussian of a mixture, N(Mean, Std² I).
type Mode struct {
	Weight float64 // > 0, in any unit
	Mean   []float64
	Std    float64 // ≥ 0; 0 is a point
}

// Modes is a mixture of round Gaussians in any dimension, of points too. With
// noise it stays a mixture, its modes N(αμ, (α²s² + σ²) I). Covariances of
// other shapes are the matter of package exact/mixture.
type Modes struct {
	dim    int
	log    []float64 // [k] logarithm of the weight, 1 in all
	until  []float64 // [k] running sum of the weights
	mean   []float64 // [k × d]
	square []float64 // [k] variance
	same   bool      // all variances are equal
	pool   sync.Pool // of *modesSpace
}

type modesSpace struct{ share, point []float64 } // [k], [d]

// NewModes makes a target of round Gaussians, in the dimension of the first.
// It is an error when there are none, or one has another dimension, no weight,
// or numbers that are not finite.
func NewModes(modes []Mode) (*Modes, error) {
	if len(modes) == 0 {
		return nil, errors.New("there are no modes; one at least is wanted")
	}
	d := len(modes[0].Mean)
	m := &Modes{dim: d, same: true}
	total := 0.0
	for k, mode := range modes {
		name := "mode " + strconv.Itoa(k+1)
		if len(mode.Mean) != d || d == 0 {
			return nil, errors.New(name + " has not the dimension of the first; all modes have d ≥ 1 coordinates")
		}
		if !(mode.Weight > 0 && !math.IsInf(mode.Weight, 0)) {
			return nil, errors.New(name + " weighs nothing or no number; weights are positive and finite")
		}
		if !(mode.Std >= 0 && mode.Std < 1e9) {
			return nil, errors.New(name + " has no deviation; zero or more and below 1e9 is wanted")
		}
		for _, v := range mode.Mean {
			if !(math.Abs(v) < 1e9) {
				return nil, errors.New(name + " has no place; coordinates within ±1e9 are wanted")
			}
		}
		m.mean = append(m.mean, mode.Mean...)
		m.square = append(m.square, mode.Std*mode.Std)
		m.same = m.same && mode.Std == modes[0].Std
		total += mode.Weight
	}
	sum := 0.0
	for _, mode := range modes {
		sum += mode.Weight / total
		m.log, m.until = append(m.log, math.Log(mode.Weight/total)), append(m.until, sum)
	}
	m.pool.New = func() any { return &modesSpace{make([]float64, len(modes)), make([]float64, d)} }
	return m, nil
}

// NewPoints makes a target of n points x [d × n], feature-major, of equal
// weight, each blurred by N(0, bandwidth² I); 0 leaves bare points. A model
// that fits bare points exactly has learnt them by heart: as t → 1 all flows
// into them.
func NewPoints(x []float32, d int, bandwidth float64) (*Modes, error) {
	if d < 1 || len(x)%d != 0 {
		return nil, errors.New("there are " + strconv.Itoa(len(x)) + " numbers; whole points of " + strconv.Itoa(d) + " coordinates are wanted")
	}
	n := len(x) / d
	modes := make([]Mode, n)
	for j := range modes {
		mean := make([]float64, d)
		for i := range mean {
			mean[i] = float64(x[i*n+j])
		}
		modes[j] = Mode{1, mean, bandwidth}
	}
	return NewModes(modes)
}

// Dim is d.
func (m *Modes) Dim() int { return m.dim }

// Point draws one sample.
func (m *Modes) Point(rng *rand.Rand, x []float64) {
	k := pick(m.until, rng.Float64())
	std := math.Sqrt(m.square[k])
	for i := range x {
		x[i] = m.mean[k*m.dim+i] + std*rng.NormFloat64()
	}
}

// Sample fills x [d × n].
func (m *Modes) Sample(rng *rand.Rand, x []float32) { sample(m, rng, x) }

// shares writes the posterior of the modes, not normalised, the largest near
// 1, and returns its sum and log p(x).
func (m *Modes) shares(share, x []float64, alpha, sigma float64) (total, logDensity float64) {
	upper.Clear()
	best := math.Inf(-1)
	over, norm := 0.0, 0.0
	for k := range share {
		if k == 0 || !m.same {
			c := alpha*alpha*m.square[k] + sigma*sigma
			over, norm = 1/(2*c), float64(m.dim)/2*math.Log(c)
		}
		r := 0.0
		for i, v := range m.mean[k*m.dim : (k+1)*m.dim] {
			d := x[i] - alpha*v
			r += d * d
		}
		l := m.log[k] - norm - r*over
		if math.IsInf(norm, -1) { // a bare point without noise
			l = math.Inf(1)
			if r > 0 {
				l = math.Inf(-1)
			}
		}
		share[k] = l
		best = math.Max(best, l)
	}
	if math.IsInf(best, 0) {
		return 0, best
	}
	for k, l := range share {
		// Far modes underflow; the branch saves their exponentials.
		if l -= best; l > -745 {
			share[k] = math.Exp(l)
			total += share[k]
		} else {
			share[k] = 0
		}
	}
	return total, best + math.Log(total) - float64(m.dim)*logRoot2Pi
}

// Posterior implements Target.
func (m *Modes) Posterior(mean []float64, x []float64, alpha, sigma float64) (logDensity, spread float64) {
	checkPoint(m, mean, x, alpha, sigma)
	if sigma < leastSigma {
		sigma = 0
	}
	ws := m.pool.Get().(*modesSpace)
	defer m.pool.Put(ws)
	if mean == nil {
		mean = ws.point
	}
	total, logDensity := m.shares(ws.share, x, alpha, sigma)
	if total == 0 { // no noise, and x is not on a Gaussian
		m.nearest(ws.share, x, alpha)
		total = 1
	}
	clear(mean)
	for k, p := range ws.share {
		if p == 0 {
			continue
		}
		gain, _ := m.gain(k, alpha, sigma)
		for i, mu := range m.mean[k*m.dim : (k+1)*m.dim] {
			mean[i] += p / total * (mu + gain*(x[i]-alpha*mu))
		}
	}
	for k, p := range ws.share {
		if p == 0 {
			continue
		}
		gain, left := m.gain(k, alpha, sigma)
		r := float64(m.dim) * left
		for i, mu := range m.mean[k*m.dim : (k+1)*m.dim] {
			d := mu + gain*(x[i]-alpha*mu) - mean[i]
			r += d * d
		}
		spread += p / total * r
	}
	return logDensity, spread
}

// gain is αs²/(α²s² + σ²), how much of a deviation of x is put down to X1, and
// left the variance that X1 keeps, s²σ²/(α²s² + σ²).
func (m *Modes) gain(k int, alpha, sigma float64) (gain, left float64) {
	if m.square[k] == 0 {
		return 0, 0
	}
	share := m.square[k] / (alpha*alpha*m.square[k] + sigma*sigma)
	return alpha * share, sigma * sigma * share
}

// nearest gives everything to the point nearest to x/α.
func (m *Modes) nearest(share, x []float64, alpha float64) {
	least, at := math.Inf(1), 0
	for k := range share {
		r := 0.0
		for i, v := range m.mean[k*m.dim : (k+1)*m.dim] {
			d := x[i] - alpha*v
			r += d * d
		}
		if r < least {
			least, at = r, k
		}
	}
	clear(share)
	share[at] = 1
}

// Score writes ∇ log p(x) to dst [d]: the mean of (αμ − x)/(α²s² + σ²). It is
// not finite on bare points without noise.
func (m *Modes) Score(dst, x []float64, alpha, sigma float64) {
	checkPoint(m, dst, x, alpha, sigma)
	ws := m.pool.Get().(*modesSpace)
	defer m.pool.Put(ws)
	total, _ := m.shares(ws.share, x, alpha, sigma)
	clear(dst)
	for k, p := range ws.share {
		if p == 0 {
			continue
		}
		scale := p / total / (alpha*alpha*m.square[k] + sigma*sigma)
		for i, mu := range m.mean[k*m.dim : (k+1)*m.dim] {
			dst[i] += scale * (alpha*mu - x[i])
		}
	}
}
