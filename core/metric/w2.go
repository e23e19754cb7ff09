package metric

import "math"

// W2 is the 2-Wasserstein distance between two clouds of equally many points,
// both [d × n] and feature-major: the square root of the least mean squared
// distance over all ways to pair them, in the units of the points. It is NaN if
// the clouds are empty or a coordinate is not finite.
//
// A W2 means nothing without the one between two fresh sets of the target of the
// same size: see Floor. And one draw is luck: at n = 2,000 it scatters by a quarter
// of the floor, so that the mean of eight draws is known to a tenth, and tells
// ratios that differ by less than 0.3 only on the same draws of noise.
func W2(x, y []float32, d int) float64 {
	n := cloud(x, y, d)
	if n == 0 {
		return math.NaN()
	}
	a := NewAssignment(n)
	a.Start(x, y)
	a.Advance(nil)
	return a.W2()
}

// cloud is the number of points in both x and y.
func cloud(x, y []float32, d int) int {
	if d < 1 || len(x)%d != 0 || len(x) != len(y) {
		panic("metric: clouds are not [d × n] each")
	}
	return len(x) / d
}
