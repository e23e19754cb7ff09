package matching

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Every vector loop gives the bits of its scalar twin, on odd and even lengths.
func TestScansEqualScalar(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for n := lanes; n < 80; n += lanes {
		for range 20 {
			row, price := make([]float32, n), make([]float32, n)
			for j := range row {
				row[j], price[j] = float32(rng.IntN(12)), float32(rng.IntN(4)) // with ties
			}
			key, from := make([]float32, n), make([]int32, n)
			for j := range key {
				key[j], from[j] = float32(rng.IntN(8)), 9
				switch rng.IntN(5) {
				case 0:
					key[j], price[j] = inf, -inf // settled
				case 1:
					key[j] = inf // not reached
				}
			}
			key[rng.IntN(n)] = 1 // one at least is finite
			k1, k2, f1, f2 := slices.Clone(key), slices.Clone(key), slices.Clone(from), slices.Clone(from)
			least1, at1 := relax(k1, f1, row, price, 2.5, 3)
			least2, at2 := relaxScalar(k2, f2, row, price, 2.5, 3)
			if least1 != least2 || at1 != at2 || !slices.Equal(k1, k2) || !slices.Equal(f1, f2) {
				t.Fatalf("relax, n=%d: %g at %d, want %g at %d", n, least1, at1, least2, at2)
			}
			for j := range price {
				price[j] = max(price[j], 0)
			}
			a1, b1, p1 := twoLeast(row, price)
			if a2, b2, p2 := twoLeastScalar(row, price); a1 != a2 || b1 != b2 || p1 != p2 {
				t.Fatalf("twoLeast, n=%d: %g, %g at %d, want %g, %g at %d", n, a1, b1, p1, a2, b2, p2)
			}
			k1, k2, f1, f2 = slices.Clone(key), slices.Clone(key), slices.Clone(from), slices.Clone(from)
			leastRow(k1, f1, row, 5)
			leastRowScalar(k2, f2, row, 5)
			if !slices.Equal(k1, k2) || !slices.Equal(f1, f2) {
				t.Fatalf("leastRow, n=%d differs", n)
			}
		}
	}
	for n := range 40 {
		row, y := make([]float32, n), make([]float32, n)
		for j := range row {
			row[j], y[j] = rng.Float32(), rng.Float32()
		}
		want := slices.Clone(row)
		addSquares(row, y, .3)
		addSquaresScalar(want, y, .3)
		if !slices.Equal(row, want) {
			t.Fatalf("addSquares, n=%d differs", n)
		}
	}
}
