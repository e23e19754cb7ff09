package ode

import (
	"errors"
	"strconv"
	"strings"
)

// A Method is a solver as data: what a menu shows, what it costs, and what
// NewIntegrator builds. The zero value is no method; take one from Methods or
// ParseMethod.
//
// No method evaluates the field at the last time of a grid. The exact field of a
// drawing is singular at t = 1, and a stage that falls there ruins a solution of
// few steps. A method that would look there takes its last steps with another
// one, of at most an order less, which leaves the order of the whole as it is: a
// step of order p makes an error of h^(p+1), and there are one or two of them.
// RK4 takes one step of Ralston3; Heun two of Midpoint, since on a field whose
// slope grows like 1/(1 − t) its second stage overshoots before the end already.
type Method struct {
	Name  string // as ParseMethod takes it
	Title string // for a menu
	Order int    // global order of convergence
	Grid  string // name of the time grid that suits it: "uniform", "shift", "logsnr"

	family  family
	tableau *Tableau // fixed steps: of every step but the last
	last    *Tableau // fixed steps: of the last ones
	tail    int      // how many those are
	pair    *Pair    // adaptive steps
}

// A family is the way in which a method steps.
type family uint8

const (
	fixed       family = iota + 1 // a tableau on the steps of the grid
	adaptive                      // a pair on steps of its own
	adams                         // a memory of the last velocity
	exponential                   // linear part solved exactly, in log(α/σ)
)

// methods lists the methods in the order in which a menu shows them.
// A new one is a file and a row here.
var methods = []Method{
	{Name: "euler", Title: "Euler", Order: 1, Grid: "uniform", family: fixed, tableau: &Euler, last: &Euler, tail: 1},
	{Name: "midpoint", Title: "Midpoint", Order: 2, Grid: "uniform", family: fixed, tableau: &Midpoint, last: &Midpoint, tail: 1},
	{Name: "heun", Title: "Heun", Order: 2, Grid: "shift", family: fixed, tableau: &Heun, last: &Midpoint, tail: 2},
	{Name: "ralston", Title: "Ralston", Order: 2, Grid: "uniform", family: fixed, tableau: &Ralston, last: &Ralston, tail: 1},
	{Name: "rk4", Title: "Runge–Kutta 4", Order: 4, Grid: "uniform", family: fixed, tableau: &RK4, last: &Ralston3.Tableau, tail: 1},
	{Name: "ab2", Title: "Adams–Bashforth 2", Order: 2, Grid: "uniform", family: adams, tableau: &Midpoint},
	{Name: "dopri5", Title: "Dormand–Prince 5(4)", Order: 5, Grid: "uniform", family: adaptive, pair: &DormandPrince},
	{Name: "bs32", Title: "Bogacki–Shampine 3(2)", Order: 3, Grid: "uniform", family: adaptive, pair: &BogackiShampine},
	{Name: "ddim", Title: "DDIM", Order: 1, Grid: "uniform", family: exponential},
	{Name: "dpmpp2m", Title: "DPM-Solver++(2M)", Order: 2, Grid: "logsnr", family: exponential},
}

// Methods returns the methods of this package in the order of a menu.
func Methods() []Method { return append([]Method(nil), methods...) }

// ParseMethod returns the method called name, in any case of letters.
func ParseMethod(name string) (Method, error) {
	names := make([]string, len(methods))
	for i, m := range methods {
		if strings.EqualFold(m.Name, strings.TrimSpace(name)) {
			return m, nil
		}
		names[i] = m.Name
	}
	return Method{}, errors.New("ode: there is no solver " + strconv.Quote(name) + "; choose one of " + strings.Join(names, ", "))
}

// Adaptive reports whether the method chooses its own steps. The grid then only
// says where the solution is looked at.
func (m Method) Adaptive() bool { return m.family == adaptive }

// Exponential reports whether the method works on the denoiser and so needs
// Options.Signal.
func (m Method) Exponential() bool { return m.family == exponential }

// Evaluations is the number of evaluations of the field, NFE, that a grid of so
// many steps costs; 0 for an adaptive method, whose cost only the run can tell.
func (m Method) Evaluations(steps int) int {
	if steps < 1 {
		panic("ode: a grid needs at least one step")
	}
	switch m.family {
	case fixed:
		tail := min(m.tail, steps)
		return (steps-tail)*m.tableau.Stages() + tail*m.last.Stages()
	case adams:
		return steps - 1 + m.tableau.Stages()
	case exponential:
		return steps
	}
	return 0
}

// Steps is the largest number of steps that costs at most so many evaluations,
// and at least 1; 0 for an adaptive method.
func (m Method) Steps(evaluations int) int {
	if m.Adaptive() {
		return 0
	}
	steps := 1
	for m.Evaluations(steps+1) <= evaluations {
		steps++
	}
	return steps
}

// A Signal gives the path X_t = α X1 + σ X0 that a velocity belongs to, and its
// derivatives in time. A path.Scheduler's Coefficients is one.
type Signal func(t float64) (alpha, sigma, dAlpha, dSigma float64)

// Options are what some methods need and others ignore.
type Options struct {
	// Rtol and Atol bound the error that an adaptive method leaves in one step:
	// Atol + Rtol |x| for every number, as Norm weighs them. 0 means 1e-5.
	Rtol, Atol float64
	// Norm joins the errors of a batch to the one that the step is judged by.
	Norm Norm
	// MaxSteps is the number of steps after which an adaptive method gives up,
	// rejected ones included. 0 means 10,000.
	MaxSteps int
	// Signal is the path, for the exponential integrators.
	Signal Signal
}

// An Integrator carries x, in place, along f from the first time of a grid to the
// last; a falling grid runs the flow backwards. If each is not nil it sees the
// state at every time of the grid, the first included; it must not keep x or
// change it. Where the result's status is not Done, x is the last state that was
// finite and accepted.
//
// An Integrator owns all memory it needs and allocates nothing in Solve. It is
// not safe for concurrent use. Solve panics on a grid that CheckGrid refuses and
// on a state larger than the integrator was made for.
type Integrator[T float32 | float64] interface {
	Solve(f Field[T], x []T, grid []float64, each func(k int, t float64, x []T)) Result
}

// NewIntegrator returns an integrator of method m for buffers of up to size
// numbers. It reports options that the method cannot work with.
func NewIntegrator[T float32 | float64](m Method, size int, o Options) (Integrator[T], error) {
	switch m.family {
	case adams:
		return newAdams[T](*m.tableau, size), nil
	case exponential:
		if o.Signal == nil {
			return nil, errors.New("ode: " + m.Name + " works on the denoiser of a Gaussian path; give it the path's signal, or choose a solver of the velocity such as midpoint")
		}
		return newExponential[T](m.Order, size, o.Signal), nil
	}
	return NewRungeKutta[T](m, size, o)
}

// NewRungeKutta is NewIntegrator for the methods that take their steps alone,
// with and without control of the step size. A program that calls only this links
// nothing of the others.
func NewRungeKutta[T float32 | float64](m Method, size int, o Options) (Integrator[T], error) {
	switch m.family {
	case fixed:
		s := newSolver[T](*m.tableau, size)
		s.last, s.tail = m.last, m.tail
		return s, nil
	case adaptive:
		a, err := newController[T](o)
		if err != nil {
			return nil, err
		}
		return newAdaptive(*m.pair, size, a), nil
	case adams, exponential:
		return nil, errors.New("ode: " + m.Name + " is no Runge–Kutta method; choose one like dopri5, rk4 or midpoint")
	}
	panic("ode: not a method")
}
