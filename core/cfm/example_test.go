package cfm_test

import (
	"fmt"
	"math"
	"math/rand/v2"

	"inkflow/core/cfm"
	"inkflow/core/nn"
	"inkflow/core/path"
)

// pair is a target of two dots, at (−1, 0) and (1, 0).
type pair struct{}

func (pair) Dim() int { return 2 }

func (pair) Sample(rng *rand.Rand, x []float32) { // x is [2 × n]
	n := len(x) / 2
	for j := range n {
		x[j], x[n+j] = float32(2*rng.IntN(2)-1), 0
	}
}

// Learn two dots, then follow the field from two points of the noise.
func Example() {
	cfg := cfm.DefaultConfig()
	cfg.Steps = 1000
	trainer, err := cfm.New(pair{}, path.CondOT{}, cfg)
	if err != nil {
		fmt.Println(err)
		return
	}
	for !trainer.Done() {
		if err := trainer.Step(); err != nil {
			fmt.Println(err)
			return
		}
	}

	field := nn.NewField(trainer.Net())
	x := []float32{-.8, .5, .3, .3} // [2 × 2]: the points (−0.8, 0.3) and (0.5, 0.3)
	v := make([]float32, 4)
	for k := range 20 { // Euler
		field.Velocity(v, x, float64(k)/20)
		for i := range x {
			x[i] += v[i] / 20
		}
	}
	for j := range 2 {
		fmt.Printf("(%d, %d)\n", near(x[j]), near(x[2+j]))
	}
	// Output:
	// (-1, 0)
	// (1, 0)
}

func near(x float32) int { return int(math.Round(float64(x))) }
