// Package nn is the velocity field that learns: a small dense network, written
// out by hand, forward beside backward, around the loops of package kernel.
//
// # What is learned
//
// A field v(x, t) that carries noise at t = 0 to data at t = 1. Most of it is
// known before the first step. Had the data been one round Gaussian N(m, s²I),
// the field would be linear in x and in closed form; the network only learns how
// the data differs from that Gaussian, in units where that difference is of
// order one (precondition.go has the derivation):
//
//	v = Skip(t)·(x − α m) + α̇ m + Out(t)·F(In(t)·(x − α m), t)
//
// The last layer of F starts at zero, so an untrained network is the exact field
// of the Gaussian with the data's mean and spread, and already flows. The source
// need not be N(0, I), nor independent of the data: see [Scale].
//
// F sees its input at several octaves (features.go), since a network of this
// size draws blurred shapes from raw coordinates, and then is a plain
// perceptron: dense, SiLU, dense, SiLU, …, dense.
//
// # What may be predicted
//
// Velocity, denoiser, noise and score are linear in each other, given the point,
// and [Net.Predict] chooses the one that training sees; [Net.Velocity] always
// gives the velocity. It is often said that the choice matters greatly. With the
// Gaussian's answer taken out beforehand it does not matter at all: the four
// share the same F, and the velocity it makes is the same to the last bit. What
// remains of the choice is a weight of the loss over t, the square of Out. (Salimans
// and Ho 2022 and Kingma and Gao 2023 come to the same view from the side of the
// losses; Karras et al. 2022 choose the weight so that none is left, as the
// trainer of package cfm does by default.) A [Config.Plain] network does without
// the Gaussian's answer. There the choice is one in earnest: its errors are
// divided by what vanishes at one end of the path.
//
// # How it runs
//
// Buffers are float32 and feature-major ([features × columns], see kernel).
// Columns go through all layers in chunks of 128, so that the activations of one
// chunk stay in the nearest caches. There are three ways through:
//
//   - [Net.Forward] keeps what [Net.Backward] needs in a [Workspace]; every column
//     has its own time;
//   - [Net.Velocity] keeps nothing. One time serves all columns, so that what time
//     adds to the first layer is a bias, computed once;
//   - [Net.VelocityDerivative] carries directions along, in forward mode.
//
// None of them allocates, and each is a pure function of its arguments: same
// weights, same input, same bits.
//
// # Several goroutines
//
// All of these only read the Net. They may run at the same time over one network,
// each with its own Workspace, and Backward each into its own gradient: that is
// how a batch is cut into shards. The weights may be changed (by [AdamW.Step],
// say) when none is running.
package nn
