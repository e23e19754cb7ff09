package exact

import (
	"fmt"
	"math"
	"testing"

	"inkflow/core/density"
	"inkflow/core/path"
)

func TestEntropy(t *testing.T) {
	board := preset("checkerboard")
	nats, se := Entropy(board, nil, 0)
	if math.Abs(nats-3.6765) > 5e-5 || se != 0 {
		t.Errorf("checkerboard: %v ± %v nats, want 3.6765", nats, se)
	}
	// The closed values against the mean over samples.
	drawing := must(NewDrawing(scribble()))
	for name, target := range map[string]Target{"checkerboard": board, "drawing": drawing} {
		type plain struct{ Target } // hides Entropy
		closed, _ := Entropy(target, nil, 0)
		nats, se := Entropy(plain{target}, seeded(1), 20_000)
		if math.Abs(nats-closed) > 5*se+1e-12 {
			t.Errorf("%s: %v ± %v from samples, %v closed", name, nats, se, closed)
		}
	}
	// A Gaussian: d/2 log 2πes².
	g := must(NewModes([]Mode{{1, []float64{1, 2, 3}, 0.5}}))
	nats, se = Entropy(g, seeded(2), 50_000)
	want := 1.5 * math.Log(2*math.Pi*math.E*0.25)
	if math.Abs(nats-want) > 5*se || se > 0.01 {
		t.Errorf("Gaussian: %v ± %v, want %v", nats, se, want)
	}
	// Overlapping boxes have no closed entropy, and nested ones a known one:
	// densities ½ and 1.
	nested := must(NewBoxes([]Box{{1, []float64{0}, []float64{2}}, {1, []float64{0}, []float64{0.5}}}))
	nats, se = Entropy(nested, seeded(3), 50_000)
	high, low := 0.25+1.0, 0.25
	want = -0.5*high*math.Log(high) - 1.5*low*math.Log(low)
	if se == 0 || math.Abs(nats-want) > 5*se {
		t.Errorf("nested boxes: %v ± %v, want %v", nats, se, want)
	}
}

func TestLossFloor(t *testing.T) {
	floor, se := LossFloor(Field{preset("checkerboard"), path.CondOT{}}, seeded(1), 250_000)
	if math.Abs(floor-3.749) > 0.01 || se > 0.004 {
		t.Errorf("checkerboard: %v ± %v, want 3.749 ± 0.01", floor, se)
	}
	// A Gaussian N(0, v) on every path, by quadrature in t of
	// (σα̇ − σ̇α)² v/(α²v + σ²).
	const v = 1.7
	for _, s := range path.Schedulers() {
		target := must(NewModes([]Mode{{1, []float64{0, 0}, math.Sqrt(v)}}))
		floor, se := LossFloor(Field{target, s}, seeded(2), 20_000)
		from, to := s.Interval()
		const n = 100_000
		want := 0.0
		for k := range n {
			a, b, da, db := s.Coefficients(from + (to-from)*(float64(k)+0.5)/n)
			det := b*da - db*a
			want += det * det * v / (a*a*v + b*b) / n
		}
		// The spread of a single Gaussian is the same everywhere, so all the
		// error is that of the slices.
		if math.Abs(floor-want) > 5*se+1e-3*want {
			t.Errorf("%s: %v ± %v, want %v", s.Name(), floor, se, want)
		}
	}
}

func TestPreset(t *testing.T) {
	for _, p := range density.Presets() {
		target, closed, err := Preset(p)
		if err != nil {
			t.Fatal(err)
		}
		if want := p.Name != "heart" && p.Name != "pinwheel"; closed != want {
			t.Errorf("%s: closed %v", p.Name, closed)
		}
		// Fresh samples of the preset are as likely as the target's own.
		const n = 600
		x := make([]float32, 2*n)
		p.Target().Sample(seeded(3), x)
		given, own, square := 0.0, 0.0, 0.0
		at := make([]float64, 2)
		for j := range n {
			at[0], at[1] = float64(x[j])*0.99999, float64(x[n+j])*0.99999 // inside the borders
			l, _ := target.Posterior(nil, at, 1, 0.02)
			given += l / n
			target.Point(seeded(uint64(j)+9), at)
			l, _ = target.Posterior(nil, at, 1, 0.02)
			own += l / n
			square += l * l / n
		}
		// The raster of the heart blurs its border by a cell.
		slack := 5*math.Sqrt(2*math.Max(0, square-own*own)/n) + 0.02
		if math.Abs(given-own) > slack {
			t.Errorf("%s: mean log-likelihood %v of its samples, %v of the target's, slack %v", p.Name, given, own, slack)
		}
	}
}

// The best that any model of the checkerboard can do.
func ExampleEntropy() {
	p, err := density.Lookup("checkerboard")
	if err != nil {
		fmt.Println(err)
		return
	}
	board, closed, err := Preset(p)
	if err != nil {
		fmt.Println(err)
		return
	}
	nats, _ := Entropy(board, nil, 0)
	fmt.Printf("closed form %v, best likelihood %.4f nats\n", closed, nats)
	// Output: closed form true, best likelihood 3.6765 nats
}
