package flow_test

import (
	"fmt"
	"math"

	"inkflow/core/flow"
	"inkflow/core/ode"
	"inkflow/core/path"
)

// The flow that moves a cloud by (4, 0) while time goes from 0 to 1.
func Example() {
	field := flow.Func(func(dst, x []float32, t float64) {
		n := len(x) / 2
		for j := range n {
			dst[j], dst[n+j] = 4, 0
		}
	})
	euler, err := ode.ParseMethod("euler")
	if err != nil {
		panic(err)
	}
	s, err := flow.New(flow.Model{Field: field, Dim: 2, Path: path.CondOT{}}, flow.Plan{Method: euler, Steps: 4})
	if err != nil {
		panic(err)
	}

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

// half is the exact field of the straight path from N(0, 1) to N(0, ¼).
type half struct{}

func (half) rate(t float64) float64 { return (t/4 - (1 - t)) / (t*t/4 + (1-t)*(1-t)) }

func (h half) Velocity(dst, x []float32, t float64) {
	for i, v := range x {
		dst[i] = float32(h.rate(t)) * v
	}
}

func (h half) VelocityDivergence(dst, x []float64, t float64) float64 {
	dst[0] = h.rate(t) * x[0]
	return h.rate(t)
}

// With noise or without, the cloud arrives with the same spread.
func ExampleNew() {
	model := flow.Model{Field: half{}, Dim: 1, Path: path.CondOT{}, HasScore: true}
	heun, err := ode.ParseMethod("heun")
	if err != nil {
		panic(err)
	}
	for _, noise := range []float64{0, 1, flow.Reverse} {
		s, err := flow.New(model, flow.Plan{Method: heun, Steps: 64, Noise: noise})
		if err != nil {
			panic(err)
		}
		x := make([]float32, 20000)
		s.Sample(x, 1)
		sum := 0.0
		for _, v := range x {
			sum += float64(v) * float64(v) / float64(len(x))
		}
		fmt.Printf("%.1f ", math.Sqrt(sum))
	}
	model.HasScore = false // say, trained on pairs of optimal transport
	_, err = flow.New(model, flow.Plan{Method: heun, Steps: 64, Noise: 1})
	fmt.Println(err)
	// Output:
	// 0.5 0.5 0.5 this model cannot be sampled with noise: where noise and data were not drawn independently, or the noise is not Gaussian, the field does not give the score; set the noise to 0
}

// The density of N(0, ¼) at its middle is 2/√(2π).
func ExampleLikelihood() {
	l, err := flow.NewLikelihood(flow.ClosedDivergence(half{}, 1), path.CondOT{}, flow.Following{})
	if err != nil {
		panic(err)
	}
	log := make([]float64, 1)
	res := l.Log(log, nil, []float64{0})
	fmt.Printf("%v: %.4f, want %.4f\n", res.Status, log[0], math.Log(2/math.Sqrt(2*math.Pi)))
	// Output:
	// done: -0.2258, want -0.2258
}
