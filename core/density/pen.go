package density

import "math"

// pen lays round Gaussians on a grid, each cell receiving the exact integral
// of the Gaussian over it.
type pen struct {
	sd   float64
	x, y []float64 // shares of the cells under the pen, column by column and row by row
}

func newPen(sd float64) *pen { return &pen{sd: sd} }

// press adds mass 1 spread as N((x, y), sd² I), less what falls outside the
// grid or beyond five deviations.
func (p *pen) press(g *Grid, x, y float64) {
	var left, bottom int
	p.x, left = p.shares(p.x[:0], x, g.X0, g.Cell, g.W)
	p.y, bottom = p.shares(p.y[:0], y, g.Y0, g.Cell, g.H)
	for j, b := range p.y {
		row := g.Ink[(bottom+j)*g.W+left:][:len(p.x)]
		for i, a := range p.x {
			row[i] += float32(a * b)
		}
	}
}

// shares appends the masses of N(at, sd²) in the cells of an axis, from the
// cell returned on.
func (p *pen) shares(dst []float64, at, origin, cell float64, n int) ([]float64, int) {
	from, to := span(at-5*p.sd, at+5*p.sd, origin, cell, n)
	below := math.Erf((origin + float64(from)*cell - at) / (p.sd * math.Sqrt2))
	for i := from; i < to; i++ {
		upTo := math.Erf((origin + float64(i+1)*cell - at) / (p.sd * math.Sqrt2))
		dst = append(dst, (upTo-below)/2)
		below = upTo
	}
	return dst, from
}
