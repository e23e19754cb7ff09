package metric

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Between N(0, I) and N(m, s² I) every projection is normal, and the mean square
// of W2 over directions is |m|²/d + (s − 1)².
func TestSlicedGaussian(t *testing.T) {
	const n = 4000
	rng := rand.New(rand.NewPCG(3, 4))
	for _, row := range []struct {
		d        int
		shift, s float64
	}{{1, 1, 2}, {2, 3, 0.5}, {2, 0, 3}, {5, 1, 1}} {
		x, y := make([]float32, row.d*n), make([]float32, row.d*n)
		normal(rng, x, 1, 0)
		normal(rng, y, row.s, row.shift)
		got := Sliced(rng, x, y, row.d, 200)
		// m = shift in every coordinate, so |m|²/d = shift².
		want := math.Hypot(row.shift, row.s-1)
		// Sampling: five standard errors of a mean over n points; directions: |m·θ|²
		// varies by its own size, times √(1/200).
		tolerance := 5*row.s/math.Sqrt(n) + 5*row.shift/math.Sqrt(200)*math.Min(1, float64(row.d-1))
		if math.Abs(got-want) > tolerance {
			t.Errorf("d=%d, shift %g, scale %g: %g, want %g ± %g", row.d, row.shift, row.s, got, want, tolerance)
		}
	}
}

// In one dimension the only direction is the line itself.
func TestSlicedLine(t *testing.T) {
	for _, sc := range scenes {
		x, y := draw(sc, 8, 200, 1)
		got := Sliced(rand.New(rand.NewPCG(1, 2)), x, y, 1, 3)
		if want := W2(x, y, 1); math.Abs(got-want) > 1e-9*want {
			t.Errorf("%s: %g, W2 %g", sc.name, got, want)
		}
	}
}

// A projection is a contraction: sliced W2 is never above W2.
func TestSlicedBelowW2(t *testing.T) {
	for _, sc := range scenes {
		x, y := draw(sc, 6, 150, 2)
		if s, w := Sliced(rand.New(rand.NewPCG(1, 2)), x, y, 2, 50), W2(x, y, 2); s > w*(1+1e-9) {
			t.Errorf("%s: sliced %g, W2 %g", sc.name, s, w)
		}
	}
}

// Cut into slices it is the same, and the generator is only used at the start.
func TestSlicing(t *testing.T) {
	x, y := draw(find("ring"), 3, 2000, 2)
	want := Sliced(rand.New(rand.NewPCG(1, 2)), x, y, 2, 20)
	var s Slicing
	s.Start(rand.New(rand.NewPCG(5, 6)), y, x, 2, 30)
	s.Advance(func() bool { return true })
	s.Start(rand.New(rand.NewPCG(1, 2)), x, y, 2, 20)
	slices := 1
	for !s.Advance(func() bool { return true }) {
		slices++
	}
	if slices != 20 || s.W2() != want {
		t.Errorf("%g in %d slices, %g at once", s.W2(), slices, want)
	}
}

func TestSlicedEmpty(t *testing.T) {
	if !math.IsNaN(Sliced(rand.New(rand.NewPCG(1, 2)), nil, nil, 2, 1)) {
		t.Error("a distance between no points")
	}
}

// The floor of n points falls with n, and is the plain mean of its draws.
func TestFloor(t *testing.T) {
	source := func() func(x []float32) {
		rng := rand.New(rand.NewPCG(5, 6))
		return func(x []float32) { normal(rng, x, 1, 0) }
	}
	next := source()
	sum := 0.0
	for range 3 {
		x, y := make([]float32, 2*100), make([]float32, 2*100)
		next(x)
		next(y)
		sum += W2(x, y, 2)
	}
	small := Floor(source(), 100, 2, 3)
	if !same(small, sum/3) {
		t.Errorf("floor %g, mean of draws %g", small, sum/3)
	}
	if large := Floor(source(), 1600, 2, 3); large > small/2 || large < small/8 {
		t.Errorf("floor %g at 100 points, %g at 1600", small, large)
	}
}

func BenchmarkSliced(b *testing.B) {
	x, y := draw(scenes[0], 1, 2000, 2)
	rng := rand.New(rand.NewPCG(1, 2))
	for b.Loop() {
		Sliced(rng, x, y, 2, 128)
	}
}
