package matching

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"
)

// A scene is a pair of clouds that asks something of the matching.
type scene struct {
	name string
	fill func(rng *rand.Rand, x, y []float32)
}

func normal(rng *rand.Rand, x []float32, scale, shift float64) {
	for i := range x {
		x[i] = float32(shift + scale*rng.NormFloat64())
	}
}

// clusters puts the points near the corners of a cube of half side 5.
func clusters(rng *rand.Rand, x []float32, sharp float64) {
	for i := range x {
		x[i] = float32(float64(10*rng.IntN(2)-5) + sharp*rng.NormFloat64())
	}
}

var scenes = []scene{
	{"like", func(rng *rand.Rand, x, y []float32) { normal(rng, x, 1, 0); normal(rng, y, 1, 0) }},
	{"wider", func(rng *rand.Rand, x, y []float32) { normal(rng, x, 1, 0); normal(rng, y, 10, 3) }},
	{"normal to clusters", func(rng *rand.Rand, x, y []float32) { normal(rng, x, 1, 0); clusters(rng, y, .1) }},
	{"clusters", func(rng *rand.Rand, x, y []float32) { clusters(rng, x, .01); clusters(rng, y, .01) }},
	{"far apart", func(rng *rand.Rand, x, y []float32) { normal(rng, x, 1, 0); normal(rng, y, 1, 1000) }},
	{"lattice", func(rng *rand.Rand, x, y []float32) {
		for i := range x {
			x[i], y[i] = float32(rng.IntN(6)), float32(rng.IntN(6))
		}
	}},
	{"equal", func(rng *rand.Rand, x, y []float32) {
		for i := range x {
			x[i], y[i] = 2, 2
		}
	}},
	{"same", func(rng *rand.Rand, x, y []float32) { normal(rng, x, 1, 0); copy(y, x) }},
	{"huge", func(rng *rand.Rand, x, y []float32) { normal(rng, x, 1e30, 0); normal(rng, y, 1e30, 0) }},
	{"tiny", func(rng *rand.Rand, x, y []float32) { normal(rng, x, 1e-30, 0); normal(rng, y, 1e-30, 0) }},
	{"point against cloud", func(rng *rand.Rand, x, y []float32) { clear(x); normal(rng, y, 1, 0) }},
}

func draw(sc scene, seed uint64, n, d int) (x, y []float32) {
	x, y = make([]float32, d*n), make([]float32, d*n)
	sc.fill(rand.New(rand.NewPCG(seed, 1)), x, y)
	return x, y
}

// costs is the matrix as the definition has it, of the clouds moved to a common
// mean, and their mean square.
func costs(x, y []float32, n int) (c [][]float64, size float64) {
	c = make([][]float64, n)
	for i := range c {
		c[i] = make([]float64, n)
	}
	for from := 0; from < len(x); from += n {
		var mx, my float64
		for j := range n {
			mx, my = mx+float64(x[from+j])/float64(n), my+float64(y[from+j])/float64(n)
		}
		for i := range n {
			for j := range n {
				e := float64(x[from+i]) - mx - float64(y[from+j]) + my
				c[i][j] += e * e
				size += e * e / float64(n*n)
			}
		}
	}
	return c, size
}

// check returns the mean cost of a matching, which must be a permutation.
func check(t *testing.T, c [][]float64, matched []int32) float64 {
	t.Helper()
	seen := make([]bool, len(c))
	sum := 0.
	for i, j := range matched {
		if seen[j] {
			t.Fatalf("column %d is matched twice", j)
		}
		seen[j] = true
		sum += c[i][j]
	}
	return sum / float64(len(c))
}

func brute(c [][]float64) float64 {
	best := math.Inf(1)
	used := make([]bool, len(c))
	var try func(i int, sum float64)
	try = func(i int, sum float64) {
		if i == len(c) {
			best = min(best, sum/float64(len(c)))
			return
		}
		for j := range c {
			if !used[j] {
				used[j] = true
				try(i+1, sum+c[i][j])
				used[j] = false
			}
		}
	}
	try(0, 0)
	return best
}

// The costs are float32, of clouds of mean square 1: each pair may be misjudged by
// some roundings of 6e-8, relative to the mean cost of all pairs.
const rounding = 3e-6

func TestBruteForce(t *testing.T) {
	for _, sc := range scenes {
		for n := 1; n <= 7; n++ {
			for _, d := range []int{1, 2, 3, 5} {
				for seed := range uint64(6) {
					x, y := draw(sc, seed, n, d)
					keepX, keepY := slices.Clone(x), slices.Clone(y)
					c, size := costs(x, y, n)
					got, want := check(t, c, New(n).Match(x, y)), brute(c)
					if got-want > rounding*size {
						t.Errorf("%s, n=%d, d=%d, seed %d: cost %g, least %g", sc.name, n, d, seed, got, want)
					}
					if !slices.Equal(x, keepX) || !slices.Equal(y, keepY) {
						t.Fatal("the clouds were changed")
					}
				}
			}
		}
	}
}

