// Package theorem measures the theorem that flow matching rests on (Lipman, Chen,
// Ben-Hamu, Nickel and Le 2023, theorem 2), instead of quoting it.
//
// # What it says
//
// One would like to regress a network v on the marginal velocity u_t(x), the
// field that carries all of the noise to all of the data:
//
//	FM = E ‖v(X_t, t) − u_t(X_t)‖².
//
// For arbitrary data nobody knows u_t. What is known is the velocity of a single
// pair Z = (X0, X1) on its own path, u_t(X_t | Z) = α̇X1 + σ̇X0, and regressing on
// that instead,
//
//	CFM = E ‖v(X_t, t) − u_t(X_t | Z)‖²,
//
// costs a constant and nothing else: CFM = FM + C, C = E ‖u_t(X_t | Z) − u_t(X_t)‖²,
// where no weight of the network occurs in C. So the two have the same gradient
// in every weight, and the same minimum.
//
// # Why
//
// The marginal velocity is an average over the pairs that pass through a point:
// u_t(x) = E[u_t(x | Z) | X_t = x]. Put it between the two terms of CFM and
// multiply out:
//
//	‖v − u(·|Z)‖² = ‖v − u‖² + 2⟨v − u, u − u(·|Z)⟩ + ‖u − u(·|Z)‖².
//
// v and u depend on (X_t, t) only; given these, u − u(·|Z) has the mean 0. So the
// middle term is 0 in expectation. The first is FM, the last has no v in it.
//
// # What is measured
//
// In this library u_t is known after all, for drawings, points and mixtures, so
// that both sides can be computed, on common draws of (Z, t). On finitely many
// of them the middle term is not 0, it is noise with mean 0: the two gradients,
// each a mean over n pairs, must approach each other like 1/√n, and CFM − FM must
// be C within its standard error. That is what the rows of a [Measurement] show.
// Every loss is a mean over pairs and coordinates, as losses are everywhere here.
//
// The same holds for any other quantity aX1 + bX0 that a network predicts (see
// nn.Quantity); for one that does, velocities above are read as that quantity.
//
// C is the floor of the conditional loss: what is left of it when the network is
// perfect. And the relative distance of the gradients grows without bound as the
// network approaches its minimum, where ∇FM goes to 0 and the noise stays: one
// reason why training ends with a small learning rate or an average.
package theorem
