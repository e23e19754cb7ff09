package panel

import (
	goimage "image"
	"image/color"
	"math"

	"github.com/ebitenui/ebitenui/image"
	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/vector"
)

// shape is a rectangle with round corners. All measures are pixels.
type shape struct {
	radius, border int
	fill, edge     color.RGBA // premultiplied
}

// box fills a rectangle with round corners; radius and border are in
// device-independent pixels.
func (k *look) box(dst *ebiten.Image, r goimage.Rectangle, radius, border float64, fill, edge color.RGBA) {
	s := shape{min(k.px(radius), r.Dx()/2, r.Dy()/2), k.px(border), fill, edge}
	if border > 0 {
		s.border = max(s.border, 1)
	}
	k.nineSlice(s).Draw(dst, r.Dx(), r.Dy(), func(op *ebiten.DrawImageOptions) {
		op.GeoM.Translate(float64(r.Min.X), float64(r.Min.Y))
	})
}

func (k *look) nineSlice(s shape) *image.NineSlice {
	n, ok := k.shapes[s]
	if !ok {
		c := max(s.radius, s.border)
		n = image.NewNineSliceSimple(ebiten.NewImageFromImage(s.paint()), c, 1)
		k.shapes[s] = n
	}
	return n
}

// paint draws the four corners around one pixel of middle. Coverage follows
// from the signed distance to the edge.
func (s shape) paint() *goimage.RGBA {
	c := max(s.radius, s.border)
	side := 2*c + 1
	m := goimage.NewRGBA(goimage.Rect(0, 0, side, side))
	half, r := float64(side)/2, float64(s.radius)
	for y := range side {
		for x := range side {
			dx := math.Abs(float64(x)+0.5-half) - (half - r)
			dy := math.Abs(float64(y)+0.5-half) - (half - r)
			d := math.Hypot(max(dx, 0), max(dy, 0)) + min(max(dx, dy), 0) - r
			outer := min(max(0.5-d, 0), 1)
			inner := min(max(0.5-d-float64(s.border), 0), 1)
			m.SetRGBA(x, y, blend(s.edge, outer-inner, s.fill, inner))
		}
	}
	return m
}

// blend is a·u + b·v of premultiplied colours.
func blend(a color.RGBA, u float64, b color.RGBA, v float64) color.RGBA {
	f := func(a, b uint8) uint8 { return uint8(math.Round(float64(a)*u + float64(b)*v)) }
	return color.RGBA{f(a.R, b.R), f(a.G, b.G), f(a.B, b.B), f(a.A, b.A)}
}

// fill fills a rectangle.
func fill(dst *ebiten.Image, r goimage.Rectangle, c color.RGBA) {
	if r = r.Intersect(dst.Bounds()); !r.Empty() && c.A > 0 {
		vector.FillRect(dst, float32(r.Min.X), float32(r.Min.Y), float32(r.Dx()), float32(r.Dy()), c, false)
	}
}
