package metric

// Floor is the noise floor of W2 for sets of n points: the mean, over draws ≥ 1
// repetitions, of the distance between two independent sets of the target
// itself. No model can be told from the target by a W2 of that size. draw fills
// x, [d × n] and feature-major, with fresh points of the target; at least three
// draws make a figure worth printing, and eight one that is known to a tenth.
func Floor(draw func(x []float32), n, d, draws int) float64 {
	if n < 1 || d < 1 || draws < 1 {
		panic("metric: a floor needs points, dimensions and draws")
	}
	a := NewAssignment(n)
	x, y := make([]float32, d*n), make([]float32, d*n) // [d × n] each
	sum := 0.0
	for range draws {
		draw(x)
		draw(y)
		a.Start(x, y)
		a.Advance(nil)
		sum += a.W2()
	}
	return sum / float64(draws)
}
