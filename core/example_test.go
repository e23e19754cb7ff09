package core_test

import (
	"fmt"
	"math/rand/v2"

	"inkflow/core/cfm"
	"inkflow/core/density"
	"inkflow/core/flow"
	"inkflow/core/metric"
	"inkflow/core/nn"
	"inkflow/core/ode"
	"inkflow/core/path"
)

// Train on two moons, sample, and measure against fresh points of the target.
func Example() {
	moons, err := density.Lookup("moons")
	if err != nil {
		panic(err)
	}
	target := moons.Target()

	cfg := cfm.DefaultConfig()
	cfg.Steps = 1500
	trainer, err := cfm.New(target, path.CondOT{}, cfg)
	if err != nil {
		panic(err)
	}
	for !trainer.Done() {
		if err := trainer.Step(); err != nil {
			panic(err)
		}
	}

	const n = 1000
	sampler := flow.NewSampler(nn.NewField(trainer.Net()), 2, ode.Midpoint, ode.Uniform(8))
	made := make([]float32, 2*n)
	cost := sampler.Sample(made, 7)

	rng := rand.New(rand.NewPCG(1, 2))
	real := make([]float32, 2*n)
	target.Sample(rng, real)
	floor := metric.Floor(func(x []float32) { target.Sample(rng, x) }, n, 2, 3)
	fmt.Println("evaluations:", cost.Evaluations)
	fmt.Println("within twice the noise floor:", metric.W2(made, real, 2) < 2*floor)
	// Output:
	// evaluations: 16
	// within twice the noise floor: true
}
