package theorem

import "math"

// Estimate is a number found by sampling.
type Estimate struct {
	Value float64
	Error float64 // its standard error
}

// moments are the mean of a series of numbers and its spread, one number at a
// time (Welford 1962).
type moments struct {
	n          float64
	mean, rest float64 // rest is the sum of squares about the mean
}

func (m *moments) add(x float64) {
	m.n++
	d := x - m.mean
	m.mean += d / m.n
	m.rest += d * (x - m.mean)
}

// estimate is the mean with its standard error, NaN of fewer than two numbers.
func (m *moments) estimate() Estimate {
	return Estimate{m.mean, math.Sqrt(m.rest / (m.n - 1) / m.n)}
}
