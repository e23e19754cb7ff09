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

// side is two dots one above the other, at x = at: a source or a target.
type side struct{ at float32 }

func (side) Dim() int { return 2 }

func (s side) Sample(rng *rand.Rand, x []float32) { // x is [2 × n]
	n := len(x) / 2
	for j := range n {
		x[j], x[n+j] = s.at, float32(4*rng.IntN(2)-2)
	}
}

// From two dots on the left to two on the right. Independent pairs cross in the
// middle, where their average points straight ahead and tells nothing of up and down;
// pairs by optimal transport do not cross, and each dot goes to its opposite.
func Example_coupling() {
	for _, name := range []string{"independent", "ot"} {
		cfg := cfm.DefaultConfig()
		cfg.Source, cfg.Steps = side{-3}, 1000
		var err error
		if cfg.Coupling, err = cfm.ParseCoupling(name); err != nil {
			fmt.Println(err)
			return
		}
		trainer, err := cfm.New(side{3}, path.CondOT{}, cfg)
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
		// What a particle that starts above is told at once.
		x, v := []float32{-3, 2}, make([]float32, 2)
		nn.NewField(trainer.Net()).Velocity(v, x, 0)
		fmt.Printf("%s: (%d, %d); a score: %v\n", name, near(v[0]), near(v[1]), cfg.Independent())
	}
	// Output:
	// independent: (6, -2); a score: false
	// ot: (6, 0); a score: false
}

// The weights as a menu has them, and what is said to one that is not there.
func ExampleParseWeight() {
	fmt.Println(cfm.Weights())
	_, err := cfm.ParseWeight("heavy")
	fmt.Println(err)
	// Output:
	// [uniform snr minsnr natural]
	// cfm: there is no weight "heavy"; use one of: uniform, snr, minsnr, natural
}
