package matching_test

import (
	"fmt"

	"inkflow/core/cfm/matching"
)

// Three points on a line each get the one that is in the same place in the order.
func Example() {
	x := []float32{5, 1, 3} // [1 × 3]
	y := []float32{10, 30, 20}
	for i, j := range matching.New(3).Match(x, y) {
		fmt.Printf("%g -> %g\n", x[i], y[j])
	}
	// Output:
	// 5 -> 30
	// 1 -> 10
	// 3 -> 20
}
