package ode

import (
	"errors"
	"math"
	"unsafe"
)

// Norm says how the errors of all numbers of a buffer become the one number that
// decides on a step.
type Norm uint8

const (
	// RMS is the root of the mean square over all numbers, points and coordinates
	// alike (Hairer, Nørsett and Wanner 1993, II.4). It bounds what samples are
	// judged by, means over a cloud, and costs what a typical point needs.
	RMS Norm = iota
	// Max is the largest of all numbers: every point meets the tolerance. A
	// thousand points share each step, so the worst of them sets it for all;
	// likelihoods and single trajectories are worth that, pictures are not.
	Max
)

// A controller judges steps and proposes the next one.
//
// It is proportional and integral (Gustafsson 1991; Hairer, Nørsett and Wanner
// 1993, II.4): with err_n the norm of the estimate, 1 being the tolerance, and
// k the power of h it falls with,
//
//	h_{n+1} = h_n · 0.9 · err_n^{−0.7/k} · err_{n−1}^{0.4/k},
//
// which follows a stiff field without the alternation of accepted and rejected
// steps that the memoryless rule falls into. A rejected step is repeated with
// 0.9 err^{−1/k}, and the step after it does not grow. An error that is not a
// number counts as infinite.
type controller[T float32 | float64] struct {
	rtol, atol float64
	norm       Norm
	maxSteps   int

	previous float64 // err of the last accepted step
	rejected bool    // the last attempt was
}

// Bounds on the change of a step from one to the next.
const (
	safety = 0.9
	shrink = 0.2
	growth = 5
)

func newController[T float32 | float64](o Options) (controller[T], error) {
	c := controller[T]{rtol: o.Rtol, atol: o.Atol, norm: o.Norm, maxSteps: o.MaxSteps}
	if c.rtol == 0 {
		c.rtol = 1e-5
	}
	if c.atol == 0 {
		c.atol = 1e-5
	}
	if c.maxSteps == 0 {
		c.maxSteps = 10000
	}
	finest := 1e-13
	if unsafe.Sizeof(T(0)) == 4 {
		finest = 1e-6
	}
	switch {
	case !(c.rtol > 0 && c.rtol < 1):
		return c, errors.New("ode: a relative tolerance of " + number(o.Rtol) + " makes no sense; choose one between " + number(finest) + " and 0.1")
	case c.rtol < finest:
		return c, errors.New("ode: a relative tolerance of " + number(o.Rtol) + " is finer than the numbers of the state; choose " + number(finest) + " or more")
	case !(c.atol > 0) || math.IsInf(c.atol, 1):
		return c, errors.New("ode: an absolute tolerance of " + number(o.Atol) + " makes no sense; choose a positive number")
	case c.maxSteps < 0:
		return c, errors.New("ode: a negative number of steps makes no sense; choose a limit such as 10000")
	case c.norm > Max:
		return c, errors.New("ode: no such norm; choose ode.RMS or ode.Max")
	}
	return c, nil
}

// start forgets the run before.
func (c *controller[T]) start() { c.previous, c.rejected = 1e-4, false }

// measure is the norm of e, each number over the tolerance that the larger of x
// and y allows it; all [size].
func (c *controller[T]) measure(e, x, y []T) float64 {
	sum, largest := 0.0, 0.0
	for i, v := range e {
		r := float64(v) / (c.atol + c.rtol*math.Max(math.Abs(float64(x[i])), math.Abs(float64(y[i]))))
		sum += r * r
		largest = max(largest, math.Abs(r)) // NaN stays NaN
	}
	switch {
	case len(e) == 0:
		return 0
	case c.norm == Max || math.IsNaN(largest):
		return largest
	}
	return math.Sqrt(sum / float64(len(e)))
}

// accept is the factor from the step just taken to the next.
func (c *controller[T]) accept(err, k float64) float64 {
	err = math.Max(err, 1e-10)
	factor := safety * math.Pow(err, -0.7/k) * math.Pow(c.previous, 0.4/k)
	c.previous = math.Max(err, 1e-4)
	limit := float64(growth)
	if c.rejected {
		limit = 1
	}
	c.rejected = false
	return min(max(factor, shrink), limit)
}

// reject is the factor from the step that failed to its repetition.
func (c *controller[T]) reject(err, k float64) float64 {
	c.rejected = true
	factor := safety * math.Pow(err, -1/k)
	if !(factor > shrink) { // NaN included
		return shrink
	}
	return factor
}
