package cfm

import "math/rand/v2"

// Target is what is learned: something that can be sampled without end.
type Target interface {
	// Dim is the number of coordinates.
	Dim() int
	// Sample fills x [Dim × n] with n independent points, feature-major.
	Sample(rng *rand.Rand, x []float32)
}

// independent draws the pairs of a batch from the independent coupling:
// X0 ~ N(0, I) and X1 from the target know nothing of each other. The
// preconditioning of package nn is derived for it, and only for it.
//
//	x0, x1 [d × n]
func independent(rng *rand.Rand, target Target, x0, x1 []float32) {
	for j := range x0 {
		x0[j] = float32(rng.NormFloat64())
	}
	target.Sample(rng, x1)
}
