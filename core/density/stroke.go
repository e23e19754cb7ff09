package density

import "math"

// Dab is one touch of the pen.
type Dab struct {
	X, Y     float32 // natural units
	Pressure float32 // in (0, 1], 1 for a mouse
}

// Brush is the shape of the pen.
type Brush struct {
	Radius   float64 // at full pressure, natural units; never narrower than a cell
	Softness float64 // 0 hard … 1 soft: the share of the radius over which ink fades
	Erase    bool    // take ink away instead of laying it
}

// Line lays one segment of a stroke: the union of all discs from one dab to
// the other, their radius running linearly between the two.
//
// A cell takes the darkest ink it was ever offered (an eraser: the lightest),
// so the same segment laid again, or in pieces, changes nothing, and the look
// of a stroke does not depend on how often the pointer was read. Pressure p
// gives the radius Cell + p·(Radius − Cell): pressure thins the line but never
// breaks it. Ink is rounded to k/255. A dab that is not finite draws nothing.
func (g *Grid) Line(b Brush, from, to Dab) {
	x0, y0 := float64(from.X), float64(from.Y)
	x1, y1 := float64(to.X), float64(to.Y)
	if !finite(x0+y0+x1+y1+float64(from.Pressure+to.Pressure)) || !finite(b.Radius) {
		return
	}
	grow := math.Max(0, b.Radius-g.Cell)
	cone := newCone(x0, y0, g.Cell+grow*unit(float64(from.Pressure)), x1, y1, g.Cell+grow*unit(float64(to.Pressure)))

	// The ink fades over the outer part of the radius, one cell at least: a
	// hard brush keeps a smooth edge.
	fade := math.Min(1, math.Max(unit(b.Softness), g.Cell/math.Max(b.Radius, g.Cell)))

	reach := math.Max(cone.r0, cone.r1)
	left, right := span(math.Min(x0, x1)-reach, math.Max(x0, x1)+reach, g.X0, g.Cell, g.W)
	bottom, top := span(math.Min(y0, y1)-reach, math.Max(y0, y1)+reach, g.Y0, g.Cell, g.H)
	for j := bottom; j < top; j++ {
		y := g.Y0 + (float64(j)+0.5)*g.Cell
		row := g.Ink[j*g.W : (j+1)*g.W]
		for i := left; i < right; i++ {
			x := g.X0 + (float64(i)+0.5)*g.Cell
			ratio := cone.ratio(x, y)
			if ratio >= 1 {
				continue
			}
			ink := smoothstep((1 - ratio) / fade)
			if b.Erase {
				row[i] = min(row[i], round255(float32(1-ink)))
			} else {
				row[i] = max(row[i], round255(float32(ink)))
			}
		}
	}
}

// cone is a segment whose radius runs linearly from r0 to r1.
type cone struct {
	x0, y0, r0, r1 float64
	ux, uy         float64 // unit vector along the segment
	length         float64
}

func newCone(x0, y0, r0, x1, y1, r1 float64) cone {
	c := cone{x0: x0, y0: y0, r0: r0, r1: r1, length: math.Hypot(x1-x0, y1-y0)}
	if c.length > 0 {
		c.ux, c.uy = (x1-x0)/c.length, (y1-y0)/c.length
	}
	return c
}

// ratio is the least |p − c(s)| / r(s) over the discs s in [0, 1] of the cone:
// below 1 inside, and the same whether the cone is taken whole or in pieces.
//
// With a along the axis, h across it and z = 1/r the square of the ratio is a
// convex parabola in z, so its lowest point, clamped to the segment, is the
// answer. Written for s it stays finite when both radii are equal.
func (c cone) ratio(x, y float64) float64 {
	dx, dy := x-c.x0, y-c.y0
	if c.length == 0 {
		return math.Hypot(dx, dy) / math.Max(c.r0, c.r1)
	}
	along, across := dx*c.ux+dy*c.uy, dx*c.uy-dy*c.ux
	slope := c.r1 - c.r0
	var s float64
	if m := along*slope + c.r0*c.length; m > 0 {
		s = unit((along + across*across*slope/m) / c.length)
	} else if slope > 0 {
		s = 1 // no disc faces the point: the widest is nearest
	}
	return math.Hypot(along-s*c.length, across) / (c.r0 + s*slope)
}

// span is the half-open range of cells on an axis that meet [lo, hi].
func span(lo, hi, origin, cell float64, n int) (from, to int) {
	a := math.Floor((lo - origin) / cell)
	b := math.Ceil((hi - origin) / cell)
	return int(math.Min(math.Max(a, 0), float64(n))), int(math.Max(math.Min(b, float64(n)), 0))
}

// smoothstep runs from 0 to 1 with flat ends, 3v² − 2v³ on [0, 1].
func smoothstep(v float64) float64 {
	v = unit(v)
	return v * v * (3 - 2*v)
}

// unit clamps to [0, 1]; NaN becomes 0.
func unit(v float64) float64 {
	if !(v > 0) {
		return 0
	}
	return math.Min(v, 1)
}
