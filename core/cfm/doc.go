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
//	X0 ~ N(0, I), X1 ~ data        batch.go
//	who goes with whom             coupling.go
//	t                              times.go
//	X_t = α X1 + σ X0              package path
//	‖v(X_t, t) − (α̇X1 + σ̇X0)‖²    loss.go, weight.go
//
// # What the network is asked
//
// The velocity is one question of four. With x = αX1 + σX0 at hand, knowing any one
// of the averages of u = α̇X1 + σ̇X0, of X1, of X0 and of the score −X0/σ is knowing
// all of them (package path), so a network may be trained to give any
// (Config.Predict), and serves every sampler all the same.
//
// For a network that is told what a Gaussian would answer, which is the default, it
// even makes no difference: what is left to learn is one and the same function, in
// the same units, and TestPredictionsAreOne sees the same loss to two digits. For a
// plain one (nn.Config.Plain) it makes a great one. There x1 must be divided by σ
// and ε by α to give a velocity, and an error that is small in the one is large in
// the other, near the data or near the noise. That is what weights are for.
//
// # Weights
//
// The minimiser of a squared error does not care how much each t counts. A network
// that cannot be right everywhere does. [Weight] has the choices of the literature,
// all written as weights on the error of the denoiser, so that they mean the same
// whatever is predicted: the signal-to-noise ratio α²/σ² is the plain loss on ε
// (Ho et al. 2020; Salimans and Ho 2022), and min(α²/σ², γ) keeps the late times,
// which are easy and many, from drowning the early ones (Hang et al. 2023). The
// default gives every t the weight at which an untrained network scores 1.
//
// # Times
//
// A weight makes a time count more; drawing it more often does too, and with less
// noise. Edges are drawn late and mass is spread early, so what is best depends on
// what matters: [Times] has the logit-normal of Esser et al. (2024), the noise levels
// of Karras et al. (2022), the lean towards the noise of flow policies, and a lattice
// that covers each batch evenly. The reported loss is under uniform time whatever is
// drawn, by importance weights.
//
// # Couplings
//
// The theorem asks of a pair only that X0 is distributed like the source and X1 like
// the data. They may depend on each other, and the field depends on how: paths that
// cross are averaged, and the average bends. Pairs that do not cross make a straight
// flow, which a solver follows in few steps.
//
// The straightest pairs are those of optimal transport, and within a batch they can
// be had (Pooladian et al. 2023; Tong et al. 2023): [OT] permutes each batch so that
// the sum of squared distances is the least possible. The larger the batch, the
// closer to the true map; 64 to 256 points have most of it. [Sinkhorn] asks less:
// pairs that are near in proportion to exp(−distance²/ε). And [Bridge] puts
// Brownian noise between the two of such a pair, which is the Schrödinger bridge,
// the most likely way for a cloud of diffusing particles to get from one shape to the
// other (Léonard 2014).
//
// Two things are lost with independence. The score is no longer −E[X0 | x]/σ, so
// that samplers which need one are out; [Config.Independent] tells. And the field of
// a Gaussian, around which the network is built, is another one: its covariance with
// the data is estimated from coupled batches.
//
// With couplings the source need not be noise at all. [Config.Source] may be any
// other target, and the flow then carries drawing to drawing.
//
// # The trainer
//
// [Trainer] takes one step at a time and does nothing between steps, so that its
// caller decides when to train, how long and in which goroutine. It never
// allocates after New. What it shows, [Trainer.Net], is the moving average of the
// weights, and every set of weights has been tried on a batch before it enters
// that average: see guard.go for what happens when a trial fails.
//
// The same Config, target and build give the same bits, for a given number of
// workers (crew.go). The random numbers come from generators seeded with
// Config.Seed, one for each purpose. Machines round differently: the loss after 200
// steps agrees to eight digits between them, and a test holds it to four.
package cfm
