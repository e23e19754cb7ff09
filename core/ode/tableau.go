package ode

import (
	"errors"
	"fmt"
	"math"
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
// shape, the sums of its rows, and the order conditions up to the fourth
// (Hairer, Nørsett and Wanner 1993, table II.2.2).
func (tab Tableau) Validate() error {
	s := len(tab.B)
	switch {
	case tab.Name == "":
		return errors.New("ode: a tableau needs a name")
	case s == 0:
		return fmt.Errorf("ode: tableau %q has no stages", tab.Name)
	case len(tab.A) != s || len(tab.C) != s:
		return fmt.Errorf("ode: tableau %q has %d weights, so A and C need %d rows, not %d and %d",
			tab.Name, s, s, len(tab.A), len(tab.C))
	case tab.Order < 1:
		return fmt.Errorf("ode: tableau %q claims order %d; a method that converges has at least 1", tab.Name, tab.Order)
	}
	for i, row := range tab.A {
		if len(row) != i {
			return fmt.Errorf("ode: tableau %q: row %d of A has %d entries, an explicit method has %d",
				tab.Name, i, len(row), i)
		}
		sum := 0.0
		for _, a := range row {
			sum += a
		}
		if !near(sum, tab.C[i]) {
			return fmt.Errorf("ode: tableau %q: row %d of A sums to %g, but C[%d] is %g", tab.Name, i, sum, i, tab.C[i])
		}
	}
	for _, c := range tab.conditions() {
		if tab.Order >= c.order && !near(c.got, c.want) {
			return fmt.Errorf("ode: tableau %q is not of order %d: %s is %g, not %g",
				tab.Name, c.order, c.name, c.got, c.want)
		}
	}
	return nil
}

// A condition is one equation that a method of its order must satisfy.
type condition struct {
	order     int
	name      string
	got, want float64
}

func (tab Tableau) conditions() []condition {
	b, c := tab.B, tab.C
	ones := make([]float64, len(c))
	c2 := make([]float64, len(c))
	c3 := make([]float64, len(c))
	for i, x := range c {
		ones[i], c2[i], c3[i] = 1, x*x, x*x*x
	}
	ac, ac2 := tab.times(c), tab.times(c2)
	cac := make([]float64, len(c))
	for i, x := range c {
		cac[i] = x * ac[i]
	}
	return []condition{
		{1, "Σ b", dot(b, ones), 1},
		{2, "Σ b c", dot(b, c), 1. / 2},
		{3, "Σ b c²", dot(b, c2), 1. / 3},
		{3, "Σ b A c", dot(b, ac), 1. / 6},
		{4, "Σ b c³", dot(b, c3), 1. / 4},
		{4, "Σ b c A c", dot(b, cac), 1. / 8},
		{4, "Σ b A c²", dot(b, ac2), 1. / 12},
		{4, "Σ b A A c", dot(b, tab.times(ac)), 1. / 24},
	}
}

// times returns A x.
func (tab Tableau) times(x []float64) []float64 {
	y := make([]float64, len(x))
	for i, row := range tab.A {
		y[i] = dot(row, x[:len(row)])
	}
	return y
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

// must is for the tableaux of this package, which are right or the program is not.
func must(tab Tableau) Tableau {
	if err := tab.Validate(); err != nil {
		panic(err.Error())
	}
	return tab
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
	return Tableau{}, fmt.Errorf("ode: there is no solver %q; choose one of %s", name, strings.Join(names, ", "))
}
