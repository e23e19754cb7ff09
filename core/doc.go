// Package core is the map of a library for conditional flow matching.
//
// Flow matching learns to move noise into data: a network is fitted to a
// velocity field, and samples of N(0, I) that follow it from t = 0 to t = 1
// arrive as samples of the target (Lipman et al. 2023; Liu et al. 2023;
// Albergo and Vanden-Eijnden 2023). The packages are the parts of that
// sentence:
//
//	density   what is to be learned: drawings, words, pictures, points, presets
//	path      how a point of noise and a point of data are joined: the schedulers
//	          α, σ; what a network may predict, and how one becomes the other
//	nn        the network, its gradient, its optimiser; nn/kernel its arithmetic
//	cfm       pairs, times, the loss, the trainer and its guard
//	exact     the same field without a network, in closed form, with its score,
//	          its density and the floor of the loss; exact/mixture with gonum
//	ode       solvers: tableaux, adaptive, multistep, exponential, stochastic
//	flow      a field and a solver make samples, by ODE or SDE, and likelihoods
//	theorem   that the conditional loss has the marginal one's gradient, measured
//	metric    how far samples are from a target: exact W2 with its noise floor
//	model     checkpoints, as safetensors files
//	matrix    the door to gonum: matrices as targets, samples as matrices
//	engine    all of it behind a seam of plain data, for a page or a window
//
// density, path, nn, ode and metric know nothing of each other; exact, cfm, flow
// and theorem combine them. The data flows in that order:
//
//	ink → samples → pairs (x0, x1) → x_t and u → loss → weights → field → trajectories
//
// Everywhere t = 0 is noise and t = 1 is data, points are float32 and
// feature-major ([d × n]: a row a coordinate), randomness is handed in, and
// the same seed gives the same bits.
//
// The package holds no code; its example trains and samples in a dozen lines.
package core
