package main

import "math"

// stroke rounds off the points of a hand that moves faster than it is looked
// at. Between two points runs the parabola that leaves the first in the
// direction the hand had there, taken from the points on either side; it is
// laid at once and never late by a point.
type stroke struct {
	x, y   float64 // the last point
	px, py float64 // the one before
	points int
}

// spacing is the length of the pieces a curve is laid in, device-independent
// pixels.
const spacing = 4

func (s *stroke) begin(x, y float64) { *s = stroke{x: x, y: y, px: x, py: y, points: 1} }

// to draws on to a point; lay is called with points on the way, the last of
// them the point itself.
func (s *stroke) to(x, y float64, lay func(x, y float64)) {
	dx, dy := x-s.x, y-s.y
	d := math.Hypot(dx, dy)
	if d == 0 {
		return
	}
	// The direction at the last point by central difference, scaled to this
	// piece's length, so that a hand that slows down does not overshoot.
	mx, my := dx, dy
	if before := math.Hypot(s.x-s.px, s.y-s.py); s.points > 1 && before > 0 {
		ux, uy := (s.x-s.px)/before+dx/d, (s.y-s.py)/before+dy/d
		if n := math.Hypot(ux, uy); n > 1 { // a turn of less than 120°
			mx, my = ux/n*d, uy/n*d
		}
	}
	n := max(int(math.Ceil(d/spacing)), 1)
	for i := 1; i < n; i++ {
		u := float64(i) / float64(n)
		// p(u) = p0 + m·u + (Δ − m)·u²
		lay(s.x+mx*u+(dx-mx)*u*u, s.y+my*u+(dy-my)*u*u)
	}
	lay(x, y)
	s.px, s.py, s.x, s.y = s.x, s.y, x, y
	s.points++
}
