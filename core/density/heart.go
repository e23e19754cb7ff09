package density

import (
	"math"
	"math/rand/v2"
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

// draw fills the outline, each cell by the share of it inside: exact along x, and
// by so many lines along y. (An image library's rasteriser would do the same, and
// weigh a hundredth of the engine's binary.)
func (h heart) draw(g *Grid) {
	const corners, lines = 720, 8
	var u, v [corners + 1]float64 // the outline in cells
	for k := range u {
		x, y, _, _ := h.outline(2 * math.Pi * float64(k) / corners)
		u[k], v[k] = (x-g.X0)/g.Cell, (y+heartLift-g.Y0)/g.Cell
	}
	var cuts []float64
	for j := range g.H {
		row := g.Ink[j*g.W : (j+1)*g.W]
		for l := range lines {
			y := float64(j) + (float64(l)+.5)/lines
			cuts = cuts[:0]
			for k := range corners {
				if (v[k] < y) == (v[k+1] < y) {
					continue
				}
				cuts = append(cuts, u[k]+(u[k+1]-u[k])*(y-v[k])/(v[k+1]-v[k]))
				for c := len(cuts) - 1; c > 0 && cuts[c-1] > cuts[c]; c-- { // they are few
					cuts[c-1], cuts[c] = cuts[c], cuts[c-1]
				}
			}
			for c := 0; c+1 < len(cuts); c += 2 {
				from, to := max(cuts[c], 0), min(cuts[c+1], float64(g.W))
				for i := int(from); float64(i) < to; i++ {
					row[i] += float32(min(to, float64(i+1))-max(from, float64(i))) / lines
				}
			}
		}
	}
}
