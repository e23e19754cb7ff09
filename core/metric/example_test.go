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

// A ring of four cells has lost two of them, and a tenth of the points lies in its
// middle: coverage tells the first, and share the second.
func ExampleCensus() {
	cells, err := metric.NewCells([]float32{
		0, 1, 0,
		1, 0, 1,
		0, 1, 0,
	}, 3, 3, -1.5, -1.5, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	x := []float32{-1, 1, -1, 1, -1, 1, -1, 1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0} // [2 × 10]
	census := metric.NewCensus(cells)
	census.Add(x)
	fmt.Printf("share %.2f, coverage %.2f, of ten real points %.2f\n",
		census.Share(), census.Coverage(), cells.Coverage(census.Points()))
	// Output:
	// share 0.90, coverage 0.50, of ten real points 0.94
}

// Two measures from one pass over the pairs, the mean of eight draws of each.
func ExampleDiscrepancy() {
	const n, draws = 500, 8
	rng := rand.New(rand.NewPCG(1, 2))
	x, y := make([]float32, 2*n), make([]float32, 2*n)
	fill := func(x []float32, width float64) {
		for i := range x {
			x[i] = float32(width * rng.NormFloat64())
		}
	}
	fill(y, 1)
	bandwidth := metric.Bandwidth(y, 2) // once for a target
	var c metric.Discrepancy
	for _, width := range []float64{1.25, 1.5} {
		mmd2, energy := 0.0, 0.0
		for range draws {
			fill(x, width)
			fill(y, 1)
			c.Start(x, y, 2, bandwidth)
			c.Advance(nil) // or a slice of time at a time
			mmd2 += c.MMD2() / draws
			energy += c.EnergyDistance() / draws
		}
		fmt.Printf("width %g: MMD² %.1f / 1000, energy distance %.1f / 1000\n", width, 1000*mmd2, 1000*energy)
	}
	// Output:
	// width 1.25: MMD² 3.6 / 1000, energy distance 22.1 / 1000
	// width 1.5: MMD² 13.4 / 1000, energy distance 94.2 / 1000
}
