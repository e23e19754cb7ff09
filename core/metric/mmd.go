package metric

import "math"

// widths is the number of Gaussians in the kernel of MMD².
const widths = 6

// MMD2 is the squared maximum mean discrepancy without bias (Gretton et al. 2012,
// equation 3),
//
//	MMD² = mean k(x_i, x_j) + mean k(y_i, y_j) − 2 mean k(x_i, y_j)
//
// with i ≠ j in the first two. The kernel is the mean of six Gaussians
// exp(−r²/(2w²)) with w = h, h/2, h/4, … h/32, h the bandwidth given to Start: one
// width alone sees only what goes wrong at its own scale. MMD² has no unit and lies
// below 2. Its mean over draws is 0 when the distributions are the same, and then
// half of the draws are negative. It is NaN without a positive bandwidth, or if
// Start found points missing or not finite.
//
// The spread of a draw falls as 1/n. At n = 2,000 it is 2.3e-4 between equal thin
// rings, so that four draws, ±1.2e-4, tell what is above 3.5e-4 at three standard
// errors: more is not needed for a hole in a stroke or a stroke that is displaced
// by a third of its width, while no number of draws that one would wait for shows
// a blur of that size.
func (c *Discrepancy) MMD2() float64 {
	if !(c.bandwidth > 0) {
		return math.NaN()
	}
	k := c.means(c.kernel)
	return k[withinX] + k[withinY] - 2*k[across]
}

// MMD2 is Discrepancy.MMD2 of x, [d × n], and y, [d × m], both feature-major.
func MMD2(x, y []float32, d int, bandwidth float64) float64 {
	var c Discrepancy
	c.Start(x, y, d, bandwidth)
	c.Advance(nil)
	return c.MMD2()
}

// Bandwidth is the h of MMD2 for a target of which y, [d × n] and feature-major,
// are points: their standard deviation along an axis, as the root mean square over
// the d axes, in the units of the points. A figure for MMD² is comparable only to
// those of the same h, so it is to be found once for a target, and not from the
// samples that are judged. It is 0 if all points coincide and NaN for none.
func Bandwidth(y []float32, d int) float64 {
	n := cloud(y, y, d)
	sum := 0.0
	for k := range d {
		axis := y[k*n:][:n]
		mean := 0.0
		for _, v := range axis {
			mean += float64(v) / float64(n)
		}
		for _, v := range axis {
			sum += (float64(v) - mean) * (float64(v) - mean)
		}
	}
	return math.Sqrt(sum / float64(n*d))
}
