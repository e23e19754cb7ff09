package flow

import (
	"math"
	"math/rand/v2"

	"inkflow/core/path"
)

// normalTo is the exact field of a path to N(m, C), for X0 ~ N(0, I): C has the
// standard deviations std along the axes of a reflection Q = I − 2 v vᵀ, and
//
//	u(x, t) = α̇ m + Q diag((α̇ α s_i² + σ̇ σ)/V_i) Q (x − α m),  V_i = α² s_i² + σ².
type normalTo struct {
	mean, std []float64
	path      path.Scheduler
}

func newNormal(d int, s path.Scheduler) *normalTo {
	g := &normalTo{path: s}
	for i := range d {
		g.mean = append(g.mean, []float64{1.5, -0.5, 0, 0.75, -1}[i])
		g.std = append(g.std, []float64{0.4, 1.2, 0.8, 0.6, 1}[i])
	}
	return g
}

func (g *normalTo) reflect(i, k int) float64 {
	d := float64(len(g.mean))
	q := -2 / d
	if i == k {
		q++
	}
	return q
}

// matrix is Q diag(f(std)) Q.
func (g *normalTo) matrix(f func(s float64) float64) [][]float64 {
	d := len(g.mean)
	m := make([][]float64, d)
	for i := range m {
		m[i] = make([]float64, d)
		for k := range m[i] {
			for a, s := range g.std {
				m[i][k] += g.reflect(i, a) * f(s) * g.reflect(a, k)
			}
		}
	}
	return m
}

func (g *normalTo) rates(t float64) (m [][]float64, alpha, dAlpha float64) {
	alpha, sigma, dAlpha, dSigma := g.path.Coefficients(t)
	return g.matrix(func(s float64) float64 {
		return (dAlpha*alpha*s*s + dSigma*sigma) / (alpha*alpha*s*s + sigma*sigma)
	}), alpha, dAlpha
}

// covariance is that of X_t.
func (g *normalTo) covariance(t float64) [][]float64 {
	alpha, sigma, _, _ := g.path.Coefficients(t)
	return g.matrix(func(s float64) float64 { return alpha*alpha*s*s + sigma*sigma })
}

// logDensity is log p_t(x).
func (g *normalTo) logDensity(x []float64, t float64) float64 {
	alpha, sigma, _, _ := g.path.Coefficients(t)
	sum := 0.0
	for a, s := range g.std {
		v, y := alpha*alpha*s*s+sigma*sigma, 0.0
		for i := range x {
			y += g.reflect(a, i) * (x[i] - alpha*g.mean[i])
		}
		sum -= y*y/(2*v) + math.Log(2*math.Pi*v)/2
	}
	return sum
}

// exactStart draws X0 such that the spread of the source makes it p_t at t, the
// start of the interval.
func (g *normalTo) exactStart(rng *rand.Rand, x []float32) {
	from, _ := g.path.Interval()
	alpha, sigma, _, _ := g.path.Coefficients(from)
	d, n := len(g.mean), len(x)/len(g.mean)
	root := g.matrix(func(s float64) float64 { return math.Sqrt(alpha*alpha*s*s + sigma*sigma) })
	z := make([]float64, d)
	for j := range n {
		for i := range z {
			z[i] = rng.NormFloat64()
		}
		for i := range d {
			v := alpha * g.mean[i]
			for k := range d {
				v += root[i][k] * z[k]
			}
			x[i*n+j] = float32(v / g.path.Source())
		}
	}
}

// Velocity is the batch, float32.
func (g *normalTo) Velocity(dst, x []float32, t float64) {
	g.VelocityDerivative(dst, nil, x, nil, t)
}

func (g *normalTo) VelocityDerivative(v, dv, x, dx []float32, t float64) {
	m, alpha, dAlpha := g.rates(t)
	d, n := len(g.mean), len(x)/len(g.mean)
	shift := make([]float64, d)
	for i := range d {
		shift[i] = dAlpha * g.mean[i]
		for k := range d {
			shift[i] -= m[i][k] * alpha * g.mean[k]
		}
	}
	for i := range d {
		for j := range n {
			sum := shift[i]
			for k := range d {
				sum += m[i][k] * float64(x[k*n+j])
			}
			v[i*n+j] = float32(sum)
		}
	}
	for first := 0; first < len(dx); first += len(x) {
		for i := range d {
			for j := range n {
				sum := 0.0
				for k := range d {
					sum += m[i][k] * float64(dx[first+k*n+j])
				}
				dv[first+i*n+j] = float32(sum)
			}
		}
	}
}

