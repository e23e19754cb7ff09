package exact

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"inkflow/core/density"
	"inkflow/core/path"
)

// The figures of the package documentation: points a second, drawing of the
// page's size.
func BenchmarkBatch(b *testing.B) {
	p, _ := density.Lookup("word")
	g := p.Grid(128)
	drawing, err := NewDrawing(g)
	if err != nil {
		b.Fatal(err)
	}
	board, _ := density.Lookup("checkerboard")
	boxes, _, _ := Preset(board)
	eight, _ := density.Lookup("8gaussians")
	modes, _, _ := Preset(eight)
	for _, target := range []struct {
		name string
		Target
	}{{"drawing", drawing}, {"boxes", boxes}, {"modes", modes}} {
		f := Field{target.Target, path.CondOT{}}
		batch := f.Batch()
		for _, t := range []float64{0, 0.2, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999} {
			const n = 256
			x, dst := make([]float32, 2*n), make([]float32, 2*n)
			rng := rand.New(rand.NewPCG(1, 2))
			target.Sample(rng, x)
			for i := range x {
				x[i] = float32(t)*x[i] + float32(1-t)*float32(rng.NormFloat64())
			}
			b.Run(target.name+"/t="+strconv.FormatFloat(t, 'g', -1, 64), func(b *testing.B) {
				for b.Loop() {
					batch.Velocity(dst, x, t)
				}
				b.ReportMetric(float64(b.N)*n/b.Elapsed().Seconds(), "points/s")
			})
			if target.name != "drawing" {
				continue
			}
			b.Run("double/t="+strconv.FormatFloat(t, 'g', -1, 64), func(b *testing.B) {
				var u, p [2]float64
				for b.Loop() {
					for j := range n {
						p = [2]float64{float64(x[j]), float64(x[n+j])}
						f.Velocity(u[:], p[:], t)
					}
				}
				b.ReportMetric(float64(b.N)*n/b.Elapsed().Seconds(), "points/s")
			})
		}
	}
}
