package kernel

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"gonum.org/v1/gonum/mat"

	"inkflow/core/nn/kernel/roofline"
)

// How fast, and what share of what the machine can do. Under node, which runs
// wasm with the same V8 as Chromium:
//
//	GOOS=js GOARCH=wasm go test -run - -bench . \
//		-exec "$(go env GOROOT)/lib/wasm/go_js_wasm_exec" ./core/nn/kernel

// The sizes of a hidden layer of the default network, and one chunk of columns.
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

// BenchmarkShare measures the ceiling and the three products by turns, and
// reports the medians: GFLOP/s for the ceiling, per cent of it (median of the
// rounds' ratios) for each product.
func BenchmarkShare(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	x, w, bias := random(rng, benchIn*benchN), random(rng, benchIn*benchOut), random(rng, benchOut)
	y, db, scratch := make([]float32, benchOut*benchN), make([]float32, benchOut), make([]float32, benchIn*benchN)
	products := []struct {
		name string
		f    func()
	}{
		{"Dense_%", func() { Dense(y, w, bias, x, benchOut, benchIn, benchN) }},
		{"DenseInput_%", func() { DenseInput(y, w, x, benchOut, benchIn, benchN) }},
		{"DenseWeights_%", func() { DenseWeights(w, db, x, y, scratch, benchOut, benchIn, benchN) }},
	}
	var ceilings []float64
	shares := make([][]float64, len(products))
	for b.Loop() {
		ceiling := rate(func() float64 { return roofline.Turns(20000) })
		ceilings = append(ceilings, ceiling/1e9)
		for i, p := range products {
			const times = 10
			r := rate(func() float64 {
				for range times {
					p.f()
				}
				return times * benchFlop
			})
			shares[i] = append(shares[i], 100*r/ceiling)
		}
	}
	b.ReportMetric(median(ceilings), roofline.Name()+"_GFLOP/s")
	for i, p := range products {
		b.ReportMetric(median(shares[i]), p.name)
	}
	b.ReportMetric(0, "ns/op")
}

// rate is how many operations a second f does.
func rate(f func() (flops float64)) float64 {
	start := time.Now()
	flops := f()
	return flops / max(time.Since(start), 1).Seconds()
}

func median(x []float64) float64 {
	slices.Sort(x)
	return x[len(x)/2]
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

// BenchmarkElementwise runs every kernel that is not a product on one chunk of a
// hidden layer, the optimiser's on as many weights.
func BenchmarkElementwise(b *testing.B) {
	const n = benchOut * benchN
	rng := rand.New(rand.NewPCG(1, 4))
	src, z, d, e, g := random(rng, n), make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)
	normal := NewNormal(1, 1)
	for _, k := range []struct {
		name string
		f    func()
	}{
		{"SiLU", func() { SiLU(z, d) }},
		{"SiLUOnly", func() { SiLUOnly(z) }},
		{"SiLUFast", func() { SiLUFast(z) }},
		{"Tanh", func() { Tanh(z, d) }},
		{"Mul", func() { Mul(z, src) }},
		{"SinCos", func() { SinCos(d, e, src) }},
		{"AddAngles", func() { AddAngles(d, e, src, src, src, src) }},
		{"AdamW", func() { AdamW(z, d, e, g, Adam{Beta1: .9, Beta2: .99, Rate: 1e-9, Second: 1, Epsilon: 1e-8}) }},
		{"Lerp", func() { Lerp(z, src, .1) }},
		{"Finite", func() { Finite(src) }},
		{"Normal", func() { normal.Fill(d) }},
	} {
		b.Run(k.name, func(b *testing.B) {
			clear(d)
			clear(e)
			for i := 0; b.Loop(); i++ {
				if i%8 == 0 {
					copy(z, src) // in place again and again, z would shrink into subnormals
				}
				k.f()
			}
			b.ReportMetric(b.Elapsed().Seconds()*1e9/float64(b.N)/n, "ns/element")
		})
	}
}

func dense64(x []float32, rows, cols int) *mat.Dense {
	m := mat.NewDense(rows, cols, nil)
	for i, v := range x {
		m.Set(i/cols, i%cols, float64(v))
	}
	return m
}
