package ode

import "math"

// An adaptiveRun walks a pair with steps of its own. The times of the grid between
// the first and the last do not touch the walk: the state there is read from the
// dense output.
type adaptiveRun[T float32 | float64] struct {
	controller[T]
	walk, last *Pair
	stages     [][]T     // [stages × size] velocities k_i; the first is that of the state
	point      []T       // [size] where the next stage looks, then the next state
	work       []T       // [size] the error estimate, then the states between
	between    []float64 // [stages] weights of the dense output

	// The run in progress.
	f    Field[T]
	each func(k int, t float64, x []T)
	grid []float64
	next int // grid time that is shown next
	res  Result
}

func newAdaptive[T float32 | float64](pair Pair, size int, c controller[T]) *adaptiveRun[T] {
	if size < 0 {
		panic("ode: negative buffer size")
	}
	if !pair.FirstSameAsLast() {
		panic("ode: adaptive steps need a pair whose last stage is the first of the next step")
	}
	a := &adaptiveRun[T]{
		controller: c,
		walk:       &pair,
		last:       &Ralston3,
		stages:     make([][]T, max(pair.Stages(), Ralston3.Stages())),
		point:      make([]T, size),
		work:       make([]T, size),
		between:    make([]float64, pair.Stages()),
	}
	for i := range a.stages {
		a.stages[i] = make([]T, size)
	}
	return a
}

// nearest is the part of the whole time span at which the last step is taken
// whatever its estimate says. At a singular end the estimate may never be small,
// and what is left there moves a point by a millionth of its speed.
const nearest = 1e-6

// Solve implements Integrator.
//
// The last step is Ralston3's, whose stages keep off the end of the grid: it is
// tried when the proposed step all but reaches the end, and where its estimate fails the
// walk goes on to where it should not. A rejected try is counted as a step.
func (a *adaptiveRun[T]) Solve(f Field[T], x []T, grid []float64, each func(k int, t float64, x []T)) Result {
	begin(len(x), len(a.point), grid)
	a.f, a.each, a.grid, a.next, a.res = f, each, grid, 1, Result{}
	a.start()
	if each != nil {
		each(0, grid[0], x)
	}
	a.res.Status = a.run(x)
	a.f, a.each, a.grid = nil, nil, nil
	return a.res
}

func (a *adaptiveRun[T]) run(x []T) Status {
	t, end := a.grid[0], a.grid[len(a.grid)-1]
	span := math.Abs(end - t)
	a.evaluate(0, x, t)
	if !finite(a.stages[0][:len(x)]) {
		return NonFinite
	}
	h := a.firstStep(x, t, end-t)
	for {
		left := end - t
		if math.Abs(h) >= 0.9*math.Abs(left) {
			if a.res.Steps+a.res.Rejected >= a.maxSteps {
				return TooManySteps
			}
			err := a.try(a.last, x, t, end)
			sure := finite(a.point[:len(x)])
			if sure && (err <= 1 || math.Abs(left) <= nearest*span) {
				a.show(a.last, x, t, end)
				copy(x, a.point)
				a.res.Steps++
				return Done
			}
			a.res.Rejected++
			if math.Abs(left) <= nearest*span {
				return NonFinite
			}
			// Walk to where the last step will do.
			part := min(a.reject(err, float64(a.last.EstimateOrder+1)), 0.5)
			h = (1 - part) * left
		}
		if a.res.Steps+a.res.Rejected >= a.maxSteps {
			return TooManySteps
		}
		to := t + h
		if math.Abs(h) <= 16*0x1p-52*math.Max(math.Abs(t), span) {
			return StepTooSmall
		}
		err := a.try(a.walk, x, t, to)
		k := float64(a.walk.EstimateOrder + 1)
		if !(err <= 1) || !finite(a.point[:len(x)]) {
			a.res.Rejected++
			if err <= 1 {
				err = math.Inf(1)
			}
			h *= a.reject(err, k)
			if math.Abs(h) <= 16*0x1p-52*math.Max(math.Abs(t), span) && (math.IsNaN(err) || math.IsInf(err, 0)) {
				return NonFinite
			}
			continue
		}
		a.show(a.walk, x, t, to)
		copy(x, a.point)
		first, last := 0, a.walk.Stages()-1
		a.stages[first], a.stages[last] = a.stages[last], a.stages[first]
		a.res.Steps++
		t = to
		h *= a.accept(err, k)
	}
}

// evaluate sets stage i to the velocity at (x, t).
func (a *adaptiveRun[T]) evaluate(i int, x []T, t float64) {
	a.f(a.stages[i][:len(x)], x, t)
	a.res.Evaluations++
}

// try sets point to the state after a step of pair p and returns the norm of its
// error. Stage 0 is there already.
func (a *adaptiveRun[T]) try(p *Pair, x []T, from, to float64) float64 {
	h := to - from
	point, work := a.point[:len(x)], a.work[:len(x)]
	for i := 1; i < p.Stages(); i++ {
		combine(point, x, a.stages, p.A[i], h)
		a.evaluate(i, point, stageTime(from, to, p.C[i]))
	}
	if !p.FirstSameAsLast() { // otherwise the last stage looked there
		combine(point, x, a.stages, p.B, h)
	}
	clear(work)
	combine(work, work, a.stages, p.Estimate, h)
	return a.measure(work, x, point)
}

// show gives each the states at the grid's times in (from, to], x being that at
// from.
func (a *adaptiveRun[T]) show(p *Pair, x []T, from, to float64) {
	forward := to > from
	for a.next < len(a.grid) {
		t := a.grid[a.next]
		if t != to && (t > to) == forward {
			return
		}
		if a.each != nil {
			state := a.point[:len(x)]
			if t != to {
				weights := a.between[:p.Stages()]
				p.weights(weights, (t-from)/(to-from))
				state = a.work[:len(x)]
				combine(state, x, a.stages, weights, to-from)
			}
			a.each(a.next, t, state)
		}
		a.next++
	}
}

// firstStep is the starting step of Hairer, Nørsett and Wanner (1993, II.4): one
// that an Euler step of a hundredth of the scale of x shows to be small against
// the second derivative. It costs one evaluation.
func (a *adaptiveRun[T]) firstStep(x []T, t, span float64) float64 {
	k0, k1 := a.stages[0][:len(x)], a.stages[1][:len(x)]
	d0, d1 := a.measure(x, x, x), a.measure(k0, x, x)
	h := 1e-6
	if d0 >= 1e-5 && d1 >= 1e-5 {
		h = 0.01 * d0 / d1
	}
	h = math.Copysign(min(h, math.Abs(span)/2), span)
	point, work := a.point[:len(x)], a.work[:len(x)]
	for i := range point {
		point[i] = x[i] + T(h)*k0[i]
	}
	a.evaluate(1, point, t+h)
	for i := range work {
		work[i] = k1[i] - k0[i]
	}
	d2 := a.measure(work, x, x) / math.Abs(h)
	if math.IsNaN(d2) || math.IsInf(d2, 0) {
		return h / 100 // a step so long meets what is not finite
	}
	next := math.Max(1e-6, math.Abs(h)*1e-3)
	if steepest := math.Max(d1, d2); steepest > 1e-15 {
		next = math.Pow(0.01/steepest, 1/float64(a.walk.EstimateOrder+1))
	}
	return math.Copysign(min(100*math.Abs(h), next, math.Abs(span)), span)
}
