// Package cfm trains a velocity field by conditional flow matching (Lipman et
// al. 2023; Liu et al. 2023; Albergo and Vanden-Eijnden 2023).
//
// # The idea
//
// The field that carries noise to data is an average over all the straight (or
// otherwise simple) paths that pass through a point, and nobody can compute that
// average in closed form for arbitrary data. Nobody has to: a network that is
// asked, at a random point of a random path, for the velocity of that one path,
// and is punished by the squared error, can do no better than to answer with the
// average. So a training step needs no solver and no density, only pairs:
//
//	X0 ~ N(0, I), X1 ~ data        independent.go, the coupling
//	t                              times.go, where in time
//	X_t = α X1 + σ X0              package path
//	‖v(X_t, t) − (α̇X1 + σ̇X0)‖²    loss.go
//
// # The trainer
//
// [Trainer] takes one step at a time and does nothing between steps, so that its
// caller decides when to train, how long and in which goroutine. It never
// allocates after New. What it shows, [Trainer.Net], is the moving average of the
// weights, and every set of weights has been tried on a batch before it enters
// that average: see guard.go for what happens when a trial fails.
//
// The same Config, target and build give the same bits. The random numbers come
// from PCG generators seeded with Config.Seed, one for each purpose.
package cfm
