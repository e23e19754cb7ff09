package theorem_test

import (
	"fmt"
	"math"
	"math/rand/v2"

	"inkflow/core/nn"
	"inkflow/core/path"
	"inkflow/core/theorem"
)

// round is data N(0, ¼) on the line; its exact field on the straight path is
// linear in x.
type round struct{}

func (round) Velocity(dst, x []float64, t float64) {
	v := t*t/4 + (1-t)*(1-t)
	dst[0] = (t/4 - (1 - t)) / v * x[0]
}

func draw(rng *rand.Rand, x0, x1, t []float32) {
	for j := range t {
		x0[j], x1[j], t[j] = float32(rng.NormFloat64()), float32(rng.NormFloat64()/2), rng.Float32()
	}
}

// A network that takes the data for four times as wide as they are, so that
// there is something to learn. The constant of this target is π/4.
func Example() {
	net, err := nn.New(nn.Config{Dim: 1, Hidden: []int{16}, Octaves: 1}, nn.Scale{Mean: []float64{0}, Std: 2},
		path.CondOT{}, rand.New(rand.NewPCG(1, 1)))
	if err != nil {
		panic(err)
	}
	cfg := theorem.DefaultConfig()
	cfg.Net, cfg.Exact, cfg.Draw = net, round{}, draw
	m, err := theorem.New(cfg)
	if err != nil {
		panic(err)
	}
	for m.Advance(4096) > 0 { // a page draws a frame between two slices
	}
	last := m.Rows()[len(m.Rows())-1]
	fmt.Println("the gradients approach each other like 1/√n:", math.Abs(theorem.Slope(m.Rows())+.5) < .15)
	fmt.Printf("CFM − FM = %.2f, the constant %.2f\n", last.Gap.Value, last.Constant.Value)
	// Output:
	// the gradients approach each other like 1/√n: true
	// CFM − FM = 0.79, the constant 0.79
}
