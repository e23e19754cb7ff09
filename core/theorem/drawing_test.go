package theorem

import (
	"math"
	"math/rand/v2"
	"testing"

	"inkflow/core/density"
	"inkflow/core/exact"
	"inkflow/core/nn"
	"inkflow/core/path"
)

// scribble is a drawing without symmetry: a bent line that gets thinner.
func scribble(t *testing.T) *exact.Drawing {
	t.Helper()
	const n = 32
	g := density.NewGrid(n, n, -2, -2, 4./n)
	for k := range n {
		at := 16 + int(9*math.Sin(float64(k)/6))
		for w := range 1 + (n-k)/8 {
			g.Ink[(at+w)*n+k] = float32(1 + k%3)
		}
	}
	d, err := exact.NewDrawing(g)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The theorem on a drawing, along a straight path and along a curved one, with a
// network as training begins with it.
func TestTheoremHoldsOnADrawing(t *testing.T) {
	d := scribble(t)
	for _, p := range []path.Scheduler{path.CondOT{}, path.Cosine{}} {
		net, err := nn.New(nn.Config{Dim: 2, Hidden: []int{24, 24}, Octaves: 3, Harmonics: 1},
			nn.Scale{Mean: []float64{0, 0}, Std: 1}, p, rand.New(rand.NewPCG(2, 2)))
		if err != nil {
			t.Fatal(err)
		}
		rows := measure(t, func(c *Config) {
			c.Net, c.Exact, c.To = net, exact.Field{Target: d, Path: p}, 10
			c.Draw = func(rng *rand.Rand, x0, x1, t []float32) {
				d.Sample(rng, x1)
				for k := range x0 {
					x0[k] = float32(rng.NormFloat64())
				}
				for j := range t {
					t[j] = rng.Float32()
				}
			}
		})
		if s := Slope(rows); !(math.Abs(s+.5) < .15) { // it scatters by 0.03
			t.Errorf("%s: the gradients approach each other like n^%.3f, want n^−0.5", p.Name(), s)
		}
		last := rows[len(rows)-1]
		near(t, p.Name()+": Gap − Constant", last.Excess, 0)
		if !(last.Constant.Value > 20*last.Constant.Error) {
			t.Errorf("%s: the constant is %+v, which shows nothing", p.Name(), last.Constant)
		}
	}
}
