package density

import "math"

// Resample replaces the drawing in g by src's, as seen through g's cells: each
// cell receives the ink of the area it shares with the cells of src. Parts of
// src outside g are lost. The result is scaled so that its darkest cell holds
// 1 and rounded to multiples of 1/255. src may not be g.
func (g *Grid) Resample(src *Grid) {
	if g == src {
		panic("density: Resample of a grid onto itself")
	}
	g.Clear()
	columns := overlaps(src.X0, src.Cell, src.W, g.X0, g.Cell, g.W)
	for _, row := range overlaps(src.Y0, src.Cell, src.H, g.Y0, g.Cell, g.H) {
		from := src.Ink[row.from*src.W : (row.from+1)*src.W]
		to := g.Ink[row.to*g.W : (row.to+1)*g.W]
		for _, c := range columns {
			to[c.to] += from[c.from] * (row.share * c.share)
		}
	}
	g.Settle()
}

// overlap is a piece of an axis that lies in one source cell and in one
// destination cell; share is its length in source cells, in (0, 1].
type overlap struct {
	from, to int
	share    float32
}

// overlaps cuts an axis at the borders of both grids, in rising order.
func overlaps(x0, cell float64, n int, y0, side float64, m int) []overlap {
	var pieces []overlap
	for i := range n {
		// Ends of source cell i, measured in destination cells.
		a := (x0 + float64(i)*cell - y0) / side
		b := (x0 + float64(i+1)*cell - y0) / side
		for k := math.Max(0, math.Floor(a)); k < math.Min(b, float64(m)); k++ {
			if share := (math.Min(b, k+1) - math.Max(a, k)) / (b - a); share > 1e-9 {
				pieces = append(pieces, overlap{i, int(k), float32(share)})
			}
		}
	}
	return pieces
}