// onePoint is the same field, one point in float64.
type onePoint struct{ *normalTo }

func (g onePoint) VelocityDivergence(dst, x []float64, t float64) (divergence float64) {
	m, alpha, dAlpha := g.rates(t)
	for i := range dst {
		dst[i] = dAlpha * g.mean[i]
		for k := range x {
			dst[i] += m[i][k] * (x[k] - alpha*g.mean[k])
		}
		divergence += m[i][i]
	}
	return divergence
}

// modes is the exact field of a path to an even mixture of isotropic normals of
// one standard deviation: D = Σ r_k [μ_k + (αs²/V)(x − αμ_k)], V = α²s² + σ².
type modes struct {
	centres [][]float64
	std     float64
	path    path.Scheduler
	r       []float64 // [modes] scratch
}

func fourModes(s path.Scheduler) *modes {
	return &modes{[][]float64{{2, 0}, {-2, 0.5}, {0, 2}, {0.5, -1.5}}, 0.35, s, make([]float64, 4)}
}

// at fills r with the responsibilities at (x, t) and returns log p_t(x).
func (g *modes) at(r, x []float64, t float64) float64 {
	alpha, sigma, _, _ := g.path.Coefficients(t)
	v := alpha*alpha*g.std*g.std + sigma*sigma
	most := math.Inf(-1)
	for k, c := range g.centres {
		q := 0.0
		for i := range x {
			q += (x[i] - alpha*c[i]) * (x[i] - alpha*c[i])
		}
		r[k] = -q / (2 * v)
		most = max(most, r[k])
	}
	sum := 0.0
	for k := range r {
		r[k] = math.Exp(r[k] - most)
		sum += r[k]
	}
	for k := range r {
		r[k] /= sum
	}
	return most + math.Log(sum/float64(len(r))) - float64(len(x))/2*math.Log(2*math.Pi*v)
}

func (g *modes) velocity(dst, x []float64, t float64) {
	r := g.r
	g.at(r, x, t)
	alpha, sigma, dAlpha, dSigma := g.path.Coefficients(t)
	v := alpha*alpha*g.std*g.std + sigma*sigma
	for i := range x {
		// u = α̇ D + σ̇ ε, and ε = Σ r_k (σ/V)(x − αμ_k): nothing divides by σ.
		d, e := 0.0, 0.0
		for k, c := range g.centres {
			gap := x[i] - alpha*c[i]
			d += r[k] * (c[i] + alpha*g.std*g.std/v*gap)
			e += r[k] * sigma / v * gap
		}
		dst[i] = dAlpha*d + dSigma*e
	}
}

func (g *modes) Velocity(dst, x []float32, t float64) {
	g = &modes{g.centres, g.std, g.path, make([]float64, len(g.r))} // it is shared
	n := len(x) / 2
	p, u := make([]float64, 2), make([]float64, 2)
	for j := range n {
		p[0], p[1] = float64(x[j]), float64(x[n+j])
		g.velocity(u, p, t)
		dst[j], dst[n+j] = float32(u[0]), float32(u[1])
	}
}

// oneMode is the same field, one point in float64.
type oneMode struct{ *modes }

// VelocityDivergence follows from the variance of the centres under r: with w = σ²/V,
// ∂μ̄/∂x = (α/V) Cov_r(μ), D = (αs²/V) x + w μ̄, ε = (σ/V)(x − αμ̄).
func (g oneMode) VelocityDivergence(dst, x []float64, t float64) (divergence float64) {
	g.velocity(dst, x, t)
	r := g.r
	alpha, sigma, dAlpha, dSigma := g.path.Coefficients(t)
	v := alpha*alpha*g.std*g.std + sigma*sigma
	spread := 0.0
	for i := range x {
		mean, square := 0.0, 0.0
		for k, c := range g.centres {
			mean += r[k] * c[i]
			square += r[k] * c[i] * c[i]
		}
		spread += square - mean*mean
	}
	d := float64(len(x))
	centre := alpha / v * spread // div μ̄
	return dAlpha*(alpha*g.std*g.std/v*d+sigma*sigma/v*centre) + dSigma*sigma/v*(d-alpha*centre)
}

// draw fills x with samples.
func (g *modes) draw(rng *rand.Rand, x []float32) {
	n := len(x) / 2
	for j := range n {
		c := g.centres[rng.IntN(len(g.centres))]
		for i := range 2 {
			x[i*n+j] = float32(c[i] + g.std*rng.NormFloat64())
		}
	}
}
