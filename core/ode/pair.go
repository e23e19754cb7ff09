package ode

import (
	"errors"
	"strconv"
)

// A Pair is a Tableau that can judge its own steps, and be read between their
// ends. With a step h from x at t to x' at t + h:
//
//	error estimate  h Σ_i Estimate[i] k_i
//	x(t + θh)     = x + h Σ_i b_i(θ) k_i,   b_i(θ) = Σ_p Dense[i][p] θ^{p+1}
//
// The estimate is the difference to a second method on the same stages (Fehlberg
// 1969), of order EstimateOrder; the step itself is the better of the two.
type Pair struct {
	Tableau
	Estimate      []float64   // [stages] weights of the step less those of the second method
	EstimateOrder int         // order of the second method: the estimate falls like h^(EstimateOrder+1)
	Dense         [][]float64 // [stages × powers] coefficients of θ, θ², …
	DenseOrder    int         // global order of the dense output
}

// Validate reports what keeps p from being the pair it claims to be: the tableau,
// the order of the second method, and the order of the dense output inside the
// step, where its two ends are those of the step.
func (p Pair) Validate() error {
	if err := p.Tableau.Validate(); err != nil {
		return err
	}
	s := p.Stages()
	if len(p.Estimate) != s || len(p.Dense) != s {
		return errors.New("ode: pair " + strconv.Quote(p.Name) + " has " + strconv.Itoa(s) +
			" stages; its estimate and its dense output need a weight for each")
	}
	second := make([]float64, s)
	for i, e := range p.Estimate {
		second[i] = p.B[i] - e
	}
	if err := p.check(second, 1, p.EstimateOrder, "its second method"); err != nil {
		return err
	}
	w := make([]float64, s)
	for _, theta := range []float64{1. / 3, 3. / 4} {
		p.weights(w, theta)
		if err := p.check(w, theta, p.DenseOrder, "its dense output"); err != nil {
			return err
		}
	}
	p.weights(w, 1)
	for i, b := range p.B {
		if !near(w[i], b) {
			return errors.New("ode: the dense output of pair " + strconv.Quote(p.Name) + " does not end where the step does")
		}
	}
	return nil
}

// weights sets dst, [stages], to b_i(θ).
func (p *Pair) weights(dst []float64, theta float64) {
	for i, row := range p.Dense {
		sum := 0.0
		for j := len(row) - 1; j >= 0; j-- {
			sum = (sum + row[j]) * theta
		}
		dst[i] = sum
	}
}

// hermite is the dense output of a method whose last stage is the first of the
// next step: the cubic through both ends and both velocities, and a quartic
// θ²(1−θ)² h Σ d_i k_i that vanishes there with its slope,
//
//	b_i(θ) = (3θ² − 2θ³) b_i + (θ − 2θ² + θ³) [i first] + (θ³ − θ²) [i last] + (θ² − 2θ³ + θ⁴) d_i.
func hermite(b, d []float64) [][]float64 {
	dense := make([][]float64, len(b))
	for i := range b {
		dense[i] = []float64{0, 3*b[i] + d[i], -2*b[i] - 2*d[i], d[i]}
	}
	first, last := dense[0], dense[len(b)-1]
	first[0]++
	first[1] -= 2
	first[2]++
	last[1]--
	last[2]++
	return dense
}
