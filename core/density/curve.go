package density

import (
	"math"
	"math/rand/v2"
)

// curve is a thin set: a point at(u) of a line for u ~ U(0, 1), then noise
// N(0, sd² I).
type curve struct {
	at func(u float64) (x, y float64)
	sd float64
}

func (c curve) Dim() int { return 2 }

func (c curve) Sample(rng *rand.Rand, x []float32) {
	xs, ys := split(x)
	for j := range xs {
		px, py := c.at(rng.Float64())
		xs[j] = float32(px + c.sd*rng.NormFloat64())
		ys[j] = float32(py + c.sd*rng.NormFloat64())
	}
}

// presses of the pen along a line are a fraction of its noise apart.
const presses = 2048

// draw presses the pen along the line, close enough that the presses melt
// together.
func (c curve) draw(g *Grid) {
	pen := newPen(c.sd)
	for k := range presses {
		x, y := c.at((float64(k) + 0.5) / presses)
		pen.press(g, x, y)
	}
}

// crescents are the two interleaved half circles of scikit-learn's make_moons,
// the upper one for u < ½.
func crescents(u float64) (x, y float64) {
	if u < 0.5 {
		sin, cos := math.Sincos(2 * math.Pi * u)
		return cos, sin
	}
	sin, cos := math.Sincos(2*math.Pi*u - math.Pi)
	return 1 - cos, 0.5 - sin
}

// moons is make_moons with noise 0.05, times 2, minus 1.
func moons() source {
	return curve{sd: 2 * 0.05, at: func(u float64) (float64, float64) {
		x, y := crescents(u)
		return 2*x - 1, 2*y - 1
	}}
}

// moons7 is make_moons with noise 0.1, less its mean, over its standard
// deviation, times 7, where mean and deviation are single numbers, pooled over
// both coordinates, as in the code that Table A descends from (De Bortoli et
// al., 2021): the moons end up a little off the origin, and the W2² to
// 8gaussians12 is about 30.
//
// The two numbers are those of the distribution: the mean is (½ + ¼)/2, and
// the mean squares of the arcs are 1 in x and 5/8 − 1/π in y.
func moons7() source {
	const noise, mean = 0.1, 3.0 / 8
	scale := 7 / math.Sqrt((1+5.0/8-1/math.Pi)/2-mean*mean+noise*noise)
	return curve{sd: scale * noise, at: func(u float64) (float64, float64) {
		x, y := crescents(u)
		return scale * (x - mean), scale * (y - mean)
	}}
}

// scurve is columns 0 and 2 of scikit-learn's make_s_curve with noise 0.05,
// times 1.5.
func scurve() source {
	return curve{sd: 1.5 * 0.05, at: func(u float64) (float64, float64) {
		t := 3 * math.Pi * (u - 0.5)
		sin, cos := math.Sincos(t)
		return 1.5 * sin, 1.5 * math.Copysign(cos-1, t*(cos-1))
	}}
}

// swissroll is columns 0 and 2 of scikit-learn's make_swiss_roll, its angle
// uniform on [1.5π, 4.5π], with noise 0.5, over 5.
func swissroll() source {
	return curve{sd: 0.5 / 5, at: func(u float64) (float64, float64) {
		t := 1.5 * math.Pi * (1 + 2*u)
		sin, cos := math.Sincos(t)
		return t * cos / 5, t * sin / 5
	}}
}

// spiral is Archimedes' spiral of two and a half turns out to radius 2.6, with
// noise 0.04. The square root makes the ink nearly even along the arm.
func spiral() source {
	const turns, radius = 2.5, 2.6
	return curve{sd: 0.04, at: func(u float64) (float64, float64) {
		r := math.Sqrt(u)
		sin, cos := math.Sincos(2 * math.Pi * turns * r)
		return radius * r * cos, radius * r * sin
	}}
}

// ring is a circle of radius 2.2 with noise 0.08.
func ring() source {
	return curve{sd: 0.08, at: func(u float64) (float64, float64) {
		sin, cos := math.Sincos(2 * math.Pi * u)
		return 2.2 * cos, 2.2 * sin
	}}
}

// circles are two rings, of radius 2.4 and 1.2, with noise 0.08. The outer one
// has two thirds of the mass, so that both are drawn equally dark.
func circles() source {
	return curve{sd: 0.08, at: func(u float64) (float64, float64) {
		r, turn := 1.2, 3*u
		if u >= 1.0/3 {
			r, turn = 2.4, (3*u-1)/2
		}
		sin, cos := math.Sincos(2 * math.Pi * turn)
		return r * cos, r * sin
	}}
}