// A permutation is a vertex of a linear program (Birkhoff).
func TestLinearProgram(t *testing.T) {
	const n, d = 9, 2
	for _, sc := range scenes[:4] {
		x, y := draw(sc, 5, n, d)
		c, size := costs(x, y, n)
		objective := make([]float64, n*n)
		sums := mat.NewDense(2*n-1, n*n, nil) // one condition follows from the others
		ones := make([]float64, 2*n-1)
		for i := range n {
			for j := range n {
				objective[i*n+j] = c[i][j]
				sums.Set(i, i*n+j, 1)
				if j < n-1 {
					sums.Set(n+j, i*n+j, 1)
				}
			}
		}
		for i := range ones {
			ones[i] = 1
		}
		best, _, err := lp.Simplex(objective, sums, ones, 1e-12, nil)
		if err != nil {
			t.Fatalf("%s: %v", sc.name, err)
		}
		if got := check(t, c, New(n).Match(x, y)); math.Abs(got-best/n) > rounding*size {
			t.Errorf("%s: cost %.9g, the simplex says %.9g", sc.name, got, best/n)
		}
	}
}

// The prices prove the matching: no row could do better in another column. By
// duality the mean cost is then the least, but for what a row could gain.
func TestCertificate(t *testing.T) {
	for _, sc := range scenes {
		for _, n := range []int{2, 3, 16, 33, 64, 150, 257} {
			for _, d := range []int{1, 2, 3, 7} {
				x, y := draw(sc, uint64(n), n, d)
				m := New(n)
				c, _ := costs(x, y, n)
				check(t, c, m.Match(x, y))
				for i := range n {
					row := m.row(int32(i))
					own := row[m.colOf[i]] - m.price[m.colOf[i]]
					for j := range n {
						// Of clouds of mean square 1; prices add up changes.
						if gain := own - (row[j] - m.price[j]); gain > 2e-5 {
							t.Fatalf("%s, n=%d, d=%d: row %d gains %g in column %d", sc.name, n, d, i, gain, j)
						}
					}
				}
			}
		}
	}
}

// On a line the best matching joins the i-th smallest to the i-th smallest.
func TestLine(t *testing.T) {
	for _, sc := range scenes {
		x, y := draw(sc, 3, 300, 1)
		c, size := costs(x, y, 300)
		got := check(t, c, New(300).Match(x, y))
		slices.Sort(x)
		slices.Sort(y)
		sorted, _ := costs(x, y, 300)
		want := 0.
		for i := range x {
			want += sorted[i][i] / 300
		}
		if got-want > rounding*size {
			t.Errorf("%s: cost %.9g, sorted %.9g", sc.name, got, want)
		}
	}
}

func TestNotFinite(t *testing.T) {
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		m := New(20)
		for side := range 2 {
			x, y := draw(scenes[0], 1, 20, 2)
			[][]float32{x, y}[side][17] = float32(bad)
			for i, j := range m.Match(x, y) {
				if int(j) != i {
					t.Errorf("%g in a cloud: point %d goes to %d", bad, i, j)
				}
			}
		}
		x, y := draw(scenes[0], 1, 20, 2) // and no trace of it is left
		c, _ := costs(x, y, 20)
		if a, b := check(t, c, m.Match(x, y)), check(t, c, New(20).Match(x, y)); a != b {
			t.Errorf("after %g: cost %g, want %g", bad, a, b)
		}
	}
}

func TestNoAllocation(t *testing.T) {
	const n = 130
	m := New(n)
	x, y := draw(scenes[0], 4, n, 3)
	m.Match(x, y) // learns the dimension
	for _, sc := range scenes {
		x, y := draw(sc, 4, n, 3)
		if a := testing.AllocsPerRun(2, func() { m.Match(x, y) }); a != 0 {
			t.Errorf("%s: %g allocations", sc.name, a)
		}
	}
}

func TestPanics(t *testing.T) {
	for name, f := range map[string]func(){
		"no points":      func() { New(0) },
		"too many":       func() { New(Most + 1) },
		"not d × n":      func() { New(2).Match(make([]float32, 3), make([]float32, 3)) },
		"unequal clouds": func() { New(2).Match(make([]float32, 4), make([]float32, 2)) },
		"empty clouds":   func() { New(2).Match(nil, nil) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}

func BenchmarkMatch(b *testing.B) {
	for _, n := range []int{64, 128, 256, 512, 1024} {
		for _, sc := range scenes[:4] {
			b.Run(sc.name+"/"+strconv.Itoa(n), func(b *testing.B) {
				rng := rand.New(rand.NewPCG(1, 2))
				const pool = 16
				var x, y [pool][]float32
				for k := range pool {
					x[k], y[k] = make([]float32, 2*n), make([]float32, 2*n)
					sc.fill(rng, x[k], y[k])
				}
				m := New(n)
				for k := 0; b.Loop(); k++ {
					m.Match(x[k%pool], y[k%pool])
				}
			})
		}
	}
}
