package flow

import (
	"math"

	"inkflow/core/ode"
	"inkflow/core/path"
)

// Sampling with noise. Any g(t) ≥ 0 may be mixed into the flow without changing
// the distribution at any time,
//
//	dx = [u + (g²/2) s] dt + g dW,   s = ∇ log p_t = −ε/σ
//
// (Song et al. 2021, appendix D.1; Albergo, Boffi and Vanden-Eijnden 2023):
// the Fokker–Planck equation gains −∇·(p (g²/2) ∇log p) from the drift and
// (g²/2) ∇²p from the noise, and they are the same thing with opposite signs.
//
// Written for a point in the frame of its own noise, ε̂ = (x − αD)/σ with the
// denoiser D held fixed, it is the process of Ornstein and Uhlenbeck,
//
//	dε̂ = −κ ε̂ dt + √(2κ) dW,   κ = g²/(2σ²):
//
// old noise is forgotten at the rate κ, fresh noise comes in its place. That is
// the whole effect of g, and it tells two things. Towards the data, where σ → 0,
// a constant g forgets ever faster, and no explicit step keeps up: ode.Tame takes
// g back to what the steps carry, σ/√h, and to none in the last. The marginals are
// the same for every g(t), so this changes no distribution. And it gives the noise
// level of the reverse-time SDE (Song et al. 2021, equation 6) its meaning: that
// is κ = d log(α/σ)/dt, so that
//
//	g² = 2 (σ² α̇/α − σ σ̇).
//
// To derive it, the forward process of t' = 1 − t that has the same marginals is
// dx = −(α̇/α) x dt' + g dW; its variance obeys dσ²/dt' = −2 (α̇/α) σ² + g², and
// dσ²/dt' = −2σσ̇. Run backwards its drift is (α̇/α) x + g² s, which is
// u + (g²/2) s. At t = 0, where α may be 0, it is infinite, and tamed too.

// diffusion is g(t) of a noise level on a path.
func diffusion(level float64, s path.Scheduler) ode.Diffusion {
	if level != Reverse {
		return func(float64) float64 { return level }
	}
	return func(t float64) float64 {
		alpha, sigma, dAlpha, dSigma := s.Coefficients(t)
		if alpha == 0 {
			return math.Inf(1)
		}
		return math.Sqrt(max(0, 2*sigma*(sigma*dAlpha/alpha-dSigma)))
	}
}

// noisy is the drift u + (g²/2) s of a field, and the noise that goes with it.
type noisy struct {
	field Velocity
	path  path.Scheduler
	g     ode.Diffusion // tamed
	heun  bool          // steps use the drift at both of their ends
	dim   int

	normals     func(dst []float32, std float64) // fresh normal numbers
	noise       *Noise
	seed        uint64
	chunk, kick int // address of the next of them
}

func newNoisy(f Velocity, s path.Scheduler, dim int) *noisy {
	n := &noisy{field: f, path: s, dim: dim, noise: NewNoise()}
	n.normals = n.draw
	return n
}

// begin sets the address of the noise to come.
func (s *noisy) begin(seed uint64, chunk int) { s.seed, s.chunk, s.kick = seed, chunk, 0 }

// draw fills dst with N(0, std²) that depends on seed, chunk and the number of the
// call alone, and gives point j the same for every n > j.
func (s *noisy) draw(dst []float32, std float64) {
	s.noise.kick(s.seed, s.chunk, s.kick)
	s.kick++
	s.noise.fill(dst, s.dim, len(dst)/s.dim, std)
}

// drift is an ode.Field. Since s = −ε/σ, and ε = cx x + cu u (path.Convert), it
// is u − κσ ε, without a division by σ².
func (s *noisy) drift(dst, x []float32, t float64) {
	s.field.Velocity(dst, x, t)
	g := s.g(t)
	if g == 0 {
		return
	}
	_, sigma, _, _ := s.path.Coefficients(t)
	cx, cu := path.Convert(s.path, t, path.Velocity, path.Noise)
	pull := g * g / (2 * sigma)
	a, b := float32(-pull*cx), float32(1-pull*cu)
	for i, v := range x {
		dst[i] = a*v + b*dst[i]
	}
}

// increments is an ode.Brownian of ∫ g dW over a step, for a solver that is told
// the diffusion 1. The variance of a step is made of the same values of g² as the
// step's drift is: of that at the start, or of the mean of both ends. Then what
// the noise brings and what the drift takes away belong together even where g is
// not smooth, as where it is tamed.
func (s *noisy) increments(dst []float32, from, to float64) {
	variance := s.g(from) * s.g(from)
	if s.heun {
		variance = (variance + s.g(to)*s.g(to)) / 2
	}
	s.normals(dst, math.Sqrt(variance*(to-from)))
}

func one(float64) float64 { return 1 }
