package ode

// A Field is the right-hand side of dx/dt = f(x, t): it writes the velocity of
// every number of x at time t to dst, of the same length, and leaves x alone.
// The solver does not know how the numbers are arranged into points.
type Field[T float32 | float64] func(dst, x []T, t float64)

// A Solver steps a buffer through time with one method. It owns the memory of
// the stages; nothing is allocated after New. It is not safe for concurrent use.
type Solver[T float32 | float64] struct {
	tab    Tableau
	last   *Tableau // of the last step, nil for tab; no more stages than tab has
	tail   int      // number of steps that last takes
	reuse  bool     // first same as last
	stages [][]T    // [stages × size] velocities k_i
	point  []T      // [size] where the next stage looks, then the next state
}

// New returns a solver for buffers of up to size numbers. It panics if tab is
// not valid.
func New[T float32 | float64](tab Tableau, size int) *Solver[T] {
	if err := tab.Validate(); err != nil {
		panic(err.Error())
	}
	return newSolver[T](tab, size)
}

// newSolver is New for a tableau of this package: that those are right, the tests
// make sure, and no program pays for it.
func newSolver[T float32 | float64](tab Tableau, size int) *Solver[T] {
	if size < 0 {
		panic("ode: negative buffer size")
	}
	s := &Solver[T]{
		tab:    tab,
		reuse:  tab.FirstSameAsLast(),
		stages: make([][]T, tab.Stages()),
		point:  make([]T, size),
	}
	for i := range s.stages {
		s.stages[i] = make([]T, size)
	}
	return s
}

// Tableau is the method of the solver.
func (s *Solver[T]) Tableau() Tableau { return s.tab }

// Solve carries x, in place, along f through every time of grid; a decreasing
// grid runs the flow backwards. If each is not nil it sees the state at every
// grid time, the first included, as each(k, grid[k], x); it must not keep x or
// change it. A step that is not finite ends the run before it is taken.
func (s *Solver[T]) Solve(f Field[T], x []T, grid []float64, each func(k int, t float64, x []T)) Result {
	begin(len(x), len(s.point), grid)
	var res Result
	if each != nil {
		each(0, grid[0], x)
	}
	for k := 1; k < len(grid); k++ {
		tab := &s.tab
		if k >= len(grid)-s.tail && s.last != nil {
			tab = s.last
		}
		n, ok := s.step(tab, f, x, grid[k-1], grid[k], k == 1)
		res.Evaluations += n
		if !ok {
			res.Status = NonFinite
			return res
		}
		res.Steps++
		if each != nil {
			each(k, grid[k], x)
		}
	}
	return res
}

// step takes x from one time to the other and counts the evaluations. It leaves
// x as it was and answers false when the result is not finite.
func (s *Solver[T]) step(tab *Tableau, f Field[T], x []T, from, to float64, first bool) (evaluations int, ok bool) {
	h := to - from
	point := s.point[:len(x)]
	for i, k := range s.stages[:tab.Stages()] {
		k = k[:len(x)]
		switch {
		case i > 0:
			combine(point, x, s.stages, tab.A[i], h)
			f(k, point, stageTime(from, to, tab.C[i]))
		case first || !s.reuse:
			f(k, x, from)
		default:
			copy(k, s.stages[len(s.stages)-1][:len(x)])
			continue
		}
		evaluations++
	}
	combine(point, x, s.stages, tab.B, h)
	if !finite(point) {
		return evaluations, false
	}
	copy(x, point)
	return evaluations, true
}

// begin panics where a run cannot start.
func begin(state, size int, grid []float64) {
	if state > size {
		panic("ode: state larger than the solver's buffers")
	}
	if err := CheckGrid(grid); err != nil {
		panic(err.Error())
	}
}

// combine sets dst = x + h Σ weights[j] stages[j]; dst may be x.
func combine[T float32 | float64](dst, x []T, stages [][]T, weights []float64, h float64) {
	copy(dst, x)
	for j, w := range weights {
		if w == 0 {
			continue
		}
		a := T(h * w)
		k := stages[j][:len(dst)]
		for i := range dst {
			dst[i] += a * k[i]
		}
	}
}

// stageTime is exact at both ends of the step.
func stageTime(from, to, c float64) float64 {
	if c == 1 {
		return to
	}
	return from + c*(to-from)
}

// finite looks at the whole buffer in one pass: v-v is 0 for a finite v and NaN
// for every other, and a sum that has met a NaN stays one.
func finite[T float32 | float64](x []T) bool {
	var sum T
	for _, v := range x {
		sum += v - v
	}
	return sum == 0
}
