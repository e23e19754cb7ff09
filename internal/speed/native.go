package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"time"

	"gonum.org/v1/gonum/mat"

	"inkflow/core/cfm"
	"inkflow/core/density"
	"inkflow/core/nn"
	"inkflow/core/nn/kernel"
	"inkflow/core/nn/kernel/roofline"
	"inkflow/core/path"
)

// A turn is a bit of work, repeated for about as long as a turn lasts; it
// answers how much was done, in units of its own.
type turn struct {
	name string
	work func() float64
}

// native times kernels and steps on this machine without a browser, in
// alternating rounds.
func native(r *report, o options) error {
	r.Machine.NativeKernel = kernel.Name()
	fmt.Fprintln(os.Stderr, "native kernels")
	one, err := trainer(1)
	if err != nil {
		return err
	}
	two, err := trainer(2)
	if err != nil {
		return err
	}
	pair, err := sideBySide()
	if err != nil {
		return err
	}
	step := gonumStep()
	for _, group := range [][]turn{
		{{"native ceiling", func() float64 { return roofline.Turns(100_000) }}, {"native tile 64", tile(64)}, {"native tile 64, gonum", gonumTile(64)}},
		{{"native step 3x64 B=1024", networkStep()}, {"native step 3x64 B=1024, gonum", step}},
		{{"native trainer 3x64 B=1024", one}, {"native trainer 3x64 B=1024, two goroutines", two}, {"native, two trainers side by side", pair}},
	} {
		for k := range o.rounds {
			for i := range group {
				t := group[(i+k)%len(group)]
				done, start := 0., time.Now()
				for time.Since(start) < o.turn {
					done += t.work()
				}
				r.Rounds[t.name] = append(r.Rounds[t.name], done/time.Since(start).Seconds())
			}
		}
	}
	return nil
}

func random(n int) []float32 {
	rng := rand.New(rand.NewPCG(5, 5))
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(rng.NormFloat64())
	}
	return x
}

// tile is the dense kernel on a chunk of 128 columns; work in operations.
func tile(h int) func() float64 {
	const n, repeat = 128, 50
	w, b, x, y := random(h*h), random(h), random(h*n), make([]float32, h*n)
	return func() float64 {
		for range repeat {
			kernel.Dense(y, w, b, x, h, h, n)
		}
		return 2 * float64(h*h) * n * repeat
	}
}

func gonumTile(h int) func() float64 {
	const n, repeat = 128, 10
	double := func(r, c int) *mat.Dense {
		m := mat.NewDense(r, c, nil)
		for i, v := range random(r * c) {
			m.RawMatrix().Data[i] = float64(v)
		}
		return m
	}
	w, x, y := double(h, h), double(h, n), mat.NewDense(h, n, nil)
	return func() float64 {
		for range repeat {
			y.Mul(w, x)
		}
		return 2 * float64(h*h) * n * repeat
	}
}

func networkStep() func() float64 {
	const batch = 1024
	rng := rand.New(rand.NewPCG(3, 3))
	n, err := nn.New(nn.DefaultConfig(), nn.Scale{Mean: []float64{0, 0}, Std: 1}, path.CondOT{}, rng)
	if err != nil {
		panic(err)
	}
	ws, adam := nn.NewWorkspace(n, batch), nn.NewAdamW(n.NumParams())
	x, u, v, dv := random(2*batch), random(2*batch), make([]float32, 2*batch), make([]float32, 2*batch)
	times, grad := make([]float32, batch), make([]float32, n.NumParams())
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

func gonumStep() func() float64 {
	g := newGonumNet([]int{23, 64, 64, 64, 2}, 1024)
	return func() float64 {
		g.step()
		return 1
	}
}

// trainer is whole steps as the command takes them, on so many goroutines.
func trainer(workers int) (func() float64, error) {
	p, err := density.Lookup("word")
	if err != nil {
		return nil, err
	}
	cfg := cfm.DefaultConfig()
	cfg.Steps, cfg.Batch, cfg.Workers = 0, 1024, workers
	t, err := cfm.New(p.Target(), path.CondOT{}, cfg)
	if err != nil {
		return nil, err
	}
	return func() float64 {
		if err := t.Step(); err != nil {
			panic(err)
		}
		return 1
	}, nil
}

// sideBySide is two trainings that have nothing to do with each other, each on a
// goroutine: what two cores of this machine are worth. Work is the steps of both.
func sideBySide() (func() float64, error) {
	var steps [2]func() float64
	for i := range steps {
		step, err := trainer(1)
		if err != nil {
			return nil, err
		}
		steps[i] = step
	}
	const each = 50
	return func() float64 {
		var wg sync.WaitGroup
		for _, step := range steps {
			wg.Go(func() {
				for range each {
					step()
				}
			})
		}
		wg.Wait()
		return 2 * each
	}, nil
}
