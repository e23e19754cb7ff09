package metric

import (
	"errors"
	"math"
	"slices"
)

// Cells is a target in the plane as masses on the square cells of a grid, and of
// these cells the few that matter: those which hold 99 % of the mass. They are a
// highest-density region (Hyndman 1996): all cells at least as heavy as some
// weight, the largest weight for which they hold that much. Cells of equal weight
// are in or out together, so on a target with one weight throughout it is all of
// them, and the whole mass.
//
// Cells do not change and can be used by several goroutines at once; each counts
// its points in a Census.
type Cells struct {
	w, h         int
	x0, y0, cell float64
	mass         []float64 // [h × w] of the cells that matter, 0 of the others
	total        float64   // of those; 0.99 to 1
}

// level is the mass that must be held.
const level = 0.99

// NewCells takes the weights of w × h cells, [h × w] and not normalised, row 0 at
// the bottom, of a grid with its lower left corner at (x0, y0) and cells with the
// given side, in the units of the points. It copies what it needs. It returns an
// error when a weight is negative or not finite, or when all are zero.
func NewCells(weights []float32, w, h int, x0, y0, cell float64) (*Cells, error) {
	if w < 1 || h < 1 || len(weights) != w*h || !(cell > 0) {
		panic("metric: the weights of cells are not [h × w], or the cells have no side")
	}
	sum := 0.0
	for _, v := range weights {
		if !(v >= 0) || math.IsInf(float64(v), 1) {
			return nil, errors.New("a cell of the target has a weight that is negative or not a number; weights are 0 or above")
		}
		sum += float64(v)
	}
	if sum == 0 {
		return nil, errors.New("no cell of the target has a weight; a target needs at least one above 0")
	}
	c := &Cells{w: w, h: h, x0: x0, y0: y0, cell: cell, mass: make([]float64, w*h)}
	least := lightest(weights, level*sum)
	for k, v := range weights {
		if v >= least {
			c.mass[k] = float64(v) / sum
			c.total += c.mass[k]
		}
	}
	return c, nil
}

// lightest is the largest weight for which the cells at least as heavy hold the
// wanted sum.
func lightest(weights []float32, wanted float64) float32 {
	order := slices.Clone(weights)
	slices.Sort(order)
	held := 0.0
	for k, v := range slices.Backward(order) {
		if held += float64(v); held >= wanted || k == 0 || order[k-1] == 0 {
			return v
		}
	}
	return 0 // not reached: there is a weight
}

// Mass is the share of the target that lies on its cells that matter: what points
// of the target itself would score as Census.Inside, if it is constant on cells.
func (c *Cells) Mass() float64 { return c.total }

// Coverage is the expected Census.Coverage of n independent points of the target
// itself, on average, exactly: Σ m (1 − (1 − m)ⁿ) / Σ m over the masses m.
func (c *Cells) Coverage(n int) float64 {
	if n < 1 {
		return 0
	}
	sum := 0.0
	for _, m := range c.mass {
		if m > 0 {
			sum -= m * math.Expm1(float64(n)*math.Log1p(-m))
		}
	}
	return sum / c.total
}

// at is the index of the cell that matters at (x, y), or −1.
func (c *Cells) at(x, y float64) int {
	u, v := (x-c.x0)/c.cell, (y-c.y0)/c.cell
	if u >= 0 && v >= 0 && u < float64(c.w) && v < float64(c.h) { // no NaN gets past
		if k := int(v)*c.w + int(u); c.mass[k] > 0 {
			return k
		}
	}
	return -1
}
