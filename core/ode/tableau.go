package ode

import (
	"errors"
	"strconv"
	"strings"
)

// A Tableau is an explicit Runge–Kutta method as data, in the notation of
// Butcher (1964): with step h,
//
//	k_i = f(x + h Σ_{j<i} A[i][j] k_j, t + C[i] h)
//	x'  = x + h Σ_i B[i] k_i
//
// A value is read-only once it has been handed to New.
type Tableau struct {
	Name  string
	Order int         // global order of convergence
	A     [][]float64 // [stages] rows; row i holds i entries, so the method is explicit
	B     []float64   // [stages] weights of the step
	C     []float64   // [stages] times of the stages, as fractions of the step
}

// Stages is the number of velocity evaluations of one step taken alone.
func (tab Tableau) Stages() int { return len(tab.B) }

// FirstSameAsLast reports whether the last stage of a step is the first stage
// of the next one, which saves one evaluation on every step but the first.
func (tab Tableau) FirstSameAsLast() bool {
	last := len(tab.B) - 1
	if last < 1 || tab.C[last] != 1 || tab.B[last] != 0 {
		return false
	}
	for j, a := range tab.A[last] {
		if a != tab.B[j] {
			return false
		}
	}
	return true
}

// Validate reports what keeps tab from being the method it claims to be: its
// shape, the sums of its rows, and the order conditions up to the fifth
// (Hairer, Nørsett and Wanner 1993, table II.2.2).
func (tab Tableau) Validate() error {
	s := len(tab.B)
	switch {
	case tab.Name == "":
		return errors.New("ode: a tableau needs a name")
	case s == 0:
		return errors.New("ode: tableau " + strconv.Quote(tab.Name) + " has no stages")
	case len(tab.A) != s || len(tab.C) != s:
		return errors.New("ode: tableau " + strconv.Quote(tab.Name) + " has " + strconv.Itoa(s) +
			" weights, so A and C need as many rows, not " + strconv.Itoa(len(tab.A)) + " and " + strconv.Itoa(len(tab.C)))
	case tab.Order < 1:
		return errors.New("ode: tableau " + strconv.Quote(tab.Name) + " claims order " + strconv.Itoa(tab.Order) +
			"; a method that converges has at least 1")
	}
	for i, row := range tab.A {
		if len(row) != i {
			return errors.New("ode: tableau " + strconv.Quote(tab.Name) + ": row " + strconv.Itoa(i) + " of A has " +
				strconv.Itoa(len(row)) + " entries, an explicit method has " + strconv.Itoa(i))
		}
		sum := 0.0
		for _, a := range row {
			sum += a
		}
		if !near(sum, tab.C[i]) {
			return errors.New("ode: tableau " + strconv.Quote(tab.Name) + ": row " + strconv.Itoa(i) + " of A sums to " +
				number(sum) + ", but C[" + strconv.Itoa(i) + "] is " + number(tab.C[i]))
		}
	}
	return tab.check(tab.B, 1, tab.Order, "the step")
}

// table lists the methods in the order in which a menu shows them.
// A new method is one file and one row here.
var table = []Tableau{Euler, Midpoint, RK4}

// Tableaus returns the methods of this package, the cheapest first.
func Tableaus() []Tableau { return append([]Tableau(nil), table...) }

// Parse returns the method called name, in any case of letters.
func Parse(name string) (Tableau, error) {
	for _, tab := range table {
		if strings.EqualFold(tab.Name, strings.TrimSpace(name)) {
			return tab, nil
		}
	}
	names := make([]string, len(table))
	for i, tab := range table {
		names[i] = tab.Name
	}
	return Tableau{}, errors.New("ode: there is no solver " + strconv.Quote(name) + "; choose one of " + strings.Join(names, ", "))
}
