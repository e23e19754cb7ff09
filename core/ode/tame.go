package ode

import "math"

// Tame returns a diffusion that a sampler can follow on a grid, for drifts of the
// form u + (g²/2) s with the score s = ∇ log p_t of a Gaussian path.
//
// The score pulls with a strength of 1/σ², so that a step h removes g²h/(2σ²) of a
// deviation: above 1 it oscillates, above 2 it explodes, and towards t = 1 every
// constant g gets there. All g ≥ 0 have the same marginals, so nothing is lost by
// a smaller one: Tame caps g at σ/√h, half a deviation a step, on the line between
// the grid's times, and lets it fall to 0 for the last step, whose noise nothing
// would take back. The drift must be made with the same g.
func Tame(g Diffusion, sigma func(t float64) float64, grid []float64) Diffusion {
	begin(0, 0, grid)
	times := append([]float64(nil), grid...)
	caps := make([]float64, len(times)) // [steps + 1], the last two 0
	for k := range len(times) - 2 {
		h := math.Abs(times[k+1] - times[k])
		if k > 0 {
			h = math.Max(h, math.Abs(times[k]-times[k-1]))
		}
		caps[k] = sigma(times[k]) / math.Sqrt(h)
	}
	forward := times[1] > times[0]
	return func(t float64) float64 {
		k := 1
		for k < len(times)-1 && (t > times[k]) == forward && t != times[k] {
			k++
		}
		f := min(max((t-times[k-1])/(times[k]-times[k-1]), 0), 1)
		return math.Min(g(t), (1-f)*caps[k-1]+f*caps[k])
	}
}
