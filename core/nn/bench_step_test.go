package nn

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"inkflow/core/nn/kernel"
	"inkflow/core/nn/kernel/roofline"
	"inkflow/core/path"
)

// BenchmarkStep measures the arithmetic ceiling, one training step (forward,
// backward, AdamW, EMA; no batch making) and one evaluation of the velocity by
// turns. Reported are medians: the ceiling in GFLOP/s, and what share of it the
// products of a step and of an evaluation reach when all the rest counts as loss.
// Under node:
//
//	GOOS=js GOARCH=wasm go test -run - -bench Step \
//		-exec "$(go env GOROOT)/lib/wasm/go_js_wasm_exec" ./core/nn
func BenchmarkStep(b *testing.B) {
	for _, batch := range []int{128, 1024} {
		for _, hidden := range [][]int{{64, 64, 64}, {128, 128, 128, 128}} {
			name := strconv.Itoa(len(hidden)) + "x" + strconv.Itoa(hidden[0]) + "/batch" + strconv.Itoa(batch)
			b.Run(name, func(b *testing.B) { benchmarkStep(b, hidden, batch) })
		}
	}
}

func benchmarkStep(b *testing.B, hidden []int, batch int) {
	rng := rand.New(rand.NewPCG(1, 2))
	cfg := DefaultConfig()
	cfg.Hidden = hidden
	n, err := New(cfg, Scale{Mean: []float64{0, 0}, Std: 1}, path.CondOT{}, rng)
	if err != nil {
		b.Fatal(err)
	}
	average := n.Clone()
	ws, optimiser, ema := NewWorkspace(n, batch), NewAdamW(n.NumParams()), EMA{Decay: .999}
	x, v, dv := make([]float32, 2*batch), make([]float32, 2*batch), make([]float32, 2*batch)
	t, grad := make([]float32, batch), make([]float32, n.NumParams())
	kernel.NewNormal(1, 1).Fill(x)
	kernel.NewNormal(1, 2).Fill(dv)
	for j := range t {
		t[j] = float32(rng.Float64())
	}
	forward, inner := 0, 0 // multiply-adds a column: of all layers, of all but the first
	for i, l := range n.Layers() {
		forward += l.In * l.Out
		if i > 0 {
			inner += l.In * l.Out
		}
	}
	step := func() {
		n.Forward(ws, v, x, t)
		clear(grad)
		n.Backward(ws, grad, dv)
		optimiser.Step(n.Weights, grad, 1e-4)
		ema.Update(average.Weights, n.Weights)
	}
	stepFlops := float64(batch) * 2 * float64(2*forward+inner)
	evalFlops := float64(batch) * 2 * float64(forward)
	var ceilings, steps, evals []float64
	for b.Loop() {
		start := time.Now()
		flops := roofline.Turns(20000)
		ceiling := flops / time.Since(start).Seconds()
		start = time.Now()
		step()
		ceilings = append(ceilings, ceiling/1e9)
		steps = append(steps, 100*stepFlops/time.Since(start).Seconds()/ceiling)
		start = time.Now()
		average.Velocity(ws, v, x, .5)
		evals = append(evals, 100*evalFlops/time.Since(start).Seconds()/ceiling)
	}
	for _, m := range []struct {
		unit string
		x    []float64
	}{{roofline.Name() + "_GFLOP/s", ceilings}, {"step_%", steps}, {"velocity_%", evals}} {
		slices.Sort(m.x)
		b.ReportMetric(m.x[len(m.x)/2], m.unit)
	}
	b.ReportMetric(0, "ns/op")
}
