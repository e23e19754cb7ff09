// Package nn is the velocity field that learns: a small dense network, written
// out by hand, forward beside backward, around the loops of package kernel.
//
// # What is learned
//
// A field v(x, t) that carries noise at t = 0 to data at t = 1. Most of it is
// known before the first step. Had the data been one round Gaussian N(m, s²I),
// the field would be linear in x and in closed form; the network only learns how
// the data differs from that Gaussian, in units where that difference is of
// order one (scale.go has the derivation):
//
//	v = skip(t)·(x − α m) + α̇ m + out(t)·F(in(t)·(x − α m), t)
//
// The last layer of F starts at zero, so an untrained network is the exact field
// of the Gaussian with the data's mean and spread, and already flows.
//
// F sees its input at several octaves (features.go), since a network of this
// size draws blurred shapes from raw coordinates, and then is a plain
// perceptron: dense, SiLU, dense, SiLU, …, dense.
//
// # How it runs
//
// Buffers are float32 and feature-major ([features × columns], see kernel).
// Columns go through all layers in chunks of 128, so that the activations of one
// chunk stay in the nearest caches. [Net.Forward] keeps what [Net.Backward]
// needs in a [Workspace]; [Net.Velocity] keeps nothing. None of the three
// allocates, and each is a pure function of its arguments: same weights, same
// input, same bits.
//
// A Net may be shared by goroutines that only call Velocity, each with its own
// Workspace.
package nn
