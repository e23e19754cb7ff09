package kernel

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// The vectors published with the algorithm (Random123, kat_vectors, threefry2x32
// with 20 rounds).
func TestThreefryKnownAnswers(t *testing.T) {
	for _, row := range []struct{ c, k, want [2]uint32 }{
		{[2]uint32{0, 0}, [2]uint32{0, 0}, [2]uint32{0x6b200159, 0x99ba4efe}},
		{[2]uint32{0xffffffff, 0xffffffff}, [2]uint32{0xffffffff, 0xffffffff}, [2]uint32{0x1cb996fc, 0xbb002be7}},
		{[2]uint32{0x243f6a88, 0x85a308d3}, [2]uint32{0x13198a2e, 0x03707344}, [2]uint32{0xc4923a9c, 0x483df7a0}},
	} {
		if a, b := threefry(row.k[0], row.k[1], row.c[0], row.c[1]); a != row.want[0] || b != row.want[1] {
			t.Errorf("threefry(%x, %x) = %x %x, want %x", row.k, row.c, a, b, row.want)
		}
	}
}

// The transform against the same one in float64, on the ends of the range too.
func TestBoxMullerAgainstFloat64(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 1))
	edges := []uint32{0, 1, 2, 3, 0x3fffffff, 0x40000000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff}
	for i := range 200000 {
		x0, x1 := rng.Uint32(), rng.Uint32()
		if i < len(edges)*len(edges) {
			x0, x1 = edges[i%len(edges)], edges[i/len(edges)]
		} else if i%4 == 0 {
			x0 >>= rng.IntN(32) // the far tail
		}
		u := min(1, (float64(x0>>1)+.5)/(1<<31))
		radius := math.Sqrt(-2 * math.Log(u))
		angle := float64(int32(x1<<1))/(1<<31)*math.Pi/2 + math.Pi*float64(x1>>31)
		s, c := math.Sincos(angle)
		a, b := boxMuller(x0, x1)
		// Near u = 1 the word is rounded to the 24 bits of a float32: what the
		// radius loses there is below its share of the bound as soon as it is 0.02.
		tol := NormalError + max(0, 5e-4-radius/40)
		if math.Abs(float64(a)-radius*c) > tol || math.Abs(float64(b)-radius*s) > tol {
			t.Fatalf("boxMuller(%#x, %#x) = %g, %g, want %g, %g", x0, x1, a, b, radius*c, radius*s)
		}
	}
}

func TestNormalAgainstScalar(t *testing.T) {
	for _, block := range []uint64{0, 1, 1<<28 - 1, 1<<59 - 5} { // the low word of the counter wraps in the third
		key := [2]uint32{0xdeadbeef, 42}
		got, intact := fenced(t, 5*blockNumbers)
		want := make([]float32, 5*blockNumbers)
		normals(got, key, block)
		intact()
		normalsScalar(want, key, block)
		for i, w := range want {
			if e := math.Abs(float64(got[i] - w)); !(e <= 2*NormalError) {
				t.Fatalf("block %d, number %d: %g, scalar %g", block, i, got[i], w)
			}
		}
	}
}

// A stream does not depend on how it is cut.
func TestNormalInPieces(t *testing.T) {
	whole := make([]float32, 1000)
	NewNormal(7, 3).Fill(whole)
	rng := rand.New(rand.NewPCG(2, 2))
	n, pieces := NewNormal(7, 3), make([]float32, 1000)
	for from := 0; from < len(pieces); {
		to := min(from+rng.IntN(90), len(pieces))
		n.Fill(pieces[from:to])
		from = to
	}
	if !slices.Equal(whole, pieces) {
		t.Error("numbers drawn in pieces differ from those drawn at once")
	}
	resumed := NewNormal(0, 0)
	resumed.SetState(NormalState{Seed: 7, Stream: 3, Next: 333})
	rest := make([]float32, 667)
	resumed.Fill(rest)
	if !slices.Equal(whole[333:], rest) {
		t.Error("a stream set to number 333 does not go on with it")
	}
	if s := resumed.State(); s != (NormalState{7, 3, 1000}) {
		t.Errorf("after 1000 numbers the state is %+v", s)
	}
}

const draws = 1 << 20

func drawn(seed, stream uint64) []float64 {
	x := make([]float32, draws)
	NewNormal(seed, stream).Fill(x)
	y := make([]float64, draws)
	for i, v := range x {
		y[i] = float64(v)
	}
	return y
}

