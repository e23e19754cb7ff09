//go:build goexperiment.simd

package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
	"unsafe"
)

// Every tile that this machine can run, not only that of the width in use, on
// rows that four leaves, with and without a bias.
func TestTiles(t *testing.T) {
	const m, k, n = 7, 9, 96
	rng := rand.New(rand.NewPCG(4, 4))
	a, b, bias, start := random(rng, m*k), random(rng, k*n), random(rng, m), random(rng, m*n)
	for name, tiles := range map[string]struct {
		lanes   int
		columns func(t *tile, n int)
	}{"512": {16, columns16}, "256": {8, columns8}, "portable": {width(), columnsPortable}} {
		if tiles.lanes > width() || emulated() {
			continue // this machine, or GODEBUG, has no such vectors
		}
		for _, from := range [][]float32{nil, bias} {
			c, intact := fenced(t, m*n)
			want := make([]float32, m*n)
			copy(c, start)
			copy(want, start)
			part := tile{
				c: at(c), ldc: n * 4, a: at(a), row: k * 4, col: 4, b: at(b), ldb: n * 4,
				bias: unsafe.Pointer(unsafe.SliceData(from)), step: 4, m: m, k: k,
			}
			tiles.columns(&part, n)
			clearUpper()
			intact()
			productScalar(want, matrix{a, k, 1}, b, from, 1, m, k, n)
			for i := range want {
				// Two sums of ten terms of size one: see TestProductAgainstScalar.
				if e := math.Abs(float64(c[i] - want[i])); !(e <= 2e-5) {
					t.Fatalf("%s, bias %v: element %d is %g, scalar %g", name, from != nil, i, c[i], want[i])
				}
			}
		}
	}
}
