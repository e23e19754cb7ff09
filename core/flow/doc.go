// Package flow samples a velocity field, and says how probable a point is under
// it.
//
// # From noise to data
//
// A field u(x, t) that was learned by flow matching, or is known exactly, carries
// a cloud of noise at t = 0 to a cloud of data at t = 1: every point follows
//
//	dx/dt = u(x, t),
//
// and at each time between the cloud is distributed as the path says, like
// α_t X1 + σ_t X0 (Lipman et al. 2023, theorem 1; Albergo and Vanden-Eijnden
// 2023). A [Model] is such a field with what is known of it: the path it was
// trained on, where its points start, and whether it has a score. A [Plan] is how
// to follow it: a solver of package ode, a time grid, tolerances, noise. [New]
// makes a [Sampler] of the two, or says in a sentence why they do not go together.
//
// Time runs over the interval of the scheduler. Paths whose noise leaves abruptly
// (VP, LinearVP) stop a hundredth of noise short of the data; there the sampler
// ends with the denoiser, E[X1 | x]. And what was trained on one path can be
// sampled along any other, because two Gaussian paths differ by a clock and a
// scale (path.Change).
//
// # With noise, the same cloud
//
// The ODE is not the only process with these marginals. For every g(t) ≥ 0
//
//	dx = [u + (g²/2) ∇log p_t] dt + g dW
//
// has them too (Song et al. 2021, section 4.3 and appendix D.1; Albergo, Boffi and
// Vanden-Eijnden 2023): the drift pulls uphill exactly as much as the noise
// spreads. With g = 0 a sample is a function of its noise; with more, errors of a
// network are forgotten on the way, at the price of smaller steps. One level is
// special, [Reverse], at which the process is the forward noising run backwards.
// Near the data no step can carry a constant g, because the score is as steep as
// 1/σ²; what a step cannot carry is left out, which by the same theorem changes
// nothing (file sde.go). The solvers are Euler–Maruyama, a stochastic Heun method
// of weak order 2, and for DDIM and DPM-Solver++(2M) their own noisy forms (Song,
// Meng and Ermon 2021; Lu et al. 2022). A corrector adds Langevin steps, which
// leave p_t alone, after every step (Song et al. 2021, algorithm 1).
//
// All of this needs the score, and the score follows from the velocity,
// ∇log p_t = −E[X0 | x]/σ, only if X0 is Gaussian and independent of X1. Pairs
// matched by optimal transport (Tong et al. 2023), a source that is a drawing, or
// reflow break that: the model says so ([Model].HasScore), and is refused what it
// cannot do.
//
// # How probable is a point
//
// Along the flow the density of a moving point changes by the divergence of the
// field and nothing else, d log p_t(x_t)/dt = −div u_t(x_t) (Chen et al. 2018). So
// a [Likelihood] follows a point of data back to its noise, adds up the divergence
// on the way, and has log q̂(x) = log p0(x0) − ∫ div u dt, in nats. The divergence
// is exact for a field in closed form, exact by d forward derivatives of a network
// in small dimension, and otherwise estimated with random probes, without bias and
// with a standard error (Hutchinson 1990; Grathwohl et al. 2019). A [Map] is the
// density over a grid, a piece at a time.
//
// # How straight is the way
//
// [Sampler.Energy] measures E ∫‖u‖² dt. Optimal transport is the flow with the
// least of it, W2² (Benamou and Brenier 2000), and its points go straight; what a
// flow has beyond is paid for in solver steps. Tong et al. (2023) normalise it
// (metric.PathEnergy).
//
// # What a program needs
//
// Noise has an address. Points are cut into chunks of Chunk points, and all that
// is random about a chunk, its start, the noise of an SDE, the corrector's,
// depends only on (seed, chunk). So the same seed gives the same points whether
// they are drawn in one call, a chunk a frame in a page, or by several goroutines;
// and the first thousand of a million are the thousand one gets when asking for a
// thousand.
//
// The work has a size. A chunk takes all its steps before the next one starts: its
// buffers stay in the cache, and an engine that owes its thread to others can stop
// after any chunk.
//
// The path can be kept. Trace stores a chunk at a handful of times, the first and
// the last among them, which is what a stage draws, along the SDE as well.
//
// Points are float32 and feature-major: x is [d × n], x[i*n+j] is coordinate i of
// point j; likelihoods are float64. A Sampler allocates when it is made and never
// again.
package flow