// Moments and tails, each within five standard errors of the normal's.
func TestNormalMomentsAndTails(t *testing.T) {
	x := drawn(1, 1)
	var m [7]float64
	for _, v := range x {
		p := 1.
		for k := range m {
			m[k] += p / draws
			p *= v
		}
	}
	// Var x^k = (2k−1)!! − (E x^k)².
	for k, want := range []struct{ mean, variance float64 }{{1, 0}, {0, 1}, {1, 2}, {0, 15}, {3, 96}, {0, 945}, {15, 10170}} {
		if e := math.Abs(m[k] - want.mean); e > 5*math.Sqrt(want.variance/draws)+1e-9 {
			t.Errorf("moment %d is %g, want %g", k, m[k], want.mean)
		}
	}
	for _, limit := range []float64{.01, 1, 2, 3, 4, 4.5} {
		p := 2 * distuv.UnitNormal.Survival(limit)
		above, positive := 0., 0.
		for _, v := range x {
			if math.Abs(v) > limit {
				above++
				if v > 0 {
					positive++
				}
			}
		}
		if e := math.Abs(above - p*draws); e > 5*math.Sqrt(p*(1-p)*draws) {
			t.Errorf("%g of %d numbers beyond ±%g, want %.0f", above, draws, limit, p*draws)
		}
		if e := math.Abs(positive - above/2); e > 2.5*math.Sqrt(above) {
			t.Errorf("%g of %g beyond ±%g are positive", positive, above, limit)
		}
	}
}

// χ² over cells of equal probability; the statistic lies between the 1e-6 and
// the 1 − 1e-6 quantile, so that numbers too even are found too.
func chiSquared(t *testing.T, what string, count []float64) {
	t.Helper()
	total := 0.
	for _, c := range count {
		total += c
	}
	want, sum := total/float64(len(count)), 0.
	for _, c := range count {
		sum += (c - want) * (c - want) / want
	}
	d := distuv.ChiSquared{K: float64(len(count) - 1)}
	if p := d.CDF(sum); p < 1e-6 || p > 1-1e-6 {
		t.Errorf("%s: χ² = %.1f with %d cells, quantile %g", what, sum, len(count), p)
	}
}

func TestNormalChiSquared(t *testing.T) {
	const cells = 256
	for stream := range uint64(3) {
		x, count := drawn(5, stream), make([]float64, cells)
		for _, v := range x {
			count[min(cells-1, int(distuv.UnitNormal.CDF(v)*cells))]++
		}
		chiSquared(t, "one number", count)

		// Pairs, at the distances that a flaw would show: neighbours, a lane's own
		// successor, the sine of a cosine, the next block.
		const side = 16
		for _, apart := range []int{1, 4, 8, blockPairs, blockNumbers, blockNumbers + 1} {
			count := make([]float64, side*side)
			for i := 0; i+apart < draws; i += 3 {
				a := min(side-1, int(distuv.UnitNormal.CDF(x[i])*side))
				b := min(side-1, int(distuv.UnitNormal.CDF(x[i+apart])*side))
				count[a*side+b]++
			}
			chiSquared(t, "pairs", count)
		}
	}
}

// Numbers of different places in a block, different streams and different seeds
// are uncorrelated, and so are their squares.
func TestNormalIndependence(t *testing.T) {
	x := drawn(9, 0)
	const n = draws / blockNumbers
	place := func(i int, square bool) []float64 {
		y := make([]float64, n)
		for b := range y {
			y[b] = x[b*blockNumbers+i]
			if square {
				y[b] *= y[b]
			}
		}
		return y
	}
	for _, square := range []bool{false, true} {
		var all [blockNumbers][]float64
		for i := range all {
			all[i] = place(i, square)
			for j := range i {
				if r := stat.Correlation(all[i], all[j], nil); math.Abs(r) > 5.5/math.Sqrt(n) {
					t.Errorf("places %d and %d of a block correlate by %g (squares: %v)", i, j, r, square)
				}
			}
		}
	}
	for name, y := range map[string][]float64{"stream": drawn(9, 1), "seed": drawn(10, 0), "high seed": drawn(9|1<<32, 0), "high stream": drawn(9, 1<<32)} {
		if r := stat.Correlation(x, y, nil); math.Abs(r) > 5/math.Sqrt(draws) {
			t.Errorf("another %s correlates by %g", name, r)
		}
	}
}

func TestNormalDoesNotAllocate(t *testing.T) {
	n, x := NewNormal(1, 2), make([]float32, 100)
	if a := testing.AllocsPerRun(10, func() { n.Fill(x) }); a > 0 {
		t.Errorf("Fill allocates %g times", a)
	}
}
