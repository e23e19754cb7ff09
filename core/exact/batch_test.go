package exact

import (
	"math"
	"testing"

	"inkflow/core/density"
	"inkflow/core/internal/race"
	"inkflow/core/path"
)

// Single precision against double, at every stage of the way: fine cells by
// the table, coarse ones by the window, and far points. The mean is good to
// 1e-5 of the drawing's size, 6, and the velocity to what (σα̇ − σ̇α)/σ makes of
// that.
func TestBatch(t *testing.T) {
	p := must(density.Lookup("word"))
	drawing := must(NewDrawing(p.Grid(96)))
	others := targets()
	others["word"] = drawing
	for name, target := range others {
		d := target.Dim()
		for _, s := range []path.Scheduler{path.CondOT{}, path.VE{Min: 0.01, Max: 10}, path.Cosine{}} {
			f := Field{target, s}
			batch := f.Batch()
			if batch.Dim() != d {
				t.Errorf("dimension %d, want %d", batch.Dim(), d)
			}
			rng := seeded(4)
			for _, at := range []float64{0, 1e-5, 0.1, 0.5, 0.7, 0.8, 0.88, 0.95, 0.99, 0.9999, 1} {
				const n = 2*block + 7
				x, dst := make([]float32, d*n), make([]float32, d*n)
				target.Sample(rng, x)
				alpha, sigma, dAlpha, dSigma := s.Coefficients(at)
				for i := range x {
					x[i] = float32(alpha)*x[i] + float32(sigma)*float32(rng.NormFloat64())
				}
				for i := range d {
					x[i*n+3] = 40 - 10*float32(i)
					x[i*n+block+5] = -1000
				}
				keep := append([]float32(nil), x...)
				u, mean, y := make([]float64, d), make([]float64, d), make([]float64, d)
				batch.Velocity(dst, x, at)
				for j := range n {
					for i := range d {
						y[i] = float64(x[i*n+j])
					}
					f.Velocity(u, y, at)
					f.Denoiser(mean, y, at)
					slack := 6e-5 * math.Abs(dAlpha)
					if sigma > 0 {
						slack += 6e-5*math.Abs((sigma*dAlpha-dSigma*alpha)/sigma) + 1e-6*math.Abs(dSigma/sigma*(math.Abs(y[0])+1))
					}
					for i := range d {
						if !(math.Abs(float64(dst[i*n+j])-u[i]) <= slack) {
							t.Fatalf("%s on %s at t = %v, x = %v: velocity %v, want %v ± %v", name, s.Name(), at, y, dst[i*n+j], u[i], slack)
						}
					}
				}
				for i := range x {
					if x[i] != keep[i] {
						t.Fatalf("%s: the points were changed", name)
					}
				}
			}
		}
	}
}

// The table's error where it is largest, at cells of half a unit of noise.
func TestTableAtItsCoarsest(t *testing.T) {
	p := must(density.Lookup("heart"))
	g := p.Grid(64)
	drawing := must(NewDrawing(g))
	f := Field{drawing, path.CondOT{}}
	at := fine / (fine + g.Cell) * (1 - 1e-12) // α cell = ½σ
	const n = block
	rng := seeded(1)
	x, dst := make([]float32, 2*n), make([]float32, 2*n)
	worst := 0.0
	batch := f.Batch()
	for range 20 {
		for i := range x {
			x[i] = float32(at * 3 * rng.NormFloat64())
		}
		batch.Denoiser(dst, x, at)
		mean := make([]float64, 2)
		for j := range n {
			f.Denoiser(mean, []float64{float64(x[j]), float64(x[n+j])}, at)
			worst = math.Max(worst, math.Hypot(float64(dst[j])-mean[0], float64(dst[n+j])-mean[1]))
		}
	}
	if batch.table == nil {
		t.Error("the table was not used")
	}
	if worst > 3e-5 {
		t.Errorf("the mean is off by %v", worst)
	}
}

func TestBatchAllocatesNothing(t *testing.T) {
	for name, target := range targets() {
		d := target.Dim()
		batch := Field{target, path.CondOT{}}.Batch()
		x, dst := make([]float32, d*100), make([]float32, d*100)
		run := func() {
			batch.Velocity(dst, x, 0.05)
			batch.Velocity(dst, x, 0.97)
		}
		run()
		if n := testing.AllocsPerRun(10, run); n != 0 && !race.Enabled {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}
