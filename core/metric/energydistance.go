package metric

// EnergyDistance is the energy distance without bias (Székely and Rizzo 2013),
//
//	2 mean ‖x_i − y_j‖ − mean ‖x_i − x_j‖ − mean ‖y_i − y_j‖
//
// with i ≠ j in the last two, in the units of the points. It needs no bandwidth,
// and long distances count most: it sees mass in the wrong place, and hardly a
// stroke out of focus. In one dimension it is twice the integral of the squared
// difference of the distribution functions; some, SciPy among them, call its root
// by the same name. Its mean over draws is 0 when the distributions are the same,
// and then half of the draws are negative. It is NaN if Start found points missing
// or not finite.
//
// The spread of a draw falls as 1/n. At n = 2,000 it is about a thousandth of the
// standard deviation of the points, between equal thin rings; six draws tell that
// one ring has 55 % of the points where it should have 50.
func (c *Discrepancy) EnergyDistance() float64 {
	r := c.means(c.distance)
	return 2*r[across] - r[withinX] - r[withinY]
}

// EnergyDistance is Discrepancy.EnergyDistance of x, [d × n], and y, [d × m], both
// feature-major.
func EnergyDistance(x, y []float32, d int) float64 {
	var c Discrepancy
	c.Start(x, y, d, 0)
	c.Advance(nil)
	return c.EnergyDistance()
}
