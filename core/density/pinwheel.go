package density

import (
	"math"
	"math/rand/v2"
)

// pinwheel is five bent blades (Johnson et al., 2016, with the constants of
// Grathwohl et al., 2019, and their factor 2 replaced by 1.5):
//
//	a ~ N(1, 0.3²),  b ~ N(0, 0.1²),
//	x = 1.5·R(a, b), R a clockwise turn by 2πk/5 + e^a/4, k uniform in 0…4.
type pinwheel struct{}

const (
	pinwheelBlades = 5
	pinwheelRadial = 0.3
	pinwheelAcross = 0.1
	pinwheelScale  = 1.5
)

func newPinwheel() source { return pinwheel{} }

// turn is the sine and cosine of blade k's rotation at distance a, scaled.
func (pinwheel) turn(k int, a float64) (sin, cos float64) {
	sin, cos = math.Sincos(2*math.Pi*float64(k)/pinwheelBlades + 0.25*math.Exp(a))
	return pinwheelScale * sin, pinwheelScale * cos
}

func (pinwheel) Dim() int { return 2 }

func (p pinwheel) Sample(rng *rand.Rand, x []float32) {
	xs, ys := split(x)
	for j := range xs {
		a := 1 + pinwheelRadial*rng.NormFloat64()
		b := pinwheelAcross * rng.NormFloat64()
		sin, cos := p.turn(rng.IntN(pinwheelBlades), a)
		xs[j] = float32(a*cos + b*sin)
		ys[j] = float32(b*cos - a*sin)
	}
}

// draw sums the density over a lattice in (a, b), out to four deviations and
// finer than the cells, each lattice point shared among the four nearest.
func (p pinwheel) draw(g *Grid) {
	const reach = 4.0
	along, across := 4*max(g.W, g.H), max(g.W, g.H)/2+1
	for k := range pinwheelBlades {
		for m := range along {
			za := reach * (2*(float64(m)+0.5)/float64(along) - 1)
			a := 1 + pinwheelRadial*za
			sin, cos := p.turn(k, a)
			for n := range across {
				zb := reach * (2*(float64(n)+0.5)/float64(across) - 1)
				b := pinwheelAcross * zb
				g.drop(a*cos+b*sin, b*cos-a*sin, math.Exp(-(za*za+zb*zb)/2))
			}
		}
	}
}

// drop shares a weight among the four cells whose centres surround (x, y);
// what falls beside the grid is lost.
func (g *Grid) drop(x, y, weight float64) {
	u, v := (x-g.X0)/g.Cell-0.5, (y-g.Y0)/g.Cell-0.5
	i, j := int(math.Floor(u)), int(math.Floor(v))
	u, v = u-float64(i), v-float64(j)
	for b, down := range [2]float64{1 - v, v} {
		for a, right := range [2]float64{1 - u, u} {
			if i+a >= 0 && i+a < g.W && j+b >= 0 && j+b < g.H {
				g.Ink[(j+b)*g.W+i+a] += float32(weight * right * down)
			}
		}
	}
}
