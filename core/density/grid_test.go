package density

import (
	"errors"
	"math"
	"slices"
	"testing"
)

func TestNewGridPanics(t *testing.T) {
	tests := []struct {
		name         string
		w, h         int
		x0, y0, cell float64
	}{
		{"no columns", 0, 1, 0, 0, 1},
		{"negative rows", 1, -1, 0, 0, 1},
		{"too many columns", maxSide + 1, 1, 0, 0, 1},
		{"too many rows", 1, maxSide + 1, 0, 0, 1},
		{"no side", 1, 1, 0, 0, 0},
		{"side NaN", 1, 1, 0, 0, math.NaN()},
		{"side infinite", 1, 1, 0, 0, math.Inf(1)},
		{"corner NaN", 1, 1, math.NaN(), 0, 1},
		{"corner infinite", 1, 1, 0, math.Inf(-1), 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			mustPanic(t, func() { NewGrid(test.w, test.h, test.x0, test.y0, test.cell) })
		})
	}
}

func mustPanic(t *testing.T, f func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	f()
}

func TestEmptyGrid(t *testing.T) {
	g := NewGrid(4, 3, -2, -1, 0.5)
	x0, y0, x1, y1 := g.Bounds()
	mean, cov := g.Moments()
	if !g.Empty() || g.Mass() != 0 || x0 != 0 || y0 != 0 || x1 != 0 || y1 != 0 ||
		mean != [2]float64{} || cov != [2][2]float64{} || g.Density(-1.9, -0.9) != 0 {
		t.Error("an empty grid does not answer with zeros")
	}
	if s, err := NewSampler(g); s != nil || !errors.Is(err, ErrEmpty) {
		t.Errorf("NewSampler = %v, %v; want ErrEmpty", s, err)
	}
	g.Settle()
	if !g.Empty() {
		t.Error("settling made ink out of nothing")
	}
}

func TestGridByHand(t *testing.T) {
	// Two cells of side ½ with ink 1 and 3: a quarter of the mass at
	// (0.25, 0.75), three quarters at (1.25, 0.25).
	g := NewGrid(4, 2, 0, 0, 0.5)
	g.Ink[4], g.Ink[2] = 1, 3
	c := g.Clone()
	g.Ink[7] = 5
	if c.Ink[7] != 0 || c.W != 4 || c.Cell != 0.5 {
		t.Fatal("a clone shares its ink or lost its shape")
	}
	g = c
	if g.Mass() != 4 || g.Empty() {
		t.Errorf("mass %v, want 4", g.Mass())
	}
	if x0, y0, x1, y1 := g.Bounds(); x0 != 0 || y0 != 0 || x1 != 1.5 || y1 != 1 {
		t.Errorf("bounds %v %v %v %v, want 0 0 1.5 1", x0, y0, x1, y1)
	}
	mean, cov := g.Moments()
	want := [2][2]float64{
		{0.1875 + 0.25/12, -0.09375},
		{-0.09375, 0.046875 + 0.25/12},
	}
	near := func(a, b float64) bool { return math.Abs(a-b) < 1e-15 } // a few roundings of numbers near 1
	if !near(mean[0], 1) || !near(mean[1], 0.375) {
		t.Errorf("mean %v, want (1, 0.375)", mean)
	}
	for i := range 2 {
		for j := range 2 {
			if !near(cov[i][j], want[i][j]) {
				t.Errorf("covariance %v, want %v", cov, want)
			}
		}
	}
	for _, p := range []struct{ x, y, want float64 }{
		{0.1, 0.9, 1}, {1.49, 0, 3}, {1.5, 0, 0}, {-0.01, 0.9, 0}, {0.1, 1, 0}, {2, 0.1, 0},
		{math.NaN(), 0.9, 0}, {math.Inf(1), 0.9, 0}, {0.1, 1e300, 0},
	} {
		if got := g.Density(p.x, p.y); got != p.want {
			t.Errorf("density at (%v, %v) = %v, want %v", p.x, p.y, got, p.want)
		}
	}
	g.Clear()
	if !g.Empty() {
		t.Error("Clear left ink")
	}
}

func TestMomentsFarFromTheOrigin(t *testing.T) {
	// A full grid of side 3 is uniform: variance 9/12, whatever its place. At
	// 1e6 the mean alone has 1e-10 of rounding; the variance must not feel it.
	g := NewGrid(30, 30, 1e6, -1e6, 0.1)
	for i := range g.Ink {
		g.Ink[i] = 1
	}
	_, cov := g.Moments()
	if math.Abs(cov[0][0]-0.75) > 1e-12 || math.Abs(cov[1][1]-0.75) > 1e-12 || math.Abs(cov[0][1]) > 1e-12 {
		t.Errorf("covariance %v, want ¾ on the diagonal", cov)
	}
}

func TestSettle(t *testing.T) {
	g := NewGrid(3, 1, 0, 0, 1)
	copy(g.Ink, []float32{10, 4.99, 0.01})
	g.Settle()
	if !slices.Equal(g.Ink, []float32{1, 127.0 / 255, 0}) {
		t.Errorf("ink %v", g.Ink)
	}
	settled(t, g)
}

// settled checks that the ink would survive as 8-bit grey, bit for bit.
func settled(t *testing.T, g *Grid) {
	t.Helper()
	for i, v := range g.Ink {
		if back := float32(uint8(v*255+0.5)) / 255; back != v || v < 0 || v > 1 {
			t.Fatalf("cell %d holds %v, not a multiple of 1/255 in [0, 1]", i, v)
		}
	}
}

func TestResample(t *testing.T) {
	// Twice as fine, twice as coarse and shifted by half a cell, by hand.
	src := NewGrid(2, 2, 0, 0, 1)
	copy(src.Ink, []float32{1, 0, 0, 0.4})
	tests := []struct {
		name string
		to   *Grid
		want []float32
	}{
		{"the same cells", NewGrid(2, 2, 0, 0, 1), []float32{1, 0, 0, 102.0 / 255}},
		{"finer", NewGrid(4, 2, 0, 0, 0.5), []float32{1, 1, 0, 0, 1, 1, 0, 0}},
		{"coarser", NewGrid(1, 1, 0, 0, 2), []float32{1}},
		{"shifted", NewGrid(2, 1, -0.5, 0, 1), []float32{1, 1}},
		{"beside it", NewGrid(2, 2, 5, 5, 1), []float32{0, 0, 0, 0}},
	}
	for _, test := range tests {
		test.to.Ink[0] = 0.7 // what was there goes
		test.to.Resample(src)
		if !slices.Equal(test.to.Ink, test.want) {
			t.Errorf("%s: %v, want %v", test.name, test.to.Ink, test.want)
		}
	}
	mustPanic(t, func() { src.Resample(src) })
}

func TestResampleKeepsMoments(t *testing.T) {
	// Redrawing on cells of another size moves ink by less than a cell; mean
	// and covariance stay within the rounding of the ink to 1/255.
	src := NewGrid(37, 29, -1.1, -0.7, 0.07)
	for i := range src.Ink {
		src.Ink[i] = float32(i%17) / 16
	}
	g := NewGrid(200, 200, -2, -2, 0.02)
	g.Resample(src)
	mean, cov := src.Moments()
	gotMean, gotCov := g.Moments()
	for i := range 2 {
		if math.Abs(gotMean[i]-mean[i]) > 2e-3 || math.Abs(gotCov[i][i]-cov[i][i]) > 2e-3*cov[i][i] {
			t.Errorf("moments %v %v, were %v %v", gotMean, gotCov, mean, cov)
		}
	}
}
