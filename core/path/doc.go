// Package path says how noise turns into data: one scheduler a file.
//
// # The path
//
// A probability path is drawn between two clouds of points. At t = 0 there is
// X0, standard normal noise; at t = 1 there is X1, a point of the data. In
// between, the conditional path of a pair is a mixture of the two,
//
//	X_t = α_t X1 + σ_t X0,    in other words  p_t(x | x1) = N(x; α_t x1, σ_t² I),
//
// and the velocity with which that one pair travels is its time derivative,
//
//	u_t = α̇_t X1 + σ̇_t X0.
//
// Many pairs pass through the same place with different velocities. A network
// that regresses u_t on (X_t, t) learns their average, and that average, not
// any single pair, carries the noise into the data (Lipman, Chen, Ben-Hamu,
// Nickel and Le, 2023, theorems 1 and 2; Albergo and Vanden-Eijnden, 2023,
// proposition 1; Liu, Gong and Liu, 2023, theorem 3.3).
//
// Seen from the point instead of the pair, u_t(x | x1) = (σ̇/σ)(x − αx1) + α̇x1,
// which for the straight line is (x1 − x)/(1 − t). It is the same number, but
// on a computer it divides two small ones near t = 1: train on the form above
// ([Bridge]), which is bounded wherever σ̇ is.
//
// # The schedulers
//
// A [Scheduler] is the pair of curves with their derivatives. With s = 1 − t,
// β(s) = βmin + (βmax − βmin)s and B its integral from 0 to s:
//
//	name        α_t         σ_t                    from N(0, s0² I), s0   ends
//	condot      t           1 − t                  1
//	polynomial  tⁿ          1 − tⁿ                 1                      nothing moves at t = 0
//	cosine      sin(πt/2)   cos(πt/2)              1
//	linearvp    t           √(1 − t²)              1                      σ̇ infinite at t = 1
//	vp          e^{−B/2}    √(1 − e^{−B})          1                      α_0 > 0; σ̇ infinite at t = 1
//	subvp       e^{−B/2}    1 − e^{−B}             1                      α_0 > 0
//	ve          1           σmin (σmax/σmin)^s     σmax                   α_0 = 1; σ_1 = σmin
//	targetcfm   t           1 − (1 − σmin)t        1                      σ_1 = σmin
//
// The two diffusions are easily mixed up, and popular accounts have printed
// their labels the wrong way round. Variance exploding, VE, is the one with
// α ≡ 1: the data stand still under noise that is huge at t = 0 and gone at
// t = 1. Variance preserving, VP, is the one with α² + σ² = 1: α = e^{−B/2},
// with B large at t = 0 and 0 at t = 1 (Song, Sohl-Dickstein, Kingma, Kumar,
// Ermon and Poole, 2021). Their papers count time from the data to the noise;
// here it is noise at 0 and data at 1, always.
//
// Not all paths reach both ends, and three kinds of shortfall need care.
//
//   - Where α_0 > 0 the path does not start at N(0, s0² I) but at the data,
//     shrunk by α_0 and blurred. Starting from the Gaussian all the same is
//     off by a shift of α_0 E[X1] and, for VE, by the data's own variance
//     beside σmax².
//   - Where σ_1 > 0 the path ends at blurred data.
//   - Where σ̇ is infinite the velocity has no bound, and its loss no finite
//     mean. [Scheduler.Interval] stops before: at σ = 0.01, about.
//
// # What a network may predict
//
// Let D = E[X1 | X_t = x], the denoiser, and ε = E[X0 | X_t = x]. Then
//
//	x = αD + σε,    u = α̇D + σ̇ε,    ∇ log p_t(x) = −ε/σ,
//
// so that x and any one of D, ε, u and the score give all the others by 2 × 2
// linear algebra ([Convert]); the determinant is σα̇ − σ̇α, positive on every
// interval of this package. The last formula, Tweedie's, wants Gaussian noise
// that is independent of the data: with pairs made by optimal transport, or a
// source that is itself a drawing, −ε/σ is not the score, and nothing that
// needs a score may be built on it.
//
// # One network, every path
//
// Since D and ε depend on the ratio α/σ alone, up to the scale of x, a network
// trained along one scheduler can be sampled along any other: [Change]. Where
// the new path asks for a ratio that was never trained, Change holds the part
// that hardly matters there and computes the other from x.
//
// # Adding one
//
// Write its file and give it a row in families (parse.go). The tests walk over
// that table: finite values at the float neighbours of 0 and 1, rising signal,
// the inverse, derivatives against finite differences, all conversions, and
// the change to and from every other scheduler on a Gaussian target.
//
// # Sources
//
// Lipman et al., Flow Matching for Generative Modeling, 2023, and Flow
// Matching Guide and Code, 2024 (schedulers and conversions: section 4).
// Albergo and Vanden-Eijnden, Building Normalizing Flows with Stochastic
// Interpolants, 2023. Liu, Gong and Liu, Flow Straight and Fast, 2023. Song et
// al., Score-Based Generative Modeling through Stochastic Differential
// Equations, 2021. Karras et al., Elucidating the Design Space of
// Diffusion-Based Generative Models, 2022. Lu et al., DPM-Solver and
// DPM-Solver++, 2022.
package path
