package flow

import (
	"math"

	"inkflow/core/ode"
)

// A Map is log q̂ over a grid of square cells in the plane, computed a piece at
// a time, so that a page can draw it while it grows. It is not safe for
// concurrent use.
type Map struct {
	W, H   int       // cells along x and y
	X0, Y0 float64   // lower-left corner, natural units
	Cell   float64   // side of a cell, natural units
	Log    []float64 // [H × W], row 0 at the bottom: log q̂ at the centres, in nats; NaN until it is known

	done int
	x    []float64 // [2 × Chunk]
}

// NewMap returns the map of w × h cells of the given side with the lower-left
// corner (x0, y0). Nothing is computed yet.
func NewMap(w, h int, x0, y0, cell float64) *Map {
	if w < 1 || h < 1 || !(cell > 0) {
		panic("flow: a map has cells, and the cells have a size")
	}
	m := &Map{W: w, H: h, X0: x0, Y0: y0, Cell: cell, Log: make([]float64, w*h), x: make([]float64, 2*Chunk)}
	for k := range m.Log {
		m.Log[k] = math.NaN()
	}
	return m
}

// Done is how many cells are known, from the first in Log on.
func (m *Map) Done() int { return m.done }

// Advance computes the next cells, at most n ≤ Chunk of them, and reports
// whether the map is complete. All calls need a likelihood in two dimensions,
// in general the same one.
func (m *Map) Advance(l *Likelihood, n int) (complete bool, res ode.Result) {
	if l.Dim() != 2 {
		panic("flow: a map is of the plane")
	}
	if n < 1 || n > Chunk {
		panic("flow: a piece of a map has 1 to Chunk cells")
	}
	n = min(n, len(m.Log)-m.done)
	if n == 0 {
		return true, res
	}
	x := m.x[:2*n] // [2 × n]
	for j := range n {
		k := m.done + j
		x[j] = m.X0 + (float64(k%m.W)+0.5)*m.Cell
		x[n+j] = m.Y0 + (float64(k/m.W)+0.5)*m.Cell
	}
	res = l.Log(m.Log[m.done:][:n], nil, x)
	m.done += n
	return m.done == len(m.Log), res
}

// Mass is the integral of q̂ over the map by the midpoint rule, 1 for a density
// that lies inside and is smooth on the scale of a cell. It is NaN until the map
// is complete.
func (m *Map) Mass() float64 {
	sum := 0.0
	for _, v := range m.Log {
		sum += math.Exp(v)
	}
	return sum * m.Cell * m.Cell
}
