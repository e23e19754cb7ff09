//go:build !race

package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// Traps that show only on the clock. The margins are an order of magnitude, and
// the best of many short runs counts, so that a busy machine does not fail them.

func fastest(f func()) time.Duration {
	best := time.Hour
	for range 30 {
		start := time.Now()
		f()
		best = min(best, time.Since(start))
	}
	return best
}

// A compiled tile that spills its registers, or loses its vectors, falls to the
// speed of the scalar code or below; it should be 4 times (128 bits) to 17 times
// (512 bits) faster.
func TestProductIsFast(t *testing.T) {
	if Name() == "scalar" {
		return // nothing to compare
	}
	rng := rand.New(rand.NewPCG(3, 3))
	w, x := random(rng, 64*64), random(rng, 64*128)
	y := make([]float32, 64*128)
	vector := fastest(func() { product(y, matrix{w, 64, 1}, x, zero[:], 0, 64, 64, 128) })
	scalar := fastest(func() { productScalar(y, matrix{w, 64, 1}, x, zero[:], 0, 64, 64, 128) })
	if vector*3 > scalar*2 {
		t.Errorf("%s takes %v for what scalar code does in %v", Name(), vector, scalar)
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
	clean := fastest(exps)
	for name, kernel := range map[string]func(){
		"SiLU":      func() { SiLU(x, d) },
		"SiLUOnly":  func() { SiLUOnly(x) },
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
