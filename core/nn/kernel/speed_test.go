//go:build !race

package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"inkflow/core/nn/kernel/roofline"
)

// Traps that show only on the clock. The margins are an order of magnitude, and
// the best of many short runs counts, so that a busy machine does not fail them.

func fastest(runs int, f func()) time.Duration {
	best := time.Hour
	for range runs {
		start := time.Now()
		f()
		best = min(best, time.Since(start))
	}
	return best
}

// A compiled tile that spills its registers falls to a hundredth of the ceiling
// (amd64: legacy SSE moves between wide instructions), one that loses its vectors
// or its bounds-check-free loads to a tenth; sound ones reach a third at least.
func TestProductIsFast(t *testing.T) {
	if Name() == "scalar" {
		return // nothing to compare
	}
	rng := rand.New(rand.NewPCG(3, 3))
	w, x := random(rng, 64*64), random(rng, 64*128)
	y, db, scratch := make([]float32, 64*128), make([]float32, 64), make([]float32, 64*128)
	const flops = 2 * 64 * 64 * 128
	for name, f := range map[string]func(){
		"Dense":        func() { Dense(y, w, w[:64], x, 64, 64, 128) },
		"DenseInput":   func() { DenseInput(y, w, x, 64, 64, 128) },
		"DenseWeights": func() { DenseWeights(w, db, x, x, scratch, 64, 64, 128) },
	} {
		best, ceiling := 0., 0.
		for range 40 { // alternating: the clock and the neighbours change
			ceiling = max(ceiling, rate(func() float64 { return roofline.Turns(2000) }))
			best = max(best, rate(func() float64 { f(); return flops }))
		}
		if best < ceiling/6 {
			t.Errorf("%s, %s: %.1f GFLOP/s of %.1f (%s)", Name(), name, best/1e9, ceiling/1e9, roofline.Name())
		}
	}
}

// Element-wise kernels have no ceiling to compare with, but their scalar twins.
func TestElementwiseIsFast(t *testing.T) {
	if Name() == "scalar" {
		return
	}
	rng := rand.New(rand.NewPCG(3, 5))
	const n = 4096
	x, z, d := random(rng, n), make([]float32, n), make([]float32, n)
	normal := NewNormal(1, 1)
	for name, f := range map[string][2]func(){
		"SiLU":     {func() { SiLU(z, d) }, func() { siluScalar(z, d) }},
		"SiLUFast": {func() { SiLUFast(z) }, func() { siluFastScalar(z) }},
		"Tanh":     {func() { Tanh(z, d) }, func() { tanhScalar(z, d) }},
		"SinCos":   {func() { SinCos(z, d, x) }, func() { sinCosScalar(z, d, x) }},
		"Normal":   {func() { normal.Fill(z) }, func() { normalsScalar(z, normal.key, 0) }},
	} {
		vector, scalar := time.Hour, time.Hour
		for range 30 {
			copy(z, x)
			vector = min(vector, fastest(1, f[0]))
			copy(z, x)
			scalar = min(scalar, fastest(1, f[1]))
		}
		if vector*3 > scalar*2 {
			t.Errorf("%s, %s takes %v for what scalar code does in %v", Name(), name, vector, scalar)
		}
	}
}

// math.Exp after a wide kernel runs a hundred times slower if the upper halves
// of the registers were left dirty.
//
// Where no kernel uses vectors there is nothing to guard, and the runtime itself
// leaves the halves dirty: a goroutine that it preempts (after 10 ms, or for a
// collection) gets all 512 bits of every register back, and stays slow until
// something clears them. Kernels clear at their end, so that a run after a
// vector kernel is at most slow by accident, not ten times in a row.
func TestNoPenaltyAfterKernels(t *testing.T) {
	if Name() == "scalar" {
		return
	}
	rng := rand.New(rand.NewPCG(3, 4))
	const n = 1024
	x, d := random(rng, n), make([]float32, n)
	big := make([]float32, n)
	var sum float64
	exps := func() {
		for i := range 2000 {
			sum += math.Exp(float64(i) * 1e-3)
		}
	}
	clean := fastest(30, exps)
	for name, kernel := range map[string]func(){
		"SiLU":      func() { SiLU(x, d) },
		"SiLUOnly":  func() { SiLUOnly(x) },
		"SiLUFast":  func() { SiLUFast(x) },
		"Tanh":      func() { Tanh(x, d) },
		"TanhOnly":  func() { TanhOnly(x) },
		"Normal":    func() { NewNormal(1, 1).Fill(big) },
		"SinCos":    func() { SinCos(big, d, x) },
		"AddAngles": func() { AddAngles(big, d, x, x, x, x) },
		"Mul":       func() { Mul(big, d) },
		"Lerp":      func() { Lerp(big, d, .1) },
		"Finite":    func() { Finite(d) },
		"AdamW":     func() { AdamW(big, x, d, x, Adam{Epsilon: 1}) },
		"Dense":     func() { Dense(big[:32*32], x[:32*32], x[:32], d[:32*32], 32, 32, 32) },
		"Dense odd": func() { Dense(big[:32*31], x[:32*32], x[:32], d[:32*31], 32, 32, 31) },
		"DenseWeights": func() {
			DenseWeights(big[:32*31], d[:32], x[:32*32], d[:31*32], make([]float32, 31*32), 32, 31, 32)
		},
	} {
		after := time.Hour
		for range 10 {
			kernel()
			start := time.Now()
			exps()
			after = min(after, time.Since(start))
		}
		if after > 10*clean {
			t.Errorf("after %s, math.Exp takes %v where it took %v", name, after, clean)
		}
	}
}
