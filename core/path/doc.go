// Package path says how noise turns into data: one scheduler a file.
//
// A probability path is drawn between two clouds of points. At t = 0 there is
// X0, standard normal noise; at t = 1 there is X1, a point of the drawing. In
// between, the conditional path of a pair is an affine mixture of the two,
//
//	X_t = α_t X1 + σ_t X0,    α_0 = 0, σ_0 = 1,    α_1 = 1, σ_1 = 0,
//
// and the velocity with which that one pair travels is its time derivative,
//
//	u_t = α̇_t X1 + σ̇_t X0.
//
// A network that regresses u_t on (X_t, t) learns the average velocity of all
// the pairs that pass through a place, and that average carries the noise into
// the drawing (Lipman, Chen, Ben-Hamu, Nickel and Le, 2023, equations 9 to 15,
// where the roles of time and of the two ends are the same as here).
//
// A [Scheduler] is the pair of curves (α, σ) with their derivatives, nothing
// more. What follows from the pair, such as the training loss or the exact
// field of a known target, lives where it is used. The direction of time and
// the two ends never change in this repository: a scheduler of the diffusion
// literature, which counts time from data to noise, is written here with 1 − t.
//
// To add a scheduler, write its file and give it a row in [Schedulers]. The
// tests walk over that table: ends, finite values at the float neighbours of
// 0 and 1, monotone signal, and derivatives against finite differences.
package path
