package metric

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// A target of 2 × 3 cells from (−1, 10), side 2, row 0 at the bottom.
var small = []float32{
	50, 0,
	30, 19,
	0.5, 0.5,
}

func smallCells(t *testing.T, weights []float32) *Cells {
	t.Helper()
	c, err := NewCells(weights, 2, 3, -1, 10, 2)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCells(t *testing.T) {
	for _, row := range []struct {
		name    string
		weights []float32
		mass    float64
	}{
		{"the light end stays out", small, .99},
		{"just short of 99 %, and both that tie come in", []float32{50, 0, 30, 18.9, .55, .55}, 1},
		{"all alike", []float32{2, 2, 2, 2, 2, 2}, 1},
		{"alike or nothing", []float32{0, 0, 7, 7, 0, 0}, 1},
		{"one", []float32{0, 0, 0, 0, 1e-30, 0}, 1},
	} {
		c := smallCells(t, row.weights)
		if math.Abs(c.Mass()-row.mass) > 1e-7 { // weights are float32
			t.Errorf("%s: mass %g, want %g", row.name, c.Mass(), row.mass)
		}
	}
	for _, bad := range [][]float32{
		{0, 0, 0, 0, 0, 0},
		{1, 1, 1, 1, 1, -1},
		{1, 1, 1, 1, 1, float32(math.NaN())},
		{1, 1, 1, 1, 1, float32(math.Inf(1))},
	} {
		if _, err := NewCells(bad, 2, 3, 0, 0, 1); err == nil {
			t.Errorf("%v is no target, and was taken", bad)
		}
	}
}

func TestCensus(t *testing.T) {
	c := NewCensus(smallCells(t, small))
	if !math.IsNaN(c.Inside()) || !math.IsNaN(c.Share()) || !math.IsNaN(c.Coverage()) {
		t.Error("no points, and a figure")
	}
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	points := []struct {
		u, v   float32
		inside bool
	}{
		{-1, 10, true}, {0, 11, true}, {-.5, 13, true}, // the last on the cell of 30
		{1, 10, false},                      // its cell is empty
		{2.9, 12, true},                     // the cell of 19
		{3, 12, false}, {-1.001, 10, false}, // beside the grid
		{0, 9.999, false}, {0, 16, false}, // under and over it
		{0, 15, false}, // on a cell that does not matter
		{nan, 11, false}, {0, nan, false}, {-inf, 11, false}, {0, inf, false},
	}
	var x, y []float32
	inside := 0.0
	for _, p := range points {
		x, y = append(x, p.u), append(y, p.v)
		if p.inside {
			inside++
		}
	}
	c.Add(slices.Concat(x, y))
	if want := inside / float64(len(points)); c.Inside() != want || math.Abs(c.Share()-want/.99) > 1e-7 {
		t.Errorf("inside %g, share %g, want %g of them", c.Inside(), c.Share(), want)
	}
	if got := c.Coverage(); math.Abs(got-1) > 1e-15 {
		t.Errorf("coverage %g of cells that were all hit", got)
	}

	// Cut in two and merged either way it is the same.
	for _, order := range [][]int{{0, 1}, {1, 0}} {
		halves := []*Census{NewCensus(c.cells), NewCensus(c.cells)}
		halves[0].Add(slices.Concat(x[:3], y[:3]))
		halves[1].Add(slices.Concat(x[3:], y[3:]))
		if got := halves[0].Coverage(); math.Abs(got-80./99) > 1e-7 {
			t.Errorf("coverage %g, want 80/99", got)
		}
		a, b := halves[order[0]], halves[order[1]]
		a.Merge(b)
		if a.Points() != len(points) || a.Inside() != c.Inside() || a.Coverage() != c.Coverage() {
			t.Error("merged, the halves are not the whole")
		}
	}
	c.Reset()
	if c.Points() != 0 || slices.Contains(c.hit, true) {
		t.Error("a census remembers")
	}
}

// The expected coverage is the mean of the coverage of real points.
func TestExpectedCoverage(t *testing.T) {
	r := newRings()
	cells := r.cells()
	rng := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 50, 1000} {
		x := make([]float32, 2*n)
		census := NewCensus(cells)
		var draws tally
		for range 200 {
			perfect.fill(r, rng, x)
			census.Reset()
			census.Add(x)
			draws = append(draws, census.Coverage())
			if census.Share() < 1-3/float64(n) { // a point in a million rounds over a border
				t.Fatalf("share %g of the target itself", census.Share())
			}
		}
		if n == 1 { // all cells weigh the same: there is no deviation
			if got, want := draws.mean(), cells.Coverage(1); math.Abs(got-want) > .01*want {
				t.Errorf("one point covers %g, expected %g", got, want)
			}
			continue
		}
		near(t, "coverage", draws, cells.Coverage(n))
	}
	if cells.Coverage(0) != 0 || cells.Coverage(math.MaxInt) != 1 {
		t.Error("nothing covers all, or everything not")
	}
}
