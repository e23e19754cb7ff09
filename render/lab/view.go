package lab

import (
	"math"
	"time"

	"inkflow/core/density"
)

// View maps natural units onto the stage. The plane's origin sits in the
// middle of what the bars leave free, and a square of half width Half always
// fits.
type View struct {
	W, H                     float64 // of the canvas, device-independent pixels
	Left, Top, Right, Bottom float64 // covered by bars
	Half                     float64 // half the side of the square that fits, natural units
	goal                     float64 // where Half is easing to
}

// minHalf keeps a Gaussian of unit variance in the picture.
const minHalf = 3.5

// Scale is the number of device-independent pixels a natural unit takes.
func (v *View) Scale() float64 {
	return min(v.free()) / (2 * v.Half)
}

// free is the size of what no bar covers.
func (v *View) free() (w, h float64) {
	return max(v.W-v.Left-v.Right, 1), max(v.H-v.Top-v.Bottom, 1)
}

// Center is the origin's place on the canvas, device-independent pixels.
func (v *View) Center() (x, y float64) {
	return v.Left + (v.W-v.Left-v.Right)/2, v.Top + (v.H-v.Top-v.Bottom)/2
}

// World is the point of the plane under a point of the canvas.
func (v *View) World(x, y float64) (wx, wy float64) {
	cx, cy := v.Center()
	s := v.Scale()
	return (x - cx) / s, (cy - y) / s
}

// Screen is the point of the canvas over a point of the plane.
func (v *View) Screen(wx, wy float64) (x, y float64) {
	cx, cy := v.Center()
	s := v.Scale()
	return cx + wx*s, cy - wy*s
}

// View returns the view for reading.
func (l *Lab) View() *View { return &l.view }

// Resize says how large the canvas is and how much of each side bars cover,
// in device-independent pixels.
func (l *Lab) Resize(w, h, left, top, right, bottom float64) {
	l.view.W, l.view.H = max(w, 1), max(h, 1)
	l.view.Left, l.view.Top, l.view.Right, l.view.Bottom = left, top, right, bottom
}

// fit chooses the view for a state. A drawing of the user's own is seen as it
// was drawn.
func (v *View) fit(s state) {
	if s.own {
		v.goal = s.half
		return
	}
	if s.empty() {
		return
	}
	v.goal = minHalf
	if s.preset != "" {
		if p, err := density.Lookup(s.preset); err == nil {
			v.goal = max(v.goal, p.Extent()*1.08)
		}
	} else {
		x0, y0, x1, y1 := s.grid.Bounds()
		v.goal = max(v.goal, 1.08*max(math.Abs(x0), math.Abs(y0), math.Abs(x1), math.Abs(y1)))
	}
	if v.Half == 0 {
		v.Half = v.goal
	}
}

// ease moves the view to its goal in about a quarter of a second.
func (v *View) ease(dt time.Duration) {
	if v.Half == v.goal {
		return
	}
	v.Half += (v.goal - v.Half) * (1 - math.Exp(-dt.Seconds()/0.08))
	if math.Abs(v.Half-v.goal) < 1e-3*v.goal {
		v.Half = v.goal
	}
}
