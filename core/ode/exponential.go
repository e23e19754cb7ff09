package ode

import "math"

// Exponential integrators of a Gaussian path X_t = αX1 + σX0. In λ = log(α/σ) the
// flow is
//
//	d(x/σ)/dλ = e^λ D(x, λ),   D = E[X1 | X_t = x],
//
// so that only the denoiser D is approximated, and the linear part, which is what
// grows without bound at the ends, is solved exactly.
//
// DDIM (Song, Meng and Ermon 2021) takes D constant over the step: order 1. With
// D and ε = E[X0 | X_t = x] both from one velocity, D = (σu − σ̇x)/w and
// ε = (α̇x − αu)/w, w = σα̇ − σ̇α, its step from s to t is
//
//	x_t = α_t D + σ_t ε,
//
// which is finite wherever w is not 0, at σ = 0 and at α = 0 alike. On the linear
// path w = 1 and it is Euler's step.
//
// DPM-Solver++(2M) (Lu et al. 2022b, algorithm 2) takes D on the line in λ through
// its last two values: with h the step in λ and h' the one before,
//
//	x_t = α_t D + σ_t ε + (α_t − α_s σ_t/σ_s) h/(2h') (D − D').
//
// Order 2. Where h or h' is infinite, after a start with α = 0 and before an end
// with σ = 0, it is DDIM's step.
type denoising[T float32 | float64] struct {
	second bool // DPM-Solver++(2M)
	signal Signal
	u      []T // [size] velocity, then the next state
	now    []T // [size] denoiser at the start of the step
	before []T // [size] and at the start of the step before
}

func newExponential[T float32 | float64](order, size int, signal Signal) *denoising[T] {
	return &denoising[T]{
		second: order == 2,
		signal: signal,
		u:      make([]T, size),
		now:    make([]T, size),
		before: make([]T, size),
	}
}

// inside is the part of a step by which an evaluation moves off a time at which
// the velocity does not tell the denoiser (w = 0, as where α̇ = 0 at the start of a
// polynomial path) or σ̇ is infinite.
const inside = 1e-3

// Solve implements Integrator. It evaluates once a step and never at the end of
// the grid, of which only α and σ are needed.
func (s *denoising[T]) Solve(f Field[T], x []T, grid []float64, each func(k int, t float64, x []T)) Result {
	begin(len(x), len(s.u), grid)
	var res Result
	if each != nil {
		each(0, grid[0], x)
	}
	past := math.NaN() // step in λ before this one
	for k := 1; k < len(grid); k++ {
		from, to := grid[k-1], grid[k]
		alpha, sigma, dAlpha, dSigma := s.signal(from)
		w := sigma*dAlpha - dSigma*alpha
		if !(w > 0) || math.IsInf(w, 0) {
			from += inside * (to - from)
			alpha, sigma, dAlpha, dSigma = s.signal(from)
			w = sigma*dAlpha - dSigma*alpha
		}
		alphaTo, sigmaTo, _, _ := s.signal(to)
		u, now, before := s.u[:len(x)], s.now[:len(x)], s.before[:len(x)]
		f(u, x, from)
		res.Evaluations++

		h := math.Log(alphaTo/sigmaTo) - math.Log(alpha/sigma)
		correction := T(0)
		if s.second {
			c := (alphaTo - alpha*sigmaTo/sigma) * h / (2 * past)
			if k > 1 && !math.IsNaN(c) && !math.IsInf(c, 0) {
				correction = T(c)
			}
			du, dx := T(sigma/w), T(-dSigma/w)
			for i := range now {
				now[i] = du*u[i] + dx*x[i]
			}
		}
		past = h
		a := T((sigmaTo*dAlpha - alphaTo*dSigma) / w)
		b := T((alphaTo*sigma - sigmaTo*alpha) / w)
		for i := range u {
			u[i] = a*x[i] + b*u[i]
		}
		if correction != 0 {
			for i := range u {
				u[i] += correction * (now[i] - before[i])
			}
		}
		if !finite(u) {
			res.Status = NonFinite
			return res
		}
		copy(x, u)
		s.now, s.before = s.before, s.now
		res.Steps++
		if each != nil {
			each(k, to, x)
		}
	}
	return res
}
