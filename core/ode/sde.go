package ode

import (
	"errors"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
)

// A Diffusion is g(t) ≥ 0 of the Itô equation
//
//	dx = f(x, t) dt + g(t) dW,
//
// the same for every number of the state and independent of it (additive noise).
type Diffusion func(t float64) float64

// A Brownian sets dst to the increments of independent Brownian motions, one a
// number, from one time to the next: normal, of variance |to − from|. Calls come
// in the order of the grid.
type Brownian[T float32 | float64] func(dst []T, from, to float64)

// Increments draws fresh increments from rng, which the caller owns and seeds.
func Increments[T float32 | float64](rng *rand.Rand) Brownian[T] {
	return func(dst []T, from, to float64) {
		s := math.Sqrt(math.Abs(to - from))
		for i := range dst {
			dst[i] = T(s * rng.NormFloat64())
		}
	}
}

// An SDEMethod is a solver of stochastic equations as data.
//
// Strong is the order in which single paths converge, E|x − x*|, and Weak that of
// means of smooth functions, which is what samples are for.
type SDEMethod struct {
	Name, Title  string
	Strong, Weak float64
	heun         bool
}

var (
	// EulerMaruyama is x' = x + h f(x, t) + g(t) ΔW (Maruyama 1955). Strong order
	// 1 because the noise is additive (½ where g depends on x), weak order 1. One
	// evaluation a step.
	EulerMaruyama = SDEMethod{Name: "euler-maruyama", Title: "Euler–Maruyama", Strong: 1, Weak: 1}

	// StochasticHeun averages the drift at both ends of an Euler–Maruyama step
	// (Kloeden and Platen 1992, 14.1 and 15.1):
	//
	//	y  = x + h f(x, t) + g(t + h/2) ΔW
	//	x' = x + h/2 (f(x, t) + f(y, t + h)) + g(t + h/2) ΔW.
	//
	// With additive noise it is a method of the Itô equation, of weak order 2 and
	// strong order 1. Two evaluations a step, one in the last step, which is Euler–
	// Maruyama's so that none falls on its end.
	StochasticHeun = SDEMethod{Name: "stochastic-heun", Title: "Stochastic Heun", Strong: 1, Weak: 2, heun: true}
)

// SDEMethods returns the methods for stochastic equations in the order of a menu.
func SDEMethods() []SDEMethod { return []SDEMethod{EulerMaruyama, StochasticHeun} }

// ParseSDEMethod returns the method called name, in any case of letters.
func ParseSDEMethod(name string) (SDEMethod, error) {
	var names []string
	for _, m := range SDEMethods() {
		if strings.EqualFold(m.Name, strings.TrimSpace(name)) {
			return m, nil
		}
		names = append(names, m.Name)
	}
	return SDEMethod{}, errors.New("ode: there is no stochastic solver " + strconv.Quote(name) + "; choose one of " + strings.Join(names, ", "))
}

// Evaluations is the number of evaluations of the drift on a grid of so many
// steps, a corrector's not counted.
func (m SDEMethod) Evaluations(steps int) int {
	if steps < 1 {
		panic("ode: a grid needs at least one step")
	}
	if m.heun {
		return 2*steps - 1
	}
	return steps
}

// An SDE carries a buffer along a stochastic equation. It owns its memory and
// allocates nothing in Solve. It is not safe for concurrent use.
type SDE[T float32 | float64] struct {
	// Corrector, if not nil, works on the state after every step but the last, at
	// the time reached, and says how often it evaluated (Song et al. 2021,
	// algorithm 1). It may change x.
	Corrector func(x []T, t float64) (evaluations int)

	method SDEMethod
	drift  []T // [size] f at the start of the step
	ahead  []T // [size] f at its end
	dw     []T // [size] increments of the Brownian motions
	point  []T // [size] the next state
}

// NewSDE returns a solver for buffers of up to size numbers.
func NewSDE[T float32 | float64](m SDEMethod, size int) *SDE[T] {
	if m.Name == "" {
		panic("ode: not a method")
	}
	if size < 0 {
		panic("ode: negative buffer size")
	}
	return &SDE[T]{
		method: m,
		drift:  make([]T, size),
		ahead:  make([]T, size),
		dw:     make([]T, size),
		point:  make([]T, size),
	}
}

// Solve carries x, in place, along dx = f dt + g dW through every time of the grid.
// each sees the states as in Integrator. On a falling grid the time runs
// backwards: f is still dx/dt, and the noise is of the same size.
func (s *SDE[T]) Solve(f Field[T], g Diffusion, w Brownian[T], x []T, grid []float64, each func(k int, t float64, x []T)) Result {
	begin(len(x), len(s.point), grid)
	var res Result
	if each != nil {
		each(0, grid[0], x)
	}
	for k := 1; k < len(grid); k++ {
		last := k == len(grid)-1
		res.Evaluations += s.step(f, g, w, x, grid[k-1], grid[k], last)
		if !finite(s.point[:len(x)]) {
			res.Status = NonFinite
			return res
		}
		copy(x, s.point)
		if s.Corrector != nil && !last {
			res.Evaluations += s.Corrector(x, grid[k])
			if !finite(x) {
				copy(x, s.point)
				res.Status = NonFinite
				return res
			}
		}
		res.Steps++
		if each != nil {
			each(k, grid[k], x)
		}
	}
	return res
}

// step sets point to the state after a step and counts the evaluations.
func (s *SDE[T]) step(f Field[T], g Diffusion, w Brownian[T], x []T, from, to float64, last bool) int {
	drift, ahead, dw, point := s.drift[:len(x)], s.ahead[:len(x)], s.dw[:len(x)], s.point[:len(x)]
	h := T(to - from)
	heun := s.method.heun && !last
	at := from
	if heun {
		at = from + (to-from)/2
	}
	w(dw, from, to)
	noise := T(g(at))
	f(drift, x, from)
	for i := range point {
		point[i] = x[i] + h*drift[i] + noise*dw[i]
	}
	if !heun {
		return 1
	}
	f(ahead, point, to)
	for i := range point {
		point[i] += h / 2 * (ahead[i] - drift[i])
	}
	return 2
}
