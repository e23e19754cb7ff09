// Package ode follows a velocity through time.
//
// A flow is learned as a field u(x, t) and used as its solution: start a point
// from noise at t = 0, follow dx/dt = u(x, t), and read off data at t = 1. What
// stands between the two is a method for ordinary differential equations, and
// how few evaluations of a network it needs decides how fast pictures appear.
//
// The package keeps four things apart. A Method is a value: what it is called,
// its order, what it costs. A time grid is a list of numbers, rising or falling,
// whose last entry is met exactly. An Integrator consumes both and owns the
// memory. And a Result says what a run cost and how it ended. All of it knows
// nothing of points, dimensions or networks, only of a function (x, t) → velocity
// over a buffer of numbers, in float32 for the page and in float64 for
// measurements.
//
// # Families
//
// Runge–Kutta methods (euler, midpoint, heun, ralston, rk4) look at several
// places within a step and forget them after it. Each is a Tableau, data that one
// loop consumes, checked against the order it claims before anything runs with
// it (Butcher 1964; Hairer, Nørsett and Wanner 1993, chapter II). Adams–Bashforth 2
// (ab2) remembers the velocity of the step before instead, and so has the second
// order for one evaluation a step.
//
// Adaptive methods (dopri5 of Dormand and Prince 1980, bs32 of Bogacki and
// Shampine 1989) are a Pair: two methods on the same stages, whose difference is
// an estimate of the error. A controller makes the step as long as the tolerance
// allows (Gustafsson 1991). The grid then no longer steps, it only reads: what the
// solution is at its times comes from a polynomial through each step, the dense
// output.
//
// Exponential integrators (ddim of Song, Meng and Ermon 2021, dpmpp2m of Lu et al.
// 2022) know more than the velocity: that it belongs to a path X_t = αX1 + σX0.
// They solve what is linear in x exactly and approximate the denoiser E[X1 | X_t],
// which changes slowly, in λ = log(α/σ). They need Options.Signal.
//
// # The singular end
//
// The exact velocity of a drawing has no limit at t = 1. Just before, a point
// between two strokes must still decide where it belongs, and the slope of the
// field across the gap grows without bound. A method that evaluates there, as
// Heun's and the classical Runge–Kutta method do in their last stage, loses in its
// last step what it won in all others. So no Integrator evaluates at the last time
// of its grid. The order survives, because a single step may be of one order less
// than all of them together; Method says which step replaces which, and the
// adaptive methods choose how near they go with the steps they trust.
//
// A grid has a say too. Equal steps suit most methods. Heun's, which looks a whole
// step ahead, wants shorter steps at first and longer ones last (Shift), and
// DPM-Solver++ wants them equal in λ (FromLogSNR). Method.Grid is the name of the
// one that suits. With it every second-order method carries noise to a
// checkerboard with 8 evaluations as well as with 256 steps, up to a tenth in W2.
//
// # Noise on the way
//
// A flow and any amount of noise may share their marginals: dx = (u + g²/2 s) dt +
// g dW with the score s = ∇ log p_t has the same p_t for every g(t) ≥ 0 (Song et
// al. 2021; Albergo and Vanden-Eijnden 2023). SDE solves such equations by
// Euler–Maruyama or stochastic Heun, with randomness that the caller injects; Tame
// keeps g where a grid can follow it; Langevin corrects samples at one time.
//
// # Ends that are not the end
//
// How a run ended is a Status and not an error: a field that overflows, or a
// tolerance that is never met, is something that happens to an honest program. The
// state then stays at the last accepted step, and Advice says what to try.
//
// Package odetest holds the cases that every integrator must pass.
package ode
