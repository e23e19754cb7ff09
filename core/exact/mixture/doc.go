// Package mixture is the exact answer for mixtures of Gaussians of any shape.
//
// A Gaussian with Gaussian noise is a Gaussian: where X1 ~ N(μ, Σ) and
// X = αX1 + σX0, X ~ N(αμ, C) with C = α²Σ + σ²I, and by the formula for
// conditional Gaussians
//
//	E[X1 | x] = μ + αΣC⁻¹(x − αμ),    Cov(X1 | x) = Σ − α²ΣC⁻¹Σ = σ²ΣC⁻¹.
//
// In a mixture each component answers for itself, weighted by how likely it is
// to have made the point (Bishop, Pattern Recognition and Machine Learning,
// 2006, sections 2.3 and 9.2). The factorisations are gonum's, done once for
// every (α, σ) and kept for the next point of the same time.
//
// It stands apart from package exact because it brings a linear algebra
// library with it, which a page in a browser should not have to load. For
// round Gaussians exact.NewModes does without.
package mixture
