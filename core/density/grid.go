package density

import (
	"errors"
	"math"
)

// ErrEmpty says that there is no ink, hence no probability to speak of.
var ErrEmpty = errors.New("there is no ink yet: draw, type or load something dark")

// maxSide bounds the cells along one side of a grid.
const maxSide = 1 << 13

// Grid is a drawing as a probability: piecewise constant on square cells.
// It is the drawing itself, plain data, and changes as ink is added; what
// draws samples from it is a [Sampler].
type Grid struct {
	W, H   int       // cells along x and y
	X0, Y0 float64   // lower-left corner, natural units
	Cell   float64   // side of a cell, natural units
	Ink    []float32 // [H × W], row 0 at the bottom; weight ≥ 0 of each cell, not normalised
}

// NewGrid returns an empty grid of w × h cells of the given side, its
// lower-left corner at (x0, y0). It panics unless both counts lie in 1…8192
// and the corner and the side are finite, the side positive.
func NewGrid(w, h int, x0, y0, cell float64) *Grid {
	switch {
	case w < 1 || h < 1 || w > maxSide || h > maxSide:
		panic("density: a grid has 1 to 8192 cells a side")
	case !(cell > 0) || math.IsInf(cell, 0):
		panic("density: the side of a cell must be positive and finite")
	case !finite(x0) || !finite(y0):
		panic("density: the corner of a grid must be finite")
	}
	return &Grid{W: w, H: h, X0: x0, Y0: y0, Cell: cell, Ink: make([]float32, w*h)}
}

// Clone returns a copy that shares nothing with g.
func (g *Grid) Clone() *Grid {
	c := *g
	c.Ink = append([]float32(nil), g.Ink...)
	return &c
}

// Clear takes all the ink away.
func (g *Grid) Clear() { clear(g.Ink) }

// Empty reports whether no cell holds ink.
func (g *Grid) Empty() bool {
	for _, v := range g.Ink {
		if v > 0 {
			return false
		}
	}
	return true
}

// Mass is the sum of the ink over all cells.
func (g *Grid) Mass() float64 {
	sum := 0.0
	for _, v := range g.Ink {
		sum += float64(v)
	}
	return sum
}

// Bounds is the smallest box of whole cells that holds all the ink, in natural
// units; four zeros for an empty grid.
func (g *Grid) Bounds() (x0, y0, x1, y1 float64) {
	left, right, bottom, top := g.inked()
	if right <= left {
		return 0, 0, 0, 0
	}
	return g.X0 + float64(left)*g.Cell, g.Y0 + float64(bottom)*g.Cell,
		g.X0 + float64(right)*g.Cell, g.Y0 + float64(top)*g.Cell
}

// inked is Bounds in cells, half open; left ≥ right when there is no ink.
func (g *Grid) inked() (left, right, bottom, top int) {
	left, bottom = g.W, g.H
	for j := range g.H {
		for i, v := range g.Ink[j*g.W : (j+1)*g.W] {
			if v > 0 {
				left, right = min(left, i), max(right, i+1)
				bottom, top = min(bottom, j), max(top, j+1)
			}
		}
	}
	return left, right, bottom, top
}

// Moments returns the mean and the covariance of the density. They are exact:
// a cell contributes its centre, and its own variance Cell²/12 on the
// diagonal. An empty grid answers zeros.
func (g *Grid) Moments() (mean [2]float64, cov [2][2]float64) {
	var mass, sx, sy float64
	for j := range g.H {
		for i, v := range g.Ink[j*g.W : (j+1)*g.W] {
			w := float64(v)
			mass += w
			sx += w * (float64(i) + 0.5)
			sy += w * (float64(j) + 0.5)
		}
	}
	if mass == 0 {
		return mean, cov
	}
	// Second pass about the mean, in cells: no cancellation far from the origin.
	mx, my := sx/mass, sy/mass
	var sxx, sxy, syy float64
	for j := range g.H {
		dy := float64(j) + 0.5 - my
		for i, v := range g.Ink[j*g.W : (j+1)*g.W] {
			w, dx := float64(v), float64(i)+0.5-mx
			sxx += w * dx * dx
			sxy += w * dx * dy
			syy += w * dy * dy
		}
	}
	area := g.Cell * g.Cell
	mean = [2]float64{g.X0 + mx*g.Cell, g.Y0 + my*g.Cell}
	cov[0][0] = area * (sxx/mass + 1.0/12)
	cov[1][1] = area * (syy/mass + 1.0/12)
	cov[0][1] = area * sxy / mass
	cov[1][0] = cov[0][1]
	return mean, cov
}

// Density is the normalised probability density at (x, y), in 1/unit². It is
// zero outside the grid and everywhere on an empty grid. The ink is summed
// anew on each call, for the drawing may have changed.
func (g *Grid) Density(x, y float64) float64 {
	i, j := math.Floor((x-g.X0)/g.Cell), math.Floor((y-g.Y0)/g.Cell)
	if !(i >= 0 && i < float64(g.W) && j >= 0 && j < float64(g.H)) {
		return 0
	}
	v := float64(g.Ink[int(j)*g.W+int(i)])
	if v == 0 {
		return 0
	}
	return v / (g.Mass() * g.Cell * g.Cell)
}

// Centred is an empty grid of w × h cells about the origin whose longer side
// spans [-3, 3]: where a word or a picture goes.
func Centred(w, h int) *Grid {
	cell := 6 / float64(max(w, h))
	return NewGrid(w, h, -float64(w)*cell/2, -float64(h)*cell/2, cell)
}

// Settle scales the ink so that the darkest cell holds 1, and rounds every
// cell to a multiple of 1/255: what is left survives storage as 8-bit grey.
func (g *Grid) Settle() {
	peak := float32(0)
	for _, v := range g.Ink {
		peak = max(peak, v)
	}
	if peak == 0 {
		return
	}
	for i, v := range g.Ink {
		g.Ink[i] = round255(v / peak)
	}
}

// round255 is the nearest multiple of 1/255 to v in [0, 1].
func round255(v float32) float32 { return float32(int(v*255+0.5)) / 255 }

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
