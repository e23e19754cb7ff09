package density

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

func TestBandwidth(t *testing.T) {
	lattice := func(n int) []float32 { // n × n points, 0.5 apart
		x := make([]float32, 2*n*n)
		for k := range n * n {
			x[k], x[n*n+k] = 0.5*float32(k%n), 0.5*float32(k/n)
		}
		return x
	}
	line := make([]float32, 2*3000) // 0.01 apart on a slanted line of one dimension
	for k := range 3000 {
		line[k], line[3000+k] = 0.008*float32(k), 0.006*float32(k)
	}
	outlier := lattice(20)
	outlier[7], outlier[400+7] = 1e9, -1e9
	tests := []struct {
		name string
		x    []float32
		want float64
	}{
		{"one point", []float32{3, 4}, 0},
		{"two points", []float32{0, 3, 0, 4}, 1.25},
		{"a lattice", lattice(20), 0.125},
		{"a large lattice", lattice(200), 0.125},
		{"a line", line, 0.0025},
		{"an outlier", outlier, 0.125},
		{"twins only", []float32{1, 1, 2, 2, 1, 1, 2, 2}, 0},
		{"more twins than not", []float32{1, 1, 1, 7, 1, 1, 1, 3}, 0},
	}
	for _, test := range tests {
		before := slices.Clone(test.x)
		p, err := NewPoints(test.x)
		if err != nil {
			t.Fatal(err)
		}
		// float32 coordinates of the line: spacings to 1e-7 of 24 in 0.01.
		if math.Abs(p.Bandwidth()-test.want) > 1e-3*test.want {
			t.Errorf("%s: bandwidth %v, want %v", test.name, p.Bandwidth(), test.want)
		}
		if !slices.Equal(before, test.x) {
			t.Errorf("%s: the points given were changed", test.name)
		}
	}
}

func TestPointsSample(t *testing.T) {
	// Points far apart compared with the noise: each sample belongs to one of
	// them, evenly, and the offsets have the bandwidth.
	const n, draws = 25, 100_000
	x := make([]float32, 2*n)
	for k := range n {
		x[k], x[n+k] = 8*float32(k%5), 8*float32(k/5)
	}
	p, err := NewPoints(x)
	if err != nil {
		t.Fatal(err)
	}
	p.h = 0.5 // four deviations fit between the points, and all but 1e-3 of mass
	clear(x)  // the points are a copy
	s := make([]float32, 2*draws)
	p.Sample(seeded(9), s)
	seen, even, square := make([]float64, n), make([]float64, n), 0.0
	for j := range draws {
		a, b := math.Round(float64(s[j])/8), math.Round(float64(s[draws+j])/8)
		seen[int(b)*5+int(a)]++
		square += math.Pow(float64(s[j])-8*a, 2) + math.Pow(float64(s[draws+j])-8*b, 2)
	}
	for k := range even {
		even[k] = draws / n
	}
	if chance := (distuv.ChiSquared{K: n - 1}).Survival(stat.ChiSquare(seen, even)); chance < rare {
		t.Errorf("points are chosen unevenly: %v, p = %g", seen, chance)
	}
	if h := math.Sqrt(square / (2 * draws)); math.Abs(h-0.5) > 0.01 { // nine standard errors
		t.Errorf("the noise has deviation %v, want 0.5", h)
	}
	if p.Dim() != 2 || p.Len() != n {
		t.Errorf("%d points in %d dimensions", p.Len(), p.Dim())
	}
}

func TestPointsWithoutNoiseAreThemselves(t *testing.T) {
	p, err := NewPoints([]float32{0.1, 0.1, 0.7, 0.7, 5, 5, -3, -3})
	if err != nil {
		t.Fatal(err)
	}
	x := make([]float32, 200)
	p.Sample(seeded(4), x)
	for j := range 100 {
		if at := [2]float32{x[j], x[100+j]}; at != [2]float32{0.1, 5} && at != [2]float32{0.7, -3} {
			t.Fatalf("a sample at %v", at)
		}
	}
}

func TestNewPointsRefuses(t *testing.T) {
	for _, x := range [][]float32{nil, {float32(math.NaN()), 0}, {0, float32(math.Inf(-1))}, {2e9, 0}} {
		if p, err := NewPoints(x); p != nil || err == nil {
			t.Errorf("%v was taken", x)
		}
	}
	//lint:ignore SA5012 an odd number is what must panic
	mustPanic(t, func() { NewPoints([]float32{1, 2, 3}) })
}
