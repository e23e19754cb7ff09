package density

import "math"

// drawn is a drawing that serves as a preset.
type drawn struct {
	*Sampler
	grid *Grid
}

func (d drawn) draw(g *Grid) { g.Resample(d.grid) }

// newWord is the word “flow” as a hand with a round brush would write it: the
// page's first picture. It spans [-3, 3].
func newWord() source {
	const (
		w, h   = 192, 88 // cells
		radius = 0.165   // of the brush, where the x-height is 1
		left   = -0.05   // of the letters' skeleton
		right  = 4.55
		top    = 1.85
	)
	g := Centred(w, h)
	scale := 6 / (right - left + 2*radius)
	b := Brush{Radius: radius * scale}
	dab := func(x, y float64) Dab {
		return Dab{X: float32((x - (left+right)/2) * scale), Y: float32((y - top/2) * scale), Pressure: 1}
	}
	line := func(points ...[2]float64) {
		for i := range points[1:] {
			g.Line(b, dab(points[i][0], points[i][1]), dab(points[i+1][0], points[i+1][1]))
		}
	}
	// arc goes round (x, y) from one angle to another, in degrees.
	arc := func(x, y, r, from, to float64) {
		const pieces = 24
		last := dab(0, 0)
		for i := range pieces + 1 {
			sin, cos := math.Sincos((from + (to-from)*float64(i)/pieces) * math.Pi / 180)
			next := dab(x+r*cos, y+r*sin)
			if i > 0 {
				g.Line(b, last, next)
			}
			last = next
		}
	}
	// f
	line([2]float64{-0.05, 1}, [2]float64{0.8, 1})
	line([2]float64{0.3, 0}, [2]float64{0.3, 1.43})
	arc(0.72, 1.43, 0.42, 180, 62)
	// l
	line([2]float64{1.35, 1.85}, [2]float64{1.35, 0.3})
	arc(1.65, 0.3, 0.3, 180, 285)
	// o
	arc(2.5, 0.5, 0.5, 0, 360)
	// w
	line([2]float64{3.35, 1}, [2]float64{3.62, 0}, [2]float64{3.95, 0.85}, [2]float64{4.28, 0}, [2]float64{4.55, 1})

	s, err := NewSampler(g)
	if err != nil {
		panic("density: the word of the preset has no ink")
	}
	return drawn{s, g}
}
