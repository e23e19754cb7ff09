package ode_test

import (
	"fmt"

	"inkflow/core/ode"
)

// Growth by itself, dx/dt = x, reaches e after one unit of time. Four times the
// evaluations a step are well spent.
func Example() {
	growth := func(dst, x []float64, t float64) { copy(dst, x) }
	for _, tab := range ode.Tableaus() {
		x := []float64{1}
		res := ode.New[float64](tab, len(x)).Solve(growth, x, ode.Uniform(10), nil)
		fmt.Printf("%-8s %.6f after %d evaluations: %v\n", tab.Name, x[0], res.Evaluations, res.Status)
	}
	// Output:
	// euler    2.593742 after 10 evaluations: done
	// midpoint 2.714081 after 20 evaluations: done
	// rk4      2.718280 after 40 evaluations: done
}
