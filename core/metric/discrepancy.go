package metric

import (
	"math"

	"inkflow/core/internal/upper"
)

// A Discrepancy compares two clouds by the distances of all their pairs: those
// across, and those within each cloud. MMD² (mmd.go) and the energy distance
// (energydistance.go) are two ways to add up the same pairs, so one pass serves
// both. It looks at n·m + n(n−1)/2 + m(m−1)/2 pairs, works in slices of time and
// keeps its memory from one start to the next. The zero value is ready for Start.
// It is not safe for concurrent use.
type Discrepancy struct {
	clouds    [2][]float64 // [d × n] and [d × m]
	d         int
	bandwidth float64
	exponent  float64        // −1/(2·bandwidth²)
	square    [strip]float64 // scratch: squared distances
	part      part
	row, col  int // the pair to go on with
	distance  [parts]float64
	kernel    [parts]float64
	work      int // since the deadline was last asked, in units of about a nanosecond
}

// A part is one of the three sets of pairs.
type part int

const (
	across  part = iota // x_i and y_j
	withinX             // x_i and x_j, i < j
	withinY
	parts
)

// strip is how many pairs are looked at in one go.
const strip = 512

// Start begins to compare x, [d × n] and feature-major, to y, [d × m]. Both are
// copied. The bandwidth is that of MMD2, in the units of the points: a property
// of the target, so that figures can be compared (see Bandwidth). Without a
// positive one only the energy distance is computed, in a fifth of the time.
// Each cloud needs two points, and finite coordinates: otherwise the run is over
// at once and both measures are NaN.
func (c *Discrepancy) Start(x, y []float32, d int, bandwidth float64) {
	if d < 1 || len(x)%d != 0 || len(y)%d != 0 {
		panic("metric: clouds are not [d × n] each")
	}
	c.d, c.bandwidth = d, bandwidth
	c.exponent = -1 / (2 * bandwidth * bandwidth)
	c.part, c.row, c.col, c.work = across, 0, 0, 0
	c.distance, c.kernel = [parts]float64{}, [parts]float64{}
	for k, points := range [2][]float32{x, y} {
		c.clouds[k] = grow(c.clouds[k], len(points))
		for i, v := range points {
			c.clouds[k][i] = float64(v)
		}
	}
	if len(x) < 2*d || len(y) < 2*d || !allFinite(x) || !allFinite(y) {
		c.part = parts
		c.distance[across], c.kernel[across] = math.NaN(), math.NaN()
	}
}

// Advance works until all pairs were seen or deadline says that time is up; a nil
// deadline never does. It asks every fraction of a millisecond, and always gets on
// before it asks, so that repeated calls come to an end. It reports whether the
// comparison is complete.
func (c *Discrepancy) Advance(deadline func() bool) (done bool) {
	if c.d == 0 {
		panic("metric: Advance before Start")
	}
	for c.part != parts {
		c.step()
		if c.work >= quantum {
			c.work = 0
			if deadline != nil && deadline() {
				break
			}
		}
	}
	return c.part == parts
}

// step adds a strip of pairs of one row, and moves on.
func (c *Discrepancy) step() {
	rows, cols := c.pair()
	n, m := len(rows)/c.d, len(cols)/c.d
	to := min(m, c.col+strip)
	square := c.square[:to-c.col]
	clear(square)
	for k := range c.d {
		p := rows[k*n+c.row]
		for j, q := range cols[k*m+c.col:][:len(square)] {
			square[j] += (p - q) * (p - q)
		}
	}
	c.distance[c.part] += distances(square)
	c.work += 2 * (c.d + 1) * len(square)
	if c.bandwidth > 0 {
		c.kernel[c.part] += kernels(square, c.exponent)
		c.work += 10 * len(square)
	}
	if c.col = to; to < m {
		return
	}
	c.row, c.col = c.row+1, 0
	last := n - 1
	if c.part != across {
		c.col = c.row + 1
		last-- // the last point has no partner after it
	}
	if c.row > last {
		c.part, c.row, c.col = c.part+1, 0, 1
	}
}

// pair is the two clouds of the part.
func (c *Discrepancy) pair() (rows, cols []float64) {
	switch c.part {
	case withinX:
		return c.clouds[0], c.clouds[0]
	case withinY:
		return c.clouds[1], c.clouds[1]
	}
	return c.clouds[0], c.clouds[1]
}

// means are the mean of sums over the pairs of each part.
func (c *Discrepancy) means(sums [parts]float64) (means [parts]float64) {
	if c.d == 0 || c.part != parts {
		panic("metric: asked for a measure before the comparison is done")
	}
	n, m := float64(len(c.clouds[0])/c.d), float64(len(c.clouds[1])/c.d)
	means[across] = sums[across] / (n * m)
	means[withinX] = sums[withinX] / (n * (n - 1) / 2)
	means[withinY] = sums[withinY] / (m * (m - 1) / 2)
	return means
}

func distances(square []float64) float64 {
	sum := 0.0
	for _, r := range square {
		sum += math.Sqrt(r)
	}
	return sum
}

// nothing is what a kernel too small to matter counts as. Its fourth power is still
// far from the numbers that processors are slow with.
const nothing = 1e-70

// kernels is the sum of the mixture of mmd.go; the squares are lost. Each Gaussian
// is half as wide as the one before, hence its fourth power: one exponential serves
// them all.
func kernels(square []float64, exponent float64) float64 {
	upper.Clear()
	for i, r := range square {
		square[i] = math.Exp(exponent * r)
	}
	sum := 0.0
	for range widths {
		for i, e := range square {
			e = max(e, nothing)
			sum += e
			e *= e
			square[i] = e * e
		}
	}
	return sum / widths
}
