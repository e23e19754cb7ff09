package kernel_test

import (
	"fmt"

	"inkflow/core/nn/kernel"
)

// A layer of two neurons on three columns: features are rows, so that a column is
// read downwards.
func ExampleDense() {
	x := []float32{ // [2 × 3]
		1, 2, 3,
		10, 20, 30,
	}
	w := []float32{ // [2 × 2]
		1, 0,
		1, 1,
	}
	y := make([]float32, 2*3) // [2 × 3]
	kernel.Dense(y, w, []float32{0, .5}, x, 2, 2, 3)
	fmt.Println(y[:3])
	fmt.Println(y[3:])
	// Output:
	// [1 2 3]
	// [11.5 22.5 33.5]
}

// A stream goes on where it stopped, even in another program.
func ExampleNormal() {
	n := kernel.NewNormal(1, 0)
	whole := make([]float32, 100)
	n.Fill(whole)

	again := kernel.NewNormal(1, 0)
	first := make([]float32, 40)
	again.Fill(first)
	kept := again.State()

	resumed := new(kernel.Normal)
	resumed.SetState(kept)
	rest := make([]float32, 60)
	resumed.Fill(rest)
	fmt.Println(kept.Next, whole[39] == first[39], whole[40] == rest[0])
	// Output: 40 true true
}
