package metric

import "math"

// A Census counts points on the cells of a target, and asks two opposite questions.
// Share: do the points lie where the target is? It sees blur, bridges between the
// parts and haze in the gaps, and nothing of what is missing. Coverage: is there a
// point wherever the target is? It sees what is missing.
//
// Points of several draws may be added up: 10,000 points are a fair number for
// either. It is not safe for concurrent use, but two can be merged, in any order
// with the same result.
type Census struct {
	cells          *Cells
	hit            []bool // [h × w]
	points, inside int
}

// NewCensus returns an empty count on the cells.
func NewCensus(cells *Cells) *Census {
	return &Census{cells: cells, hit: make([]bool, len(cells.mass))}
}

// Reset forgets all points.
func (c *Census) Reset() {
	clear(c.hit)
	c.points, c.inside = 0, 0
}

// Add counts the points of x, [2 × n] and feature-major. A point that is not
// finite lies on no cell.
func (c *Census) Add(x []float32) {
	n := cloud(x, x, 2)
	for j, u := range x[:n] {
		if k := c.cells.at(float64(u), float64(x[n+j])); k >= 0 {
			c.hit[k] = true
			c.inside++
		}
	}
	c.points += n
}

// Merge adds the count of another census on the same cells.
func (c *Census) Merge(from *Census) {
	if c.cells != from.cells {
		panic("metric: two censuses on different cells")
	}
	for k, hit := range from.hit {
		c.hit[k] = c.hit[k] || hit
	}
	c.points += from.points
	c.inside += from.inside
}

// Points is the number of points counted.
func (c *Census) Points() int { return c.points }

// Inside is the fraction of the points that lie on the cells that matter, NaN
// without points.
func (c *Census) Inside() float64 { return float64(c.inside) / float64(c.points) }

// Share is Inside relative to the target's own, Cells.Mass. Where the cells are only
// a picture of the target, such as the raster of a Gaussian, divide by the Inside of
// a census of real points instead. It can exceed 1, if only by the 1 % outside.
//
// Its standard error is √(s(1 − s)/n): at .94 it is .005 for 2,000 points and .0024
// for 10,000. One draw of 2,000 tells a good stroke from a blurred one, and ten
// thousand points tell .94 from .95.
func (c *Census) Share() float64 { return c.Inside() / c.cells.total }

// Coverage is the fraction, by mass, of the cells that matter on which there is a
// point, NaN without points. It rises with the number of points, and real ones do
// not reach 1 either: set it against Cells.Coverage of as many points. With fewer
// than two points to a cell, on average, it says little about any place.
//
// At 2,000 points on 965 equal cells it is .874 ± .009 for the target itself. Six
// such draws, each by itself, tell that 3 % of the target are missing.
func (c *Census) Coverage() float64 {
	if c.points == 0 {
		return math.NaN()
	}
	sum := 0.0
	for k, hit := range c.hit {
		if hit {
			sum += c.cells.mass[k]
		}
	}
	return sum / c.cells.total
}
