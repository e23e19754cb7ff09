package ode_test

import (
	"math"
	"math/rand/v2"

	"inkflow/core/internal/upper"
	"inkflow/core/ode"
)

// A board is the exact flow from N(0, I) to the checkerboard on the linear path:
// uniform on eight of the sixteen squares of side 1/0.45 around the origin. Its
// denoiser is a quotient of differences of error functions, column by column and
// row by row. As t → 1 it is singular at every edge.
type board struct{ n int } // points

const (
	half = 1 / math.Sqrt2
	side = 1 / 0.45
)

func linear(t float64) (alpha, sigma, dAlpha, dSigma float64) { return t, 1 - t, 1, -1 }

// velocity is an ode.Field over x, [2 × n].
func (b board) velocity(dst, x []float32, t float64) {
	n := len(x) / 2
	for j := range n {
		upper.Clear()
		dx, dy := denoise(float64(x[j]), float64(x[n+j]), t, 1-t)
		// (D − x)/(1 − t) is u of the linear path.
		dst[j] = float32((dx - float64(x[j])) / (1 - t))
		dst[n+j] = float32((dy - float64(x[n+j])) / (1 - t))
	}
}

// denoise is E[X1 | αX1 + σX0 = (x, y)].
func denoise(x, y, alpha, sigma float64) (float64, float64) {
	if alpha == 0 {
		return 0, 0
	}
	mx, sx := columns(x/alpha, sigma/alpha)
	my, sy := columns(y/alpha, sigma/alpha)
	var mass, dx, dy float64
	for i := range 4 {
		for k := range 2 {
			j := 2*k + i&1
			mass += mx[i] * my[j]
			dx += sx[i] * my[j]
			dy += mx[i] * sy[j]
		}
	}
	if mass < 1e-250 {
		return nearest(x/alpha, y/alpha)
	}
	return dx / mass, dy / mass
}

// columns are the mass of N(c, s²) on each of the four columns, and its first
// moment there.
func columns(c, s float64) (mass, moment [4]float64) {
	var z, tail, density [5]float64
	for i := range z {
		z[i] = (float64(i-2)*side - c) / s
		if a := math.Abs(z[i]); a < 38 { // beyond, nothing is left of either
			tail[i] = math.Erfc(a*half) / 2
			density[i] = math.Exp(-a*a/2) / math.Sqrt(2*math.Pi)
		}
	}
	for i := range mass {
		switch { // the difference of numbers that are small
		case z[i] >= 0:
			mass[i] = tail[i] - tail[i+1]
		case z[i+1] <= 0:
			mass[i] = tail[i+1] - tail[i]
		default:
			mass[i] = 1 - tail[i] - tail[i+1]
		}
		moment[i] = c*mass[i] + s*(density[i]-density[i+1])
	}
	return mass, moment
}

// nearest is the point of the board next to one that is many deviations off it,
// the limit of the denoiser there.
func nearest(x, y float64) (bx, by float64) {
	best := math.Inf(1)
	for i := range 4 {
		for k := range 2 {
			j := 2*k + i&1
			px := min(max(x, float64(i-2)*side), float64(i-1)*side)
			py := min(max(y, float64(j-2)*side), float64(j-1)*side)
			if d := math.Hypot(px-x, py-y); d < best {
				best, bx, by = d, px, py
			}
		}
	}
	return bx, by
}

// target draws points of the board.
func (b board) target(rng *rand.Rand) []float32 {
	x := make([]float32, 2*b.n)
	for j := range b.n {
		i, k := rng.IntN(4), rng.IntN(2)
		x[j] = float32((float64(i-2) + rng.Float64()) * side)
		x[b.n+j] = float32((float64(2*k+i&1-2) + rng.Float64()) * side)
	}
	return x
}

func (b board) noise(rng *rand.Rand) []float32 {
	x := make([]float32, 2*b.n)
	for i := range x {
		x[i] = float32(rng.NormFloat64())
	}
	return x
}

var _ ode.Field[float32] = board{}.velocity
