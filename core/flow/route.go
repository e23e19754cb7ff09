package flow

import (
	"inkflow/core/ode"
	"inkflow/core/path"
)

// The ways from noise to data: the ODE; the ODE with corrector steps; the SDE by
// a method for stochastic equations; and the same by an exponential integrator.

// newRoute chooses the way of a plan that the model has no objection to.
func newRoute(f Velocity, s path.Scheduler, dim int, p *Plan, grid []float64) (route, error) {
	size := dim * Chunk
	var c *corrector
	if p.Corrector > 0 {
		c = newCorrector(f, s, p, size)
	}
	if p.Noise == 0 && (c == nil || !p.Method.Exponential()) {
		o := ode.Options{Rtol: p.Rtol, Atol: p.Atol, Signal: s.Coefficients}
		solver, err := ode.NewIntegrator[float32](p.Method, size, o)
		if err != nil {
			return nil, err
		}
		ahead := plain{field: f.Velocity, solver: solver}
		if c == nil {
			return &ahead, nil
		}
		return &corrected{plain: ahead, corrector: c}, nil
	}
	n := newNoisy(f, s, dim)
	if p.Method.Exponential() {
		return &renewed{n, c, newExponential(p.Method.Order > 1, p.Noise, s, grid, size)}, nil
	}
	n.g = ode.Tame(diffusion(p.Noise, s), func(t float64) float64 {
		_, sigma, _, _ := s.Coefficients(t)
		return sigma
	}, grid)
	m := ode.EulerMaruyama
	if n.heun = p.Method.Order > 1; n.heun {
		m = ode.StochasticHeun
	}
	r := &shaken{noisy: n, corrector: c, solver: ode.NewSDE[float32](m, size)}
	r.rhs, r.brownian = n.drift, n.increments
	if c != nil {
		r.solver.Corrector = c.correct
	}
	return r, nil
}

// plain is the ODE.
type plain struct {
	field  ode.Field[float32]
	solver ode.Integrator[float32]
}

func (r *plain) begin(uint64, int) {}

func (r *plain) solve(x []float32, grid []float64, each func(k int, t float64, x []float32)) ode.Result {
	return r.solver.Solve(r.field, x, grid, each)
}

// corrected is the ODE with a corrector after every step but the last. Points
// are moved between two steps, so each step is a run of its own, without memory
// of the last one.
type corrected struct {
	plain
	corrector *corrector
}

func (r *corrected) begin(seed uint64, chunk int) { r.corrector.begin(seed, chunk) }

func (r *corrected) solve(x []float32, grid []float64, each func(k int, t float64, x []float32)) (res ode.Result) {
	if each != nil {
		each(0, grid[0], x)
	}
	last := len(grid) - 1
	for k := 1; k <= last; k++ {
		step := r.solver.Solve(r.field, x, grid[k-1:k+1], nil)
		res.Evaluations += step.Evaluations
		res.Rejected += step.Rejected
		res.Steps += step.Steps
		if res.Status = step.Status; res.Status != ode.Done {
			return res
		}
		if k < last {
			n, ok := r.corrector.step(x, grid[k])
			res.Evaluations += n
			if !ok {
				res.Status = ode.NonFinite
				return res
			}
		}
		if each != nil {
			each(k, grid[k], x)
		}
	}
	return res
}

// shaken is the SDE.
type shaken struct {
	noisy     *noisy
	corrector *corrector // nil: none
	solver    *ode.SDE[float32]
	rhs       ode.Field[float32]
	brownian  ode.Brownian[float32]
}

func (r *shaken) begin(seed uint64, chunk int) {
	r.noisy.begin(seed, chunk)
	r.corrector.begin(seed, chunk)
}

func (r *shaken) solve(x []float32, grid []float64, each func(k int, t float64, x []float32)) ode.Result {
	return r.solver.Solve(r.rhs, one, r.brownian, x, grid, each)
}

// renewed is the SDE by an exponential integrator.
type renewed struct {
	noisy     *noisy
	corrector *corrector // nil: none
	method    *exponential
}

func (r *renewed) begin(seed uint64, chunk int) {
	r.noisy.begin(seed, chunk)
	r.corrector.begin(seed, chunk)
}

func (r *renewed) solve(x []float32, grid []float64, each func(k int, t float64, x []float32)) ode.Result {
	return r.method.Solve(r.noisy, r.corrector, x, grid, each)
}
