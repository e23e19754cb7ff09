// Package exact knows the answer: the velocity, the score and the likelihood
// that a perfect network would give, at every point and every time.
//
// # Why there is an answer
//
// Flow matching asks a network for an average. On a Gaussian path, where
// X_t = αX1 + σX0 with X0 ~ N(0, I), the velocity at x is that of all the
// pairs that pass there,
//
//	u_t(x) = E[α̇X1 + σ̇X0 | X_t = x] = α̇D + σ̇ (x − αD)/σ,    D(x) = E[X1 | X_t = x],
//
// so that everything hangs on one posterior mean (Lipman et al., 2023, theorem
// 1; Lipman et al., 2024, section 4.8). For a finite set of points that is a
// softmax,
//
//	D = Σ λ_k x_k,    λ_k ∝ w_k exp(−‖x − αx_k‖²/2σ²),
//
// and three other kinds of target have it in closed form as well. None needs
// training, and where a network is trained they say how far off it is.
//
// # Four kinds of target
//
// [Modes] are Gaussians: noise on a Gaussian is a Gaussian again,
// N(αμ, α²s² + σ²), and μ + αs²/(α²s² + σ²) (x − αμ) its part of D. Points are
// modes without width ([NewPoints]). Full covariances are in package mixture.
//
// [Boxes] are densities constant on axis-aligned boxes. Along one axis the
// posterior of X1 is the normal N(x/α, (σ/α)²) truncated to the interval, whose
// mass is a difference of error functions and whose moments are those of the
// truncated normal (Johnson, Kotz and Balakrishnan, 1994, section 13.10.1).
//
// [Drawing] is a grid of ink, a great many boxes, and is not approximated
// either: the axes separate, so that a point costs one error function and one
// exponential a column and a row, and two multiply-adds a cell. A cloud of
// points in place of the cells would have a field that, as t → 1, pulls
// everything into the points: it would have learnt the samples by heart.
//
// [Preset] finds the right kind for a named density.
//
// # What follows
//
// From the posterior mean D, its spread (the trace of the covariance) and
// log p_t come, for any [path.Scheduler] ([Field]):
//
//	score       ∇ log p_t = (αD − x)/σ²                         (Robbins, 1956; Efron, 2011)
//	divergence  div u = d σ̇/σ + (σα̇ − σ̇α)/σ · (α/σ²) spread     since ∇D = (α/σ²) Cov(X1 | x)
//	entropy     −E log q: no model has a better likelihood       [Entropy]
//	loss floor  E ((σα̇ − σ̇α)/σ)² spread/d: no network has less   [LossFloor]
//
// The checkerboard's entropy is 3.6765 nats, and on the straight line its loss
// floor 3.753 ± 0.001.
//
// # At the ends
//
// All answers are finite at t = 0 and t = 1 and far outside, on every path, but
// for log p where there is neither noise nor support. Where α = 0 the point
// says nothing, and D = E[X1]. Where σ = 0 the noise is independent of the
// point, so u = α̇D, and a point off the support is given the nearest one on
// it. In between nothing underflows: where error functions end, Mills' ratio
// goes on.
//
// # Speed
//
// On one core of a small server (AVX-512), in points a second, a drawing of
// 128 × 128 cells on the straight line (BenchmarkBatch):
//
//	                          native            WebAssembly, under Node
//	double precision, t = ½   0.13 million      0.05 million
//	Field.Batch, t = ½        0.69 million      0.30 million
//	Field.Batch, slowest      0.6 million       0.18 million (t = 0.95)
//	Field.Batch, t = 0.99     2.1 million       0.7 million
//	checkerboard, 8 boxes     0.5 million       0.25 million
//	8 Gaussians               3 million         1.2 million
//
// [Field.Batch] is for float32 points: while cells are fine beside the noise,
// the sums over cells of many points are one matrix product; later only the
// cells near a point count.
//
// # Sources
//
// Lipman, Chen, Ben-Hamu, Nickel and Le, Flow Matching for Generative Modeling,
// 2023. Lipman et al., Flow Matching Guide and Code, 2024. Robbins, An
// Empirical Bayes Approach to Statistics, 1956. Efron, Tweedie's Formula and
// Selection Bias, 2011. Johnson, Kotz and Balakrishnan, Continuous Univariate
// Distributions, volume 1, 1994.
package exact
