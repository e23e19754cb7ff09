package mixture

import (
	"errors"
	"math"
	"math/rand/v2"
	"strconv"
	"sync"
	"sync/atomic"

	"gonum.org/v1/gonum/mat"
)

// A Component is one Gaussian, N(Mean, Covariance).
type Component struct {
	Weight     float64 // > 0, in any unit
	Mean       []float64
	Covariance *mat.SymDense // [d × d], positive definite
}

// Mixture is a mixture of Gaussians of any shape. It is an exact.Target and an
// exact.Smooth, for use from several goroutines.
type Mixture struct {
	dim   int
	log   []float64 // [k] logarithm of the weight, 1 in all
	until []float64 // [k] running sum of the weights
	mean  [][]float64
	cov   []*mat.SymDense
	lower []*mat.TriDense // [k] Cholesky factors of cov
	noisy atomic.Pointer[noisy]
	pool  sync.Pool // of *space
}

// New makes a mixture of components in the dimension of the first. It is an
// error when there are none, or one has another dimension, no weight, numbers
// that are not finite, or a covariance that is not positive definite.
func New(components []Component) (*Mixture, error) {
	if len(components) == 0 {
		return nil, errors.New("there are no components; one at least is wanted")
	}
	d := len(components[0].Mean)
	m := &Mixture{dim: d}
	total := 0.0
	for k, c := range components {
		name := "component " + strconv.Itoa(k+1)
		if d == 0 || len(c.Mean) != d || c.Covariance == nil || c.Covariance.SymmetricDim() != d {
			return nil, errors.New(name + " has not the dimension of the first; a mean of d ≥ 1 numbers and a covariance of d × d are wanted")
		}
		if !(c.Weight > 0 && !math.IsInf(c.Weight, 0)) {
			return nil, errors.New(name + " weighs nothing or no number; weights are positive and finite")
		}
		for _, v := range c.Mean {
			if !(math.Abs(v) < 1e9) {
				return nil, errors.New(name + " has no place; coordinates within ±1e9 are wanted")
			}
		}
		var chol mat.Cholesky
		if !chol.Factorize(c.Covariance) {
			return nil, errors.New(name + " has a covariance that is not positive definite; every direction needs some variance")
		}
		cov, lower := mat.NewSymDense(d, nil), mat.NewTriDense(d, mat.Lower, nil)
		cov.CopySym(c.Covariance)
		chol.LTo(lower)
		m.mean, m.cov, m.lower = append(m.mean, append([]float64(nil), c.Mean...)), append(m.cov, cov), append(m.lower, lower)
		total += c.Weight
	}
	sum := 0.0
	for _, c := range components {
		sum += c.Weight / total
		m.log, m.until = append(m.log, math.Log(c.Weight/total)), append(m.until, sum)
	}
	m.pool.New = func() any { return newSpace(len(components), d) }
	return m, nil
}

// Dim is d.
func (m *Mixture) Dim() int { return m.dim }

// Point draws one sample.
func (m *Mixture) Point(rng *rand.Rand, x []float64) {
	k, u := 0, rng.Float64()
	for k < len(m.until)-1 && u >= m.until[k] {
		k++
	}
	s := m.pool.Get().(*space)
	defer m.pool.Put(s)
	for i := range s.deviation {
		s.deviation[i] = rng.NormFloat64()
	}
	for i := range x {
		x[i] = m.mean[k][i]
		for j := range i + 1 {
			x[i] += m.lower[k].At(i, j) * s.deviation[j]
		}
	}
}

// Sample fills x [d × n], feature-major, with n samples.
func (m *Mixture) Sample(rng *rand.Rand, x []float32) {
	if len(x)%m.dim != 0 {
		panic("mixture: Sample wants a buffer of whole points")
	}
	n, p := len(x)/m.dim, make([]float64, m.dim)
	for j := range n {
		m.Point(rng, p)
		for i, v := range p {
			x[i*n+j] = float32(v)
		}
	}
}
