//go:build js && wasm

// Command tab is our half of the speed page: training steps, velocity
// evaluations and the bare tile, each run for a while when the page says so.
package main

import (
	"math/rand/v2"
	"syscall/js"
	"time"
	"unsafe"

	"inkflow/core/cfm"
	"inkflow/core/density"
	"inkflow/core/nn"
	"inkflow/core/nn/kernel"
	"inkflow/core/nn/kernel/roofline"
	"inkflow/core/path"
)

// ceilingTurns take about a millisecond.
const ceilingTurns = 100_000

// widths of the hidden layers by the page's name for the network.
var widths = map[string][]int{
	"3x64":  {64, 64, 64},
	"4x128": {128, 128, 128, 128},
}

func main() {
	js.Global().Set("inkflowSpeed", js.ValueOf(map[string]any{
		"kernel":  kernel.Name(),
		"sample":  js.FuncOf(sample),
		"trainer": timed(trainer),
		"network": timed(network),
		"evals":   timed(evals),
		"tile":    timed(tile),
		"ceiling": timed(func([]js.Value) func() float64 { return func() float64 { return roofline.Turns(ceilingTurns) } }),
	}))
	select {}
}

// timed wraps a benchmark for the page: prepare(arguments) makes one that does a
// bit of work and says how much; the result is a function of milliseconds that
// repeats it for about so long and answers {work, seconds}.
func timed(prepare func(args []js.Value) func() float64) js.Func {
	return js.FuncOf(func(_ js.Value, args []js.Value) any {
		work := prepare(args)
		work()
		return js.FuncOf(func(_ js.Value, args []js.Value) any {
			budget := time.Duration(args[0].Float() * float64(time.Millisecond))
			done, start := 0., time.Now()
			for {
				done += work()
				if d := time.Since(start); d >= budget {
					return map[string]any{"work": done, "seconds": d.Seconds()}
				}
			}
		})
	})
}

// word is the page's opening drawing.
func word() density.Target {
	p, err := density.Lookup("word")
	if err != nil {
		panic(err)
	}
	return p.Target()
}

// sample(n) is a Float32Array of n target points, [2 × n], for the peers.
func sample(_ js.Value, args []js.Value) any {
	x := make([]float32, 2*args[0].Int())
	word().Sample(rand.New(rand.NewPCG(1, 1)), x)
	return array(x)
}

func array(x []float32) js.Value {
	b := unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(x))), 4*len(x))
	bytes := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(bytes, b)
	return js.Global().Get("Float32Array").New(bytes.Get("buffer"))
}

// trainer(network, batch): whole steps as the page takes them, drawing of noise,
// points and times, features, averaging and guard included. Work is in steps.
func trainer(args []js.Value) func() float64 {
	cfg := cfm.DefaultConfig()
	cfg.Steps, cfg.Net.Hidden, cfg.Batch = 0, widths[args[0].String()], args[1].Int()
	t, err := cfm.New(word(), path.CondOT{}, cfg)
	if err != nil {
		panic(err)
	}
	return func() float64 {
		if err := t.Step(); err != nil {
			panic(err)
		}
		return 1
	}
}

// network(network, batch): forward, backward and AdamW on one given batch, what
// the peers are timed on. Our features are computed each time, theirs are given.
func network(args []js.Value) func() float64 {
	n := newNet(args[0].String())
	batch := args[1].Int()
	ws, adam := nn.NewWorkspace(n, batch), nn.NewAdamW(n.NumParams())
	rng := rand.New(rand.NewPCG(2, 2))
	x, u := make([]float32, 2*batch), make([]float32, 2*batch)
	v, dv := make([]float32, 2*batch), make([]float32, 2*batch)
	times, grad := make([]float32, batch), make([]float32, n.NumParams())
	for i := range x {
		x[i], u[i] = float32(rng.NormFloat64()), float32(rng.NormFloat64())
	}
	for j := range times {
		times[j] = rng.Float32()
	}
	return func() float64 {
		n.Forward(ws, v, x, times)
		for i := range v {
			dv[i] = (v[i] - u[i]) * (2 / float32(len(v)))
		}
		clear(grad)
		n.Backward(ws, grad, dv)
		adam.Step(n.Weights, grad, 1e-3)
		return 1
	}
}

func newNet(name string) *nn.Net {
	cfg := nn.DefaultConfig()
	cfg.Hidden = widths[name]
	rng := rand.New(rand.NewPCG(3, 3))
	n, err := nn.New(cfg, nn.Scale{Mean: []float64{0, 0}, Std: 1}, path.CondOT{}, rng)
	if err != nil {
		panic(err)
	}
	for i := range n.Weights {
		if n.Weights[i] == 0 { // the last layer, so that nothing is trivial
			n.Weights[i] = float32(rng.NormFloat64()) * .1
		}
	}
	return n
}

// evals(network, points): velocities of all points at one time. Work is in
// points.
func evals(args []js.Value) func() float64 {
	f := nn.NewField(newNet(args[0].String()))
	m := args[1].Int()
	rng := rand.New(rand.NewPCG(4, 4))
	x, v := make([]float32, 2*m), make([]float32, 2*m)
	for i := range x {
		x[i] = float32(rng.NormFloat64())
	}
	t := 0.
	return func() float64 {
		t += 1. / 64
		if t >= 1 {
			t = 0
		}
		f.Velocity(v, x, t)
		return float64(m)
	}
}

// tile(width): the dense kernel alone, width × width on a chunk of 128 columns.
// Work is in floating-point operations.
func tile(args []js.Value) func() float64 {
	h := args[0].Int()
	const n, repeat = 128, 50
	rng := rand.New(rand.NewPCG(5, 5))
	random := func(n int) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(rng.NormFloat64())
		}
		return x
	}
	w, b, x, y := random(h*h), random(h), random(h*n), make([]float32, h*n)
	return func() float64 {
		for range repeat {
			kernel.Dense(y, w, b, x, h, h, n)
		}
		return 2 * float64(h*h) * n * repeat
	}
}
