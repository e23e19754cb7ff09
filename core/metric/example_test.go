package metric_test

import (
	"fmt"
	"math/rand/v2"

	"inkflow/core/metric"
)

// How well do 500 points tell N(0, I) from N((1, 0), I)? The distance is 1; what
// is measured is judged beside its floor.
func Example() {
	const n = 500
	rng := rand.New(rand.NewPCG(1, 2))
	draw := func(x []float32) { // [2 × n]
		for i := range x {
			x[i] = float32(rng.NormFloat64())
		}
	}
	x, y := make([]float32, 2*n), make([]float32, 2*n)
	draw(x)
	draw(y)
	for j := range n {
		y[j]++
	}
	fmt.Printf("W2 %.2f, floor %.2f\n", metric.W2(x, y, 2), metric.Floor(draw, n, 2, 3))

	// The same, a slice of time at a time.
	a := metric.NewAssignment(n)
	a.Start(x, y)
	for !a.Advance(func() bool { return true }) {
		// Other work goes here.
	}
	fmt.Printf("W2 %.2f\n", a.W2())
	// Output:
	// W2 1.08, floor 0.28
	// W2 1.08
}
