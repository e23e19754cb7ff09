package ode_test

import (
	"fmt"
	"math/rand/v2"

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

// An adaptive method takes the steps that its tolerance asks for. The grid says
// where its solution is read.
func ExampleNewIntegrator() {
	dopri5, err := ode.ParseMethod("dopri5")
	if err != nil {
		panic(err)
	}
	solver, err := ode.NewIntegrator[float64](dopri5, 1, ode.Options{Rtol: 1e-8, Atol: 1e-8})
	if err != nil {
		panic(err)
	}
	growth := func(dst, x []float64, t float64) { copy(dst, x) }
	x := []float64{1}
	res := solver.Solve(growth, x, ode.Uniform(2), func(k int, t float64, x []float64) {
		fmt.Printf("x(%g) = %.7f\n", t, x[0])
	})
	fmt.Println(res.Steps, "steps,", res.Evaluations, "evaluations:", res.Status)
	// Output:
	// x(0) = 1.0000000
	// x(0.5) = 1.6487213
	// x(1) = 2.7182818
	// 19 steps, 114 evaluations: done
}

// The same growth, shaken: with dx = x dt + g dW the mean still grows to e, and the
// variance to g² (e² − 1)/2 = 0.80. Both are known to the scatter of 100,000 draws.
func ExampleSDE() {
	const n = 100000
	growth := func(dst, x []float64, t float64) { copy(dst, x) }
	shake := func(t float64) float64 { return 0.5 }
	x := make([]float64, n)
	for i := range x {
		x[i] = 1
	}
	rng := rand.New(rand.NewPCG(3, 4))
	ode.NewSDE[float64](ode.StochasticHeun, n).Solve(growth, shake, ode.Increments[float64](rng), x, ode.Uniform(40), nil)
	mean, square := 0.0, 0.0
	for _, v := range x {
		mean += v / n
		square += v * v / n
	}
	fmt.Printf("mean %.1f, variance %.1f\n", mean, square-mean*mean)
	// Output: mean 2.7, variance 0.8
}
