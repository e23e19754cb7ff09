package density

import "math/rand/v2"

// checkerboard is the board of Grathwohl et al. (2019), of constant density
// 0.2025/8 on eight squares:
//
//	x ~ U(−2, 2),  y = U(0, 1) − 2·Bernoulli(½) + (⌊x⌋ mod 2),  both over 0.45.
type checkerboard struct{}

func newCheckerboard() source { return checkerboard{} }

func (checkerboard) Dim() int { return 2 }

func (checkerboard) Sample(rng *rand.Rand, x []float32) {
	xs, ys := split(x)
	for j := range xs {
		column := rng.IntN(4)
		u := float64(column) - 2 + rng.Float64()
		v := rng.Float64() - 2*float64(rng.IntN(2)) + float64(column&1)
		xs[j], ys[j] = float32(u/0.45), float32(v/0.45)
	}
}

// draw shades each cell by the share of it that the eight squares cover.
func (checkerboard) draw(g *Grid) {
	board := NewGrid(4, 4, -2/0.45, -2/0.45, 1/0.45)
	for i := range 4 {
		for j := i & 1; j < 4; j += 2 {
			board.Ink[j*4+i] = 1
		}
	}
	g.Resample(board)
}
