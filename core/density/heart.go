package density

import (
	"image"
	"math"
	"math/rand/v2"

	"golang.org/x/image/vector"
)

// heart is the uniform density inside the curve
//
//	x = 16 sin³t,  y = 13 cos t − 5 cos 2t − 2 cos 3t − cos 4t,
//
// scaled to a width of 5.28 and moved to the middle of the page.
type heart struct{}

const (
	heartScale = 0.165
	heartLift  = 0.42 // centres it vertically, natural units
)

func newHeart() source { return heart{} }

// outline is the curve at t, and its speed, before the lift.
func (heart) outline(t float64) (x, y, dx, dy float64) {
	sin, cos := math.Sincos(t)
	sin2, cos2 := math.Sincos(2 * t)
	sin3, cos3 := math.Sincos(3 * t)
	sin4, cos4 := math.Sincos(4 * t)
	x = heartScale * 16 * sin * sin * sin
	y = heartScale * (13*cos - 5*cos2 - 2*cos3 - cos4)
	dx = heartScale * 48 * sin * sin * cos
	dy = heartScale * (-13*sin + 10*sin2 + 6*sin3 + 4*sin4)
	return x, y, dx, dy
}

func (heart) Dim() int { return 2 }

// Sample takes the origin for the tip of a fan of thin triangles: one of them
// with a chance in proportion to its area, by rejection, then a point of it.
// Every ray from the origin meets the outline once, so the fan covers the heart once.
func (h heart) Sample(rng *rand.Rand, x []float32) {
	const widest = heartScale * heartScale * 322 // just above the largest |x dy − y dx|
	xs, ys := split(x)
	for j := range xs {
		for {
			px, py, dx, dy := h.outline(2 * math.Pi * rng.Float64())
			if widest*rng.Float64() < math.Abs(px*dy-py*dx) {
				r := math.Sqrt(rng.Float64())
				xs[j], ys[j] = float32(r*px), float32(r*py+heartLift)
				break
			}
		}
	}
}

// draw fills the outline, each cell by the share of it inside.
func (h heart) draw(g *Grid) {
	const corners = 720
	z := vector.NewRasterizer(g.W, g.H)
	for k := range corners {
		x, y, _, _ := h.outline(2 * math.Pi * float64(k) / corners)
		u, v := float32((x-g.X0)/g.Cell), float32(float64(g.H)-(y+heartLift-g.Y0)/g.Cell)
		if k == 0 {
			z.MoveTo(u, v)
		} else {
			z.LineTo(u, v)
		}
	}
	z.ClosePath()
	page := image.NewAlpha(image.Rect(0, 0, g.W, g.H))
	z.Draw(page, page.Rect, image.Opaque, image.Point{})
	for j := range g.H {
		for i, a := range page.Pix[(g.H-1-j)*page.Stride:][:g.W] {
			g.Ink[j*g.W+i] = float32(a) / 255
		}
	}
}
