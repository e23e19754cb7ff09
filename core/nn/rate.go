package nn

import "math"

// How the learning rate moves over a run: factors in (0, 1] of the peak rate.

// WarmUp rises linearly from 1/steps at step 0 to 1 from step steps−1 on.
func WarmUp(step, steps int) float64 {
	if step+1 >= steps {
		return 1
	}
	return float64(step+1) / float64(steps)
}

// CosineDecay falls from 1 at step 0 to 0 at step steps along half a cosine
// (Loshchilov and Hutter 2017, equation 5), and stays there.
func CosineDecay(step, steps int) float64 {
	if step >= steps {
		return 0
	}
	return .5 * (1 + math.Cos(math.Pi*float64(step)/float64(steps)))
}

// InverseRoot is 1 until step stable, then √(stable/step), but no less than
// floor: the tail of a run whose length nobody knows.
func InverseRoot(step, stable int, floor float64) float64 {
	if step <= stable {
		return 1
	}
	return max(floor, math.Sqrt(float64(stable)/float64(step)))
}
