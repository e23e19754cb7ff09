package exact

import (
	"math"
	"math/rand/v2"
	"testing"

	"inkflow/core/density"
	"inkflow/core/internal/race"
	"inkflow/core/path"
)

func seeded(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15)) }

// scribble is a small drawing with holes, a lonely faint cell far out and
// margins to crop, 12 × 9 cells of 0.4.
func scribble() *density.Grid {
	g := density.NewGrid(14, 11, -3, -2, 0.4)
	rng := seeded(5)
	for j := 1; j < 10; j++ {
		for i := 1; i < 12; i++ {
			if rng.Float64() < 0.4 {
				g.Ink[j*14+i] = float32(rng.Float64())
			}
		}
	}
	g.Ink[1*14+12] = 1e-3
	return g
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func preset(name string) Target {
	p := must(density.Lookup(name))
	t, _, err := Preset(p)
	return must(t, err)
}

// cells are the cells of g as boxes.
func cells(g *density.Grid) []Box {
	var boxes []Box
	for k, v := range g.Ink {
		if v > 0 {
			x, y := g.X0+g.Cell*float64(k%g.W), g.Y0+g.Cell*float64(k/g.W)
			boxes = append(boxes, Box{float64(v), []float64{x, y}, []float64{x + g.Cell, y + g.Cell}})
		}
	}
	return boxes
}

// unlike are three modes of different widths and weights, in d dimensions.
func unlike(d int) *Modes {
	modes := []Mode{{2, make([]float64, d), 0.5}, {1, make([]float64, d), 1.5}, {0.5, make([]float64, d), 0.1}}
	for i := range d {
		modes[1].Mean[i] = 1 - 0.5*float64(i)
		modes[2].Mean[i] = -2 + 0.3*float64(i)
	}
	return must(NewModes(modes))
}

// targets are one of each kind, and the boxes overlapping in three dimensions.
func targets() map[string]Target {
	return map[string]Target{
		"drawing":      must(NewDrawing(scribble())),
		"checkerboard": preset("checkerboard"),
		"overlap": must(NewBoxes([]Box{
			{1, []float64{-1, 0, 2}, []float64{1, 0.5, 3}},
			{3, []float64{0, 0.2, 2.5}, []float64{2, 4, 2.6}},
		})),
		"modes":  unlike(2),
		"line":   unlike(1),
		"points": must(NewPoints([]float32{0, 1, 2, -1, 0, 0.5, -1, 3}, 2, 0.2)),
		"bare":   must(NewPoints([]float32{0, 1, 2, -1, 0, 0.5, -1, 3}, 2, 0)),
	}
}

// The posterior by brute force: samples of the target, weighted by how likely
// they make the point. Self-normalised importance sampling: within 5 standard
// errors for the mean, estimated from the same weights.
func TestPosteriorByMonteCarlo(t *testing.T) {
	const n = 50_000
	for name, target := range targets() {
		if name == "bare" {
			continue
		}
		d := target.Dim()
		rng := seeded(1)
		samples := make([]float64, n*d)
		for k := range n {
			target.Point(rng, samples[k*d:(k+1)*d])
		}
		for _, s := range []struct{ alpha, sigma float64 }{{0.05, 0.95}, {0.5, 0.5}, {0.3, 0.95}, {1, 2}} {
			x := make([]float64, d)
			copy(x, samples[7*d:8*d])
			for i := range x {
				x[i] = s.alpha*x[i] + s.sigma*rng.NormFloat64()
			}
			mean := make([]float64, d)
			logDensity, spread := target.Posterior(mean, x, s.alpha, s.sigma)

			var total, squares float64
			want, square, errors := make([]float64, d), make([]float64, d), make([]float64, d)
			weights := make([]float64, n)
			for k := range n {
				r := 0.0
				for i, v := range samples[k*d : (k+1)*d] {
					u := (x[i] - s.alpha*v) / s.sigma
					r += u * u
				}
				w := math.Exp(-r / 2)
				weights[k] = w
				total += w
				squares += w * w
				for i, v := range samples[k*d : (k+1)*d] {
					want[i] += w * v
					square[i] += w * v * v
				}
			}
			var wantSpread float64
			for i := range d {
				want[i] /= total
				wantSpread += square[i]/total - want[i]*want[i]
			}
			for k, w := range weights {
				for i, v := range samples[k*d : (k+1)*d] {
					errors[i] += w * w * (v - want[i]) * (v - want[i])
				}
			}
			for i := range d {
				if slack := 5 * math.Sqrt(errors[i]) / total; !(math.Abs(mean[i]-want[i]) <= slack) {
					t.Errorf("%s at α, σ = %v, x = %.3f: mean %v, by Monte-Carlo %v ± %v", name, s, x, mean, want, slack)
				}
			}
			relative := math.Sqrt(squares) / total
			if !(math.Abs(spread-wantSpread) <= 8*relative*wantSpread) {
				t.Errorf("%s at α, σ = %v, x = %.3f: spread %v, by Monte-Carlo %v", name, s, x, spread, wantSpread)
			}
			wantLog := math.Log(total/n) - float64(d)*(math.Log(s.sigma)+math.Log(2*math.Pi)/2)
			if !(math.Abs(logDensity-wantLog) <= 5*relative) {
				t.Errorf("%s at α, σ = %v, x = %.3f: log p %v, by Monte-Carlo %v", name, s, x, logDensity, wantLog)
			}
		}
	}
}

// p integrates to 1, in one and two dimensions, at any noise. The midpoint
// rule on a smooth function is exact once its step is below half a deviation.
func TestDensityIntegratesToOne(t *testing.T) {
	for name, target := range targets() {
		if target.Dim() > 2 {
			continue
		}
		for _, s := range []struct{ alpha, sigma float64 }{{0, 1}, {0.1, 0.9}, {0.5, 0.5}, {0.9, 0.2}, {1, 3}} {
			reach := 8*s.sigma + 9*s.alpha
			step := s.sigma / 2
			m := int(math.Ceil(2 * reach / step))
			sum := 0.0
			x := make([]float64, target.Dim())
			for k := range m {
				x[0] = -reach + (float64(k)+0.5)*step
				if len(x) == 1 {
					l, _ := target.Posterior(nil, x, s.alpha, s.sigma)
					sum += math.Exp(l) * step
					continue
				}
				for j := range m {
					x[1] = -reach + (float64(j)+0.5)*step
					l, _ := target.Posterior(nil, x, s.alpha, s.sigma)
					sum += math.Exp(l) * step * step
				}
			}
			if math.Abs(sum-1) > 1e-9 {
				t.Errorf("%s at α, σ = %v: ∫p = %v", name, s, sum)
			}
		}
	}
}

func TestAllocatesNothing(t *testing.T) {
	for name, target := range targets() {
		f := Field{target, path.CondOT{}}
		dst, x := make([]float64, target.Dim()), make([]float64, target.Dim())
		n := testing.AllocsPerRun(100, func() {
			f.Velocity(dst, x, 0.4)
			f.Score(dst, x, 0.4)
			f.Divergence(x, 0.9)
			f.LogDensity(x, 1)
		})
		if n != 0 && !race.Enabled {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

func TestSamplesFollowTheDensity(t *testing.T) {
	for name, target := range targets() {
		d := target.Dim()
		x := make([]float32, d*1000)
		target.Sample(seeded(9), x)
		p := make([]float64, d)
		for j := range 1000 {
			for i := range p {
				p[i] = float64(x[i*1000+j])
			}
			// Rounding to single precision may carry a sample over a border;
			// a millionth of noise forgives it.
			if l, _ := target.Posterior(nil, p, 1, 1e-5); !(l > -14) {
				t.Fatalf("%s: a sample at %v, where log p = %v", name, p, l)
			}
		}
		if d == 1 {
			continue
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: half a point was sampled", name)
				}
			}()
			target.Sample(seeded(9), x[:d*3-1])
		}()
	}
}

func TestMisusePanics(t *testing.T) {
	board := preset("checkerboard")
	two := make([]float64, 2)
	for name, f := range map[string]func(){
		"short point":    func() { board.Posterior(two, two[:1], 1, 1) },
		"short mean":     func() { board.Posterior(two[:1], two, 1, 1) },
		"negative noise": func() { board.Posterior(two, two, 1, -1) },
		"nothing":        func() { board.Posterior(two, two, 0, 0) },
		"no samples":     func() { Entropy(unlike(2), seeded(1), 1) },
		"no points":      func() { LossFloor(Field{board, path.CondOT{}}, seeded(1), 1) },
		"half a batch":   func() { Field{board, path.CondOT{}}.Batch().Velocity(make([]float32, 3), make([]float32, 3), 0.5) },
		"two lengths":    func() { Field{board, path.CondOT{}}.Batch().Velocity(make([]float32, 4), make([]float32, 2), 0.5) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}
