package ode

import (
	"errors"
	"math"
	"strconv"
)

// A condition is one equation between the weights of a method and its stages. A
// method is of an order when it meets all conditions of that order and of those
// below.
type condition struct {
	order int
	name  string
	phi   []float64 // [stages] what the weights are multiplied with
	want  float64   // the sum, for a whole step
}

// conditions are those up to the fifth order, one for each rooted tree (Hairer,
// Nørsett and Wanner 1993, table II.2.2).
func (tab Tableau) conditions() []condition {
	c := tab.C
	one := make([]float64, len(c))
	for i := range one {
		one[i] = 1
	}
	c2, c3 := product(c, c), product(c, c, c)
	ac, ac2 := tab.times(c), tab.times(c2)
	aac := tab.times(ac)
	return []condition{
		{1, "Σ b", one, 1},
		{2, "Σ b c", c, 1. / 2},
		{3, "Σ b c²", c2, 1. / 3},
		{3, "Σ b A c", ac, 1. / 6},
		{4, "Σ b c³", c3, 1. / 4},
		{4, "Σ b c A c", product(c, ac), 1. / 8},
		{4, "Σ b A c²", ac2, 1. / 12},
		{4, "Σ b A A c", aac, 1. / 24},
		{5, "Σ b c⁴", product(c2, c2), 1. / 5},
		{5, "Σ b c² A c", product(c2, ac), 1. / 10},
		{5, "Σ b (A c)²", product(ac, ac), 1. / 20},
		{5, "Σ b c A c²", product(c, ac2), 1. / 15},
		{5, "Σ b A c³", tab.times(c3), 1. / 20},
		{5, "Σ b c A A c", product(c, aac), 1. / 30},
		{5, "Σ b A (c A c)", tab.times(product(c, ac)), 1. / 40},
		{5, "Σ b A A c²", tab.times(ac2), 1. / 60},
		{5, "Σ b A A A c", tab.times(aac), 1. / 120},
	}
}

// check reports the first condition up to an order that weights for the part
// theta of a step miss; there a tree of order ρ asks for θ^ρ of the whole.
func (tab Tableau) check(weights []float64, theta float64, order int, what string) error {
	for _, c := range tab.conditions() {
		got, want := dot(weights, c.phi), c.want*math.Pow(theta, float64(c.order))
		if order >= c.order && !near(got, want) {
			return errors.New("ode: tableau " + strconv.Quote(tab.Name) + ": " + what + " is not of order " +
				strconv.Itoa(c.order) + ": " + c.name + " is " + number(got) + ", not " + number(want))
		}
	}
	return nil
}

// times returns A x.
func (tab Tableau) times(x []float64) []float64 {
	y := make([]float64, len(x))
	for i, row := range tab.A {
		y[i] = dot(row, x[:len(row)])
	}
	return y
}

// product multiplies vectors entry by entry.
func product(vectors ...[]float64) []float64 {
	p := append([]float64(nil), vectors[0]...)
	for _, v := range vectors[1:] {
		for i, x := range v {
			p[i] *= x
		}
	}
	return p
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}

// near is false for NaN, so that a tableau with holes does not pass.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-12 }

// number is v in words for a message.
func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
