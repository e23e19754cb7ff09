package flow_test

import (
	"fmt"

	"inkflow/core/flow"
	"inkflow/core/ode"
)

// The flow that moves a cloud by (4, 0) while time goes from 0 to 1.
func Example() {
	field := flow.Func(func(dst, x []float32, t float64) {
		n := len(x) / 2
		for j := range n {
			dst[j], dst[n+j] = 4, 0
		}
	})
	s := flow.NewSampler(field, 2, ode.Euler, ode.Uniform(4))

	const n = 2000
	x := make([]float32, 2*n) // [2 × n]
	res := s.Sample(x, 1)
	mean := 0.0
	for _, v := range x[:n] {
		mean += float64(v) / n
	}
	fmt.Printf("%v: mean %.1f after %d evaluations a point\n", res.Status, mean, res.Evaluations)

	noise := []float32{-1, 0.5} // one point
	frames := make([]float32, len(s.Times())*len(noise))
	s.Trace(frames, noise)
	fmt.Println(s.Times())
	fmt.Println(frames)
	// Output:
	// done: mean 4.0 after 4 evaluations a point
	// [0 0.25 0.5 0.75 1]
	// [-1 0.5 0 0.5 1 0.5 2 0.5 3 0.5]
}
