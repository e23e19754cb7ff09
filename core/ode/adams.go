package ode

// Adams–Bashforth 2 (Bashforth and Adams 1883), with the variable steps of
// Hairer, Nørsett and Wanner (1993, III.5): the line through the last two
// velocities, carried on over the step. With ω = h_n / h_{n−1},
//
//	x_{n+1} = x_n + h_n [(1 + ω/2) f_n − (ω/2) f_{n−1}].
//
// Order 2 on any grid, one evaluation a step and none at its end. The first step
// has no past and is taken with a tableau of order 2.
type multistep[T float32 | float64] struct {
	starter *Solver[T]
	now     []T // [size] velocity at the start of the step
	before  []T // [size] and at the start of the step before
	point   []T // [size] the next state
}

func newAdams[T float32 | float64](starter Tableau, size int) *multistep[T] {
	return &multistep[T]{
		starter: newSolver[T](starter, size),
		now:     make([]T, size),
		before:  make([]T, size),
		point:   make([]T, size),
	}
}

// Solve implements Integrator.
func (s *multistep[T]) Solve(f Field[T], x []T, grid []float64, each func(k int, t float64, x []T)) Result {
	begin(len(x), len(s.point), grid)
	var res Result
	if each != nil {
		each(0, grid[0], x)
	}
	point := s.point[:len(x)]
	for k := 1; k < len(grid); k++ {
		h := grid[k] - grid[k-1]
		now, before := s.now[:len(x)], s.before[:len(x)]
		if k == 1 {
			n, ok := s.starter.step(&s.starter.tab, f, x, grid[0], grid[1], true)
			res.Evaluations += n
			if !ok {
				res.Status = NonFinite
				return res
			}
			copy(now, s.starter.stages[0])
		} else {
			f(now, x, grid[k-1])
			res.Evaluations++
			ratio := h / (grid[k-1] - grid[k-2])
			a, b := T(h*(1+ratio/2)), T(-h*ratio/2)
			for i := range point {
				point[i] = x[i] + a*now[i] + b*before[i]
			}
			if !finite(point) {
				res.Status = NonFinite
				return res
			}
			copy(x, point)
		}
		s.now, s.before = s.before, s.now
		res.Steps++
		if each != nil {
			each(k, grid[k], x)
		}
	}
	return res
}
