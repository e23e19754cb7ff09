package odetest

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"inkflow/core/ode"
)

// A Build makes the integrator under test, as ode.NewIntegrator does for a method.
type Build func(size int, o ode.Options) (ode.Integrator[float64], error)

// Check runs all cases on the integrator that build makes for method m, and
// returns what failed, nil when nothing did.
func Check(m ode.Method, build Build) error {
	k := &kit{method: m, build: build}
	for _, c := range []struct {
		name string
		run  func()
	}{
		{"order", k.order},
		{"landing", k.landing},
		{"counts", k.counts},
		{"end", k.end},
		{"round trip", k.roundTrip},
		{"memory", k.memory},
		{"non-finite", k.nonFinite},
		{"allocation", k.allocation},
	} {
		k.current = c.name
		c.run()
	}
	return errors.Join(k.failures...)
}

type kit struct {
	method   ode.Method
	build    Build
	current  string
	failures []error
}

func (k *kit) errorf(format string, args ...any) {
	prefix := []any{k.method.Name, k.current}
	k.failures = append(k.failures, fmt.Errorf("%s: %s: "+format, append(prefix, args...)...))
}

// options are what every method gets; adaptive ones are asked for tol.
func options(tol float64) ode.Options { return ode.Options{Rtol: tol, Atol: tol, Signal: Signal} }

// integrator is one that must be made, and is replaced by none where it is not.
func (k *kit) integrator(tol float64) ode.Integrator[float64] {
	s, err := k.build(size, options(tol))
	if err != nil {
		k.errorf("%w", err)
		return still{}
	}
	return s
}

// still takes the place of an integrator that could not be made.
type still struct{}

func (still) Solve(ode.Field[float64], []float64, []float64, func(int, float64, []float64)) ode.Result {
	return ode.Result{}
}

// failure is the distance to the solution at the end of a grid.
func (k *kit) failure(s ode.Integrator[float64], grid []float64) float64 {
	x := state(grid[0])
	if res := s.Solve(velocity, x, grid, nil); res.Status != ode.Done {
		k.errorf("ended with %v", res.Status)
	}
	return distance(x, state(grid[len(grid)-1]))
}

// order: the slope of log error against log step is the order within 0.2, on equal
// and on unequal steps. An adaptive method must meet its tolerance instead.
func (k *kit) order() {
	if k.method.Adaptive() {
		for _, tol := range []float64{1e-3, 1e-5, 1e-7, 1e-9} {
			for _, grid := range [][]float64{{0, 1}, {1, 0}} {
				// A few steps, each within the tolerance, on a flow that spreads by
				// less than 2.
				if d := k.failure(k.integrator(tol), grid); !(d <= 10*tol) {
					k.errorf("tolerance %g, from %g: off by %g", tol, grid[0], d)
				}
			}
		}
		return
	}
	s := k.integrator(0)
	uneven := func(from, to float64, steps int) []float64 { return ode.Shift(from, to, steps, 1.7) }
	for name, grid := range map[string]func(from, to float64, steps int) []float64{"equal": ode.Span, "unequal": uneven} {
		for _, ends := range [][2]float64{{0.05, 0.95}, {0.95, 0.05}} {
			steps := 64
			if k.method.Order >= 4 {
				steps = 24 // further, and rounding is seen
			}
			slope := math.Log2(k.failure(s, grid(ends[0], ends[1], steps)) / k.failure(s, grid(ends[0], ends[1], 2*steps)))
			if !(math.Abs(slope-float64(k.method.Order)) <= 0.2) {
				k.errorf("%s steps from %g to %g: slope %.3f, order %d", name, ends[0], ends[1], slope, k.method.Order)
			}
		}
	}
}

// landing: the observer sees every time of the grid, to the bit and in order, with
// states near the solution; the last is the result.
func (k *kit) landing() {
	s := k.integrator(1e-6)
	for _, grid := range [][]float64{ode.Uniform(40), ode.Span(1, 0, 40), {0.1, 1. / 3, 0.34, 0.7, 0.95}, {0, 1}} {
		x, last, next := state(grid[0]), make([]float64, size), 0
		kept := append([]float64(nil), grid...)
		s.Solve(velocity, x, grid, func(i int, t float64, y []float64) {
			if i != next || i >= len(grid) || t != grid[i] {
				k.errorf("seen %d at %g, want %d of %v", i, t, next, grid)
			}
			next++
			copy(last, y)
			// Loose: order 1 on 40 steps, or few steps of a high order.
			if d := distance(y, state(t)); len(grid) > 10 && !(d <= 0.1) {
				k.errorf("off by %g at %g", d, t)
			}
		})
		if next != len(grid) {
			k.errorf("%d of %d times seen", next, len(grid))
		}
		if distance(x, last) != 0 {
			k.errorf("the last state shown is %v, the result %v", last, x)
		}
		if distance(grid, kept) != 0 {
			k.errorf("the grid was changed")
		}
		y := state(grid[0])
		if s.Solve(velocity, y, grid, nil); distance(x, y) != 0 {
			k.errorf("being watched changes the result from %v to %v", y, x)
		}
	}
}

