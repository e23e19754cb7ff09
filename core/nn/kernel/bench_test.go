package kernel

import (
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// Speed beside gonum, on one layer of the default network at its default batch.

const (
	benchIn, benchOut, benchN = 64, 64, 128
	benchFlop                 = 2 * benchIn * benchOut * benchN
)

func random(rng *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for j := range x {
		x[j] = float32(rng.NormFloat64())
	}
	return x
}

func report(b *testing.B, flop float64) {
	b.ReportMetric(flop*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
}

func BenchmarkDense(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	x, w, bias := random(rng, benchIn*benchN), random(rng, benchIn*benchOut), random(rng, benchOut)
	y := make([]float32, benchOut*benchN)
	b.Run(Name(), func(b *testing.B) {
		for b.Loop() {
			Dense(y, w, bias, x, benchOut, benchIn, benchN)
		}
		report(b, benchFlop)
	})
	b.Run("scalar-twin", func(b *testing.B) {
		for b.Loop() {
			productScalar(y, matrix{w, benchIn, 1}, x, bias, 1, benchOut, benchIn, benchN)
		}
		report(b, benchFlop)
	})
	b.Run("gonum", func(b *testing.B) {
		mw, mx := dense64(w, benchOut, benchIn), dense64(x, benchIn, benchN)
		my := mat.NewDense(benchOut, benchN, nil)
		for b.Loop() {
			my.Mul(mw, mx)
		}
		report(b, benchFlop)
	})
}

func BenchmarkDenseInput(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	dy, w := random(rng, benchOut*benchN), random(rng, benchIn*benchOut)
	dx := make([]float32, benchIn*benchN)
	for b.Loop() {
		DenseInput(dx, w, dy, benchOut, benchIn, benchN)
	}
	report(b, benchFlop)
}

func BenchmarkDenseWeights(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 3))
	dy, x := random(rng, benchOut*benchN), random(rng, benchIn*benchN)
	dw, db, scratch := make([]float32, benchOut*benchIn), make([]float32, benchOut), make([]float32, benchIn*benchN)
	for b.Loop() {
		DenseWeights(dw, db, dy, x, scratch, benchOut, benchIn, benchN)
	}
	report(b, benchFlop)
}

func BenchmarkSiLU(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 4))
	src, z, d := random(rng, benchOut*benchN), make([]float32, benchOut*benchN), make([]float32, benchOut*benchN)
	for b.Loop() {
		copy(z, src) // in place again and again, z would shrink into subnormals
		SiLU(z, d)
	}
	b.ReportMetric(b.Elapsed().Seconds()*1e9/float64(b.N*len(z)), "ns/element")
}

func BenchmarkAdamW(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 5))
	n := 9858
	w, g, m, v := random(rng, n), random(rng, n), make([]float32, n), make([]float32, n)
	a := Adam{Beta1: .9, Beta2: .99, Rate: 1e-3, Second: 1, Epsilon: 1e-8}
	for b.Loop() {
		AdamW(w, m, v, g, a)
	}
	b.ReportMetric(b.Elapsed().Seconds()*1e9/float64(b.N*n), "ns/element")
}

func dense64(x []float32, rows, cols int) *mat.Dense {
	m := mat.NewDense(rows, cols, nil)
	for i, v := range x {
		m.Set(i/cols, i%cols, float64(v))
	}
	return m
}
