package metric

import "math"

// PathEnergy is the normalised path energy of a flow (Tong et al. 2023,
// section 5.1),
//
//	NPE = |E ∫‖u‖² dt − W2²| / W2²,
//
// of its energy, E ∫‖u(X_t, t)‖² dt along the flow, and the squared
// 2-Wasserstein distance between source and target. No flow from one to the
// other has less energy than W2² (Benamou and Brenier 2000), and the optimal one
// has just that much: 0 is a flow along straight lines to the nearest data. Both
// arguments are in squared units of the points; note that w2 is the distance
// itself, as W2 gives it. It is NaN unless w2 is positive. A W2 of n points is too
// large by its floor, so both arguments want as many points as can be had, and the
// mean of eight draws of 2,000 at least.
func PathEnergy(energy, w2 float64) float64 {
	if !(w2 > 0) {
		return math.NaN()
	}
	return math.Abs(energy-w2*w2) / (w2 * w2)
}
