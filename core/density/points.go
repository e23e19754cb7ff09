package density

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
)

// Points is a cloud of data points as a density: a sample is one of the
// points, chosen uniformly, plus a little noise h·N(0, I).
//
// Without the noise a network that is trained long enough would learn the
// points by heart. The bandwidth h is a quarter of the median distance from a
// point to its nearest neighbour: of at most 512 points spread evenly over the
// file, among at most 65,536. So the noise fills the gaps between neighbours
// and no more: a thin curve stays thin. Where more than half of the points
// have a twin, h is 0, and the samples are the points themselves.
type Points struct {
	x []float32 // [2 × n]
	h float64
}

// maxCoordinate keeps squares and their sums well inside float32.
const maxCoordinate = 1e9

// NewPoints makes a density of the points x [2 × n], which it copies. It is an
// error when there are none, or one is not finite or beyond ±1e9; an odd
// length panics.
func NewPoints(x []float32) (*Points, error) {
	xs, _ := split(x)
	if len(xs) == 0 {
		return nil, errors.New("there are no points; one at least is wanted")
	}
	for i, v := range x {
		if !(math.Abs(float64(v)) <= maxCoordinate) {
			return nil, errors.New("point " + strconv.Itoa(i%len(xs)+1) + " has the coordinate " + number(v) +
				"; finite numbers within ±1e9 are wanted")
		}
	}
	p := &Points{x: slices.Clone(x)}
	p.h = p.gap() / 4
	return p, nil
}

// Dim is 2.
func (p *Points) Dim() int { return 2 }

// Len is the number of points.
func (p *Points) Len() int { return len(p.x) / 2 }

// Coordinates returns a copy of the points, [2 × n].
func (p *Points) Coordinates() []float32 { return slices.Clone(p.x) }

// Bandwidth is the standard deviation h of the noise around each point.
func (p *Points) Bandwidth() float64 { return p.h }

// Sample fills x [2 × n].
func (p *Points) Sample(rng *rand.Rand, x []float32) {
	xs, ys := split(x)
	n := p.Len()
	for j := range xs {
		k := rng.IntN(n)
		xs[j], ys[j] = p.x[k], p.x[n+k]
		if p.h > 0 {
			xs[j] += float32(p.h * rng.NormFloat64())
			ys[j] += float32(p.h * rng.NormFloat64())
		}
	}
}

// gap is the median nearest-neighbour distance, by the plain double loop over
// an evenly spread subsample; 0 for a single point.
func (p *Points) gap() float64 {
	const queries, pool = 512, 1 << 16
	n := p.Len()
	m := min(n, pool)
	if m < 2 {
		return 0
	}
	xs, ys := make([]float32, m), make([]float32, m)
	for k := range m {
		xs[k], ys[k] = p.x[k*n/m], p.x[n+k*n/m]
	}
	distances := make([]float64, min(m, queries))
	for q := range distances {
		self := q * m / len(distances)
		x, y := xs[self], ys[self]
		nearest := float32(math.Inf(1))
		for k, px := range xs {
			dx, dy := px-x, ys[k]-y
			if d := dx*dx + dy*dy; d < nearest && k != self {
				nearest = d
			}
		}
		distances[q] = math.Sqrt(float64(nearest))
	}
	slices.Sort(distances)
	return distances[len(distances)/2]
}
