package nn

import (
	"math"
	"slices"
	"sync"
	"testing"
)

// A batch cut into shards, each with its own workspace and gradient on its own
// goroutine over one network, gives the same predictions to the bit and the same
// gradient up to the order of a sum. Under the race detector this is also the
// proof that a network is only read.
func TestShards(t *testing.T) {
	const m, shards = 256, 4
	for _, plain := range []bool{false, true} {
		n, rng := busy(t, DefaultConfig(), linear{})
		n.Config.Plain, n.Predict = plain, denoiser{}
		x, ts, dv := normals(rng, 2*m, 1), times(rng, m), normals(rng, 2*m, 1)
		v, grad := make([]float32, 2*m), make([]float32, n.NumParams())
		ws := NewWorkspace(n, m)
		n.Forward(ws, v, x, ts)
		n.Backward(ws, grad, dv)

		const c = m / shards
		parts := make([][]float32, shards) // [shards][NumParams]
		got := make([]float32, 2*m)
		var wg sync.WaitGroup
		for s := range shards {
			parts[s] = make([]float32, n.NumParams())
			wg.Go(func() {
				ws := NewWorkspace(n, c)
				cut := func(x []float32) []float32 {
					return append(slices.Clone(x[s*c:][:c]), x[m+s*c:][:c]...)
				}
				y := make([]float32, 2*c)
				n.Forward(ws, y, cut(x), ts[s*c:][:c])
				n.Backward(ws, parts[s], cut(dv))
				copy(got[s*c:], y[:c])
				copy(got[m+s*c:], y[c:])
				n.Velocity(ws, y, y, .5)
				n.VelocityDerivative(ws, y, y, y, y, .5)
			})
		}
		wg.Wait()
		if !slices.Equal(got, v) {
			t.Error("a shard's predictions differ from the batch's")
		}
		var off, size float64
		for i, g := range grad {
			var sum float64
			for _, p := range parts {
				sum += float64(p[i])
			}
			off, size = off+math.Pow(sum-float64(g), 2), size+float64(g)*float64(g)
		}
		if e := math.Sqrt(off / size); !(e < 1e-6) { // float32 sums over 256 columns
			t.Errorf("the shards' gradients add up to one that is off by %.1g", e)
		}
	}
}
