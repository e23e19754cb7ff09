package mixture

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// noisy is the mixture at one (α, σ), all that does not depend on the point:
// X | k ~ N(αμ, C), C = α²Σ + σ²I. It is never changed after it is made.
type noisy struct {
	alpha, sigma float64
	parts        []part
}

type part struct {
	log     float64   // log weight − ½ log det 2πC
	centre  []float64 // [d] αμ
	inverse []float64 // [d × d] C⁻¹
	gain    []float64 // [d × d] αΣC⁻¹
	spread  float64   // trace of Σ − α²ΣC⁻¹Σ
}

// space is what one point needs.
type space struct {
	share     []float64 // [k]
	deviation []float64 // [d]
	means     []float64 // [k × d]
	mean      []float64 // [d]
}

func newSpace(k, d int) *space {
	return &space{make([]float64, k), make([]float64, d), make([]float64, k*d), make([]float64, d)}
}

// at returns the mixture at (α, σ): the last one if that was asked for, for
// points come in batches of one time. Two goroutines that disagree recompute.
func (m *Mixture) at(alpha, sigma float64) *noisy {
	if n := m.noisy.Load(); n != nil && n.alpha == alpha && n.sigma == sigma {
		return n
	}
	n := &noisy{alpha, sigma, make([]part, len(m.log))}
	d := m.dim
	c := mat.NewSymDense(d, nil)
	var inverse mat.SymDense
	var gain mat.Dense
	for k := range n.parts {
		for i := range d {
			for j := i; j < d; j++ {
				c.SetSym(i, j, alpha*alpha*m.cov[k].At(i, j))
			}
			c.SetSym(i, i, c.At(i, i)+sigma*sigma)
		}
		var chol mat.Cholesky
		if !chol.Factorize(c) || chol.InverseTo(&inverse) != nil && chol.Cond() > 1e300 {
			panic("mixture: α²Σ + σ²I has no Cholesky factor; α and σ are not negative, and not both 0")
		}
		p := part{log: m.log[k] - chol.LogDet()/2 - float64(d)*math.Log(2*math.Pi)/2,
			centre: make([]float64, d), inverse: make([]float64, d*d), gain: make([]float64, d*d)}
		gain.Mul(m.cov[k], &inverse)
		for i := range d {
			p.centre[i] = alpha * m.mean[k][i]
			for j := range d {
				p.inverse[i*d+j] = inverse.At(i, j)
				p.gain[i*d+j] = alpha * gain.At(i, j)
			}
			p.spread += sigma * sigma * gain.At(i, i) // Σ − α²ΣC⁻¹Σ = σ²ΣC⁻¹
		}
		n.parts[k] = p
	}
	m.noisy.Store(n)
	return n
}

// shares writes the posterior of the components to s.share and returns log p.
func (n *noisy) shares(s *space, x []float64) (logDensity float64) {
	best := math.Inf(-1)
	for k, p := range n.parts {
		for i := range x {
			s.deviation[i] = x[i] - p.centre[i]
		}
		r := 0.0
		for i, u := range s.deviation {
			row := p.inverse[i*len(x) : (i+1)*len(x)]
			for j, v := range s.deviation {
				r += u * row[j] * v
			}
		}
		s.share[k] = p.log - r/2
		best = math.Max(best, s.share[k])
	}
	total := 0.0
	for k, l := range s.share {
		s.share[k] = math.Exp(l - best)
		total += s.share[k]
	}
	for k := range s.share {
		s.share[k] /= total
	}
	return best + math.Log(total)
}

// Posterior returns log p(x) of X = αX1 + σX0, writes E[X1 | X = x] to mean
// [d] unless it is nil, and returns the trace of Cov(X1 | X = x): for each
// component μ + αΣC⁻¹(x − αμ) and Σ − α²ΣC⁻¹Σ, weighted by how likely it is.
func (m *Mixture) Posterior(mean []float64, x []float64, alpha, sigma float64) (logDensity, spread float64) {
	m.check(mean, x)
	n := m.at(alpha, sigma)
	s := m.pool.Get().(*space)
	defer m.pool.Put(s)
	if mean == nil {
		mean = s.mean
	}
	logDensity = n.shares(s, x)
	d := m.dim
	for k, p := range n.parts {
		for i := range x {
			s.deviation[i] = x[i] - p.centre[i]
		}
		for i := range d {
			v := m.mean[k][i]
			for j, u := range s.deviation {
				v += p.gain[i*d+j] * u
			}
			s.means[k*d+i] = v
		}
	}
	clear(mean)
	for k, share := range s.share {
		for i := range d {
			mean[i] += share * s.means[k*d+i]
		}
	}
	for k, share := range s.share {
		r := n.parts[k].spread
		for i := range d {
			u := s.means[k*d+i] - mean[i]
			r += u * u
		}
		spread += share * r
	}
	return logDensity, spread
}

// Score writes ∇ log p(x) to dst [d]: the weighted mean of −C⁻¹(x − αμ).
func (m *Mixture) Score(dst, x []float64, alpha, sigma float64) {
	m.check(dst, x)
	n := m.at(alpha, sigma)
	s := m.pool.Get().(*space)
	defer m.pool.Put(s)
	n.shares(s, x)
	clear(dst)
	d := m.dim
	for k, p := range n.parts {
		for i := range d {
			for j := range d {
				dst[i] -= s.share[k] * p.inverse[i*d+j] * (x[j] - p.centre[j])
			}
		}
	}
}

func (m *Mixture) check(dst, x []float64) {
	if len(x) != m.dim || dst != nil && len(dst) != m.dim {
		panic("mixture: a point of the wrong dimension")
	}
}