// counts: evaluations are those that were made, and those that were promised.
func (k *kit) counts() {
	s := k.integrator(1e-4)
	for _, steps := range []int{1, 2, 3, 8} {
		calls := 0
		res := s.Solve(func(dst, x []float64, t float64) { calls++; velocity(dst, x, t) }, state(0), ode.Uniform(steps), nil)
		if res.Evaluations != calls {
			k.errorf("%d evaluations counted, %d made", res.Evaluations, calls)
		}
		if k.method.Adaptive() {
			continue
		}
		if want := k.method.Evaluations(steps); calls != want || res.Steps != steps || res.Rejected != 0 {
			k.errorf("%d steps: %+v, want %d evaluations", steps, res, want)
		}
		if k.method.Steps(calls) != steps {
			k.errorf("%d evaluations buy %d steps, not %d", calls, k.method.Steps(calls), steps)
		}
	}
}

// end: no evaluation on the last time of the grid or outside of it.
func (k *kit) end() {
	s := k.integrator(1e-7)
	for _, grid := range [][]float64{ode.Uniform(1), ode.Uniform(2), ode.Uniform(9), ode.Span(0.9, 0.2, 5)} {
		from, to := grid[0], grid[len(grid)-1]
		s.Solve(func(dst, x []float64, t float64) {
			if f := (t - from) / (to - from); !(f >= 0 && f < 1) {
				k.errorf("an evaluation at %g on the way from %g to %g", t, from, to)
			}
			velocity(dst, x, t)
		}, state(from), grid, nil)
	}
}

// roundTrip: there and back again, nearer with more steps.
func (k *kit) roundTrip() {
	s := k.integrator(1e-8)
	x := state(0)
	s.Solve(velocity, x, ode.Uniform(400), nil)
	s.Solve(velocity, x, ode.Span(1, 0, 400), nil)
	// Order 1 leaves about 1/400 each way.
	if d := distance(x, state(0)); !(d <= 0.02) {
		k.errorf("there and back is off by %g", d)
	}
}

// memory: a run depends on nothing that another one left behind, works on part of
// the buffer, and touches nothing beyond its state.
func (k *kit) memory() {
	s := k.integrator(1e-5)
	first, again := state(0), state(0)
	a := s.Solve(velocity, first, ode.Uniform(5), nil)
	s.Solve(func(dst, x []float64, t float64) { copy(dst, x) }, []float64{7}, ode.Span(3, 1, 4), nil)
	s.Solve(func(dst, x []float64, t float64) { dst[0] = math.NaN() }, []float64{7}, ode.Uniform(3), nil)
	b := s.Solve(velocity, again, ode.Uniform(5), nil)
	if distance(first, again) != 0 || a != b {
		k.errorf("the same run twice: %v %+v, then %v %+v", first, a, again, b)
	}
	long := append(state(0), 42)
	s.Solve(velocity, long[:size], ode.Uniform(5), nil)
	if long[size] != 42 || distance(long[:size], first) != 0 {
		k.errorf("a state inside a longer buffer becomes %v", long)
	}
}

// nonFinite: a field that breaks down leaves the last finite state and a status
// with advice.
func (k *kit) nonFinite() {
	s := k.integrator(1e-4)
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		for _, wall := range []float64{-1, 0.6} {
			x := state(0)
			calls := 0
			res := s.Solve(func(dst, x []float64, t float64) {
				velocity(dst, x, t)
				if calls++; t > wall {
					dst[1] = bad
				}
			}, x, ode.Uniform(10), nil)
			if res.Status != ode.NonFinite || res.Status.Advice() == "" {
				k.errorf("%g after %g: %v, advice %q", bad, wall, res.Status, res.Status.Advice())
			}
			if res.Evaluations != calls {
				k.errorf("%d evaluations counted, %d made", res.Evaluations, calls)
			}
			if !(distance(x, x) == 0) || !(distance(x, state(0)) < 5) {
				k.errorf("%g after %g: left at %v", bad, wall, x)
			}
			if wall < 0 && distance(x, state(0)) != 0 {
				k.errorf("moved to %v without one finite step", x)
			}
		}
	}
}

// allocation: none in Solve.
func (k *kit) allocation() {
	s := k.integrator(1e-5)
	x, grid, field := state(0), ode.Uniform(6), ode.Field[float64](velocity)
	each := func(int, float64, []float64) {}
	if n := testing.AllocsPerRun(5, func() { s.Solve(field, x, grid, each) }); n != 0 {
		k.errorf("%g allocations per Solve", n)
	}
}
