package flow

import (
	"math"

	"inkflow/core/ode"
	"inkflow/core/path"
)

// An exponential is DDIM or DPM-Solver++(2M) with noise: the denoiser is held
// fixed over a step, or follows its last two values, and what is left, a linear
// equation with noise, is solved exactly. With the frame of sde.go, noise is
// forgotten by ρ = exp(−∫κ dt) and made up for,
//
//	x_t = α_t D + σ_t (ρ ε + √(1 − ρ²) z).
//
// ρ = 1 is the ODE's DDIM. At g = Reverse, where ρ is the ratio of σ/α, it is
// ancestral sampling (Song, Meng and Ermon 2021, η = 1; Lu et al. 2022b,
// SDE-DPM-Solver++), and that is the most noise a step takes: a denoiser that is
// held fixed does not see what a step's own noise would make of it, and with more
// than the path itself forgets on the way the variance of the samples suffers,
// by about half of what is forgotten a step. As with ode.Tame, less noise is as
// right as more.
type exponential struct {
	steps     []exponentialStep // [steps of the grid]
	now, past []float32         // [size] denoisers
	z         []float32         // [size] increments
}

// An exponentialStep holds the factors of
//
//	D  = dx x + du u,
//	x' = ax x + au u + ad (D − D before) + az z,
//
// with u the velocity at the start of the step, at.
type exponentialStep struct {
	at             float64
	dx, du         float32
	ax, au, ad, az float32
}

func newExponential(second bool, level float64, s path.Scheduler, grid []float64, size int) *exponential {
	e := &exponential{now: make([]float32, size), past: make([]float32, size), z: make([]float32, size)}
	before := math.NaN() // the step in λ before
	for k := 1; k < len(grid); k++ {
		at, to := grid[k-1], grid[k]
		forget := forgotten(level, s, at, to)
		alpha, sigma, dAlpha, dSigma := s.Coefficients(at)
		w := sigma*dAlpha - dSigma*alpha
		alphaTo, sigmaTo, _, _ := s.Coefficients(to)
		h := path.LogSNR(s, to) - path.LogSNR(s, at)
		p := exponentialStep{
			at: at,
			dx: float32(-dSigma / w), du: float32(sigma / w),
			ax: float32((forget*sigmaTo*dAlpha - alphaTo*dSigma) / w),
			au: float32((alphaTo*sigma - forget*sigmaTo*alpha) / w),
			az: float32(sigmaTo * math.Sqrt(1-forget*forget)),
		}
		if c := (alphaTo - alpha*forget*sigmaTo/sigma) * h / (2 * before); second && !math.IsNaN(c) && !math.IsInf(c, 0) {
			p.ad = float32(c)
		}
		before = h
		e.steps = append(e.steps, p)
	}
	return e
}

// forgotten is ρ of a step.
func forgotten(level float64, s path.Scheduler, from, to float64) float64 {
	least := math.Exp(path.LogSNR(s, from) - path.LogSNR(s, to))
	if _, sigma, _, _ := s.Coefficients(to); level == Reverse || sigma == 0 {
		return least
	}
	return max(least, math.Exp(-level*level/2*integral(from, to, func(t float64) float64 {
		_, sigma, _, _ := s.Coefficients(t)
		return 1 / (sigma * sigma)
	})))
}

// integral is Simpson's rule on 32 pieces. Where the integrand grows steeply, next
// to the data, the other bound on ρ decides.
func integral(from, to float64, f func(t float64) float64) float64 {
	const pieces = 32
	h := (to - from) / pieces
	sum := 0.0
	for k := range pieces {
		a := from + float64(k)*h
		sum += h / 6 * (f(a) + 4*f(a+h/2) + f(a+h))
	}
	return sum
}

// step takes x over step k, k ≥ 0, and reports whether the result is finite; else
// x stays what it was.
func (e *exponential) step(s *noisy, x []float32, k int) (ok bool) {
	p := &e.steps[k]
	u, now, past, z := e.now[:len(x)], e.now[:len(x)], e.past[:len(x)], e.z[:len(x)]
	s.field.Velocity(u, x, p.at)
	if p.az == 0 {
		clear(z)
	} else {
		s.normals(z, 1)
	}
	// One buffer holds u and then D, and z becomes the next state.
	var sum float32
	for i, v := range x {
		d := p.dx*v + p.du*u[i]
		next := p.ax*v + p.au*u[i] + p.az*z[i]
		if k > 0 && p.ad != 0 {
			next += p.ad * (d - past[i])
		}
		now[i], z[i] = d, next
		sum += next - next
	}
	if sum != 0 {
		return false
	}
	copy(x, z)
	e.now, e.past = e.past, e.now
	return true
}

// Solve is SDE.Solve of ode for this kind of step. There may be no corrector.
func (e *exponential) Solve(s *noisy, c *corrector, x []float32, grid []float64, each func(k int, t float64, x []float32)) (res ode.Result) {
	if each != nil {
		each(0, grid[0], x)
	}
	for k := range e.steps {
		res.Evaluations++
		if !e.step(s, x, k) {
			res.Status = ode.NonFinite
			return res
		}
		if c != nil && k < len(e.steps)-1 {
			n, ok := c.step(x, grid[k+1])
			res.Evaluations += n
			if !ok {
				res.Status = ode.NonFinite
				return res
			}
		}
		res.Steps++
		if each != nil {
			each(k+1, grid[k+1], x)
		}
	}
	return res
}
