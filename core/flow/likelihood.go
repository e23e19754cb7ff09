package flow

import (
	"errors"
	"math"

	"inkflow/core/ode"
	"inkflow/core/path"
)

// A Likelihood computes how probable points are under a flow. It owns its
// buffers and is not safe for concurrent use.
//
// The density rides along the flow: d log p_t(x_t)/dt = −div u_t(x_t), the
// instantaneous change of variables (Chen et al. 2018; Grathwohl et al. 2019;
// Song et al. 2021, section 4.3). So a point is followed back to where it came
// from, and
//
//	log q̂(x) = log p0(x0) − ∫₀¹ div u_t(x_t) dt,
//
// all in nats and natural units.
type Likelihood struct {
	field  Divergent
	dim    int
	source func(x []float64) float64
	grid   []float64 // falling, from the data end to the noise end
	rhs    ode.Field[float64]
	solver ode.Integrator[float64]
	last   closing
	n      int       // points at hand
	state  []float64 // [(dim + rows) × Chunk] the points, then −∫ div u, a row an estimate
	aside  []float64 // [(dim + rows) × Chunk]
	point  []float64 // [dim]
}

// Following is how points are followed for a likelihood. The zero value is
// Dormand–Prince to a tolerance of 1e-6.
type Following struct {
	Method ode.Method // a Runge–Kutta method; no name: dopri5
	Steps  int        // of a method without control of its own; 0: 100
	// Tolerances of a method with control; 0: 1e-6 both. The error is that of
	// the points and of log q̂, in nats.
	Rtol, Atol float64
	// Source is log p0 at a point, [d], for a source that is not
	// N(0, Path.Source()² I): one that is drawn, or the exact p_0 of a path
	// that keeps a trace of the data at t = 0.
	Source func(x []float64) float64
}

// NewLikelihood returns a Likelihood under the flow of a field that was trained
// on s, or is exact for it.
//
// It starts from the end of the scheduler's interval. Where that is short of
// t = 1, the stretch that is left is closed to second order in σ/α, which for
// VP's hundredth of noise and a density that is smooth on the scale of a
// hundredth is well below 1e-4. A Closed field is singular where σ is 0, and
// there σ/α = 1/1000 is its end. Of VE, which ends with the noise σmin and not
// with none, the result is the density of just that: of samples as they come
// out, with the variance σmin² on top of the target's.
func NewLikelihood(f Divergent, s path.Scheduler, how Following) (*Likelihood, error) {
	if how.Method.Name == "" {
		m, err := ode.ParseMethod("dopri5")
		if err != nil {
			panic(err.Error())
		}
		how.Method = m
	}
	if how.Method.Exponential() {
		return nil, errors.New("the solver " + how.Method.Name + " steps the data that is expected and cannot carry a density back; choose one like dopri5 or rk4")
	}
	if how.Steps < 0 || !(how.Rtol >= 0) || !(how.Atol >= 0) || math.IsInf(how.Rtol+how.Atol, 1) {
		return nil, errors.New("steps and tolerances of a likelihood are finite and not negative; leave them out for 100 steps and 1e-6")
	}
	if how.Rtol == 0 {
		how.Rtol = 1e-6
	}
	if how.Atol == 0 {
		how.Atol = 1e-6
	}
	d, rows := f.Dim(), f.Rows()
	solver, err := ode.NewRungeKutta[float64](how.Method, (d+rows)*Chunk, ode.Options{Rtol: how.Rtol, Atol: how.Atol, Norm: ode.Max})
	if err != nil {
		return nil, err
	}
	steps := how.Steps
	switch {
	case how.Method.Adaptive():
		steps = 1
	case steps == 0:
		steps = 100
	}
	from, to := s.Interval()
	_, singular := f.(*closed)
	last := closingOf(s, to, singular)
	l := &Likelihood{
		field: f, dim: d, source: how.Source, solver: solver, last: last,
		grid:  ode.Span(last.t, from, steps),
		state: make([]float64, (d+rows)*Chunk), aside: make([]float64, (d+rows)*Chunk), point: make([]float64, d),
	}
	l.rhs = l.derivative
	if l.source == nil {
		l.source = normal(s.Source())
	}
	return l, nil
}

// normal is the log-density of N(0, s²I).
func normal(s float64) func(x []float64) float64 {
	return func(x []float64) float64 {
		sum := 0.0
		for _, v := range x {
			sum += v * v
		}
		return -sum/(2*s*s) - float64(len(x))*(math.Log(s)+math.Log(2*math.Pi)/2)
	}
}

// Dim is the number of coordinates of a point.
func (l *Likelihood) Dim() int { return l.dim }

// Log sets dst, [n] for any n, to log q̂ in nats of the points x, [d × n]. Where
// stderr is not nil, it becomes the standard error of each, [n]: what the
// probes of an estimated divergence leave open, 0 where it is exact, NaN for a
// single probe. Points that could not be followed get NaN, and the result says
// why.
func (l *Likelihood) Log(dst, stderr, x []float64) ode.Result {
	n := len(dst)
	if len(x) != n*l.dim || stderr != nil && len(stderr) != n {
		panic("flow: Log wants a number a point of x, [d × n]")
	}
	var res ode.Result
	for first := 0; first < n; first += Chunk {
		res = worst(res, l.chunk(dst, stderr, x, first, min(Chunk, n-first)))
	}
	return res
}

// chunk does the m points from first on.
func (l *Likelihood) chunk(dst, stderr, x []float64, first, m int) ode.Result {
	n, d, rows := len(dst), l.dim, l.field.Rows()
	l.n = m
	state := l.state[:(d+rows)*m]
	points, change := state[:d*m], state[d*m:]
	for i := range d {
		copy(points[i*m:][:m], x[i*n+first:][:m])
	}
	l.field.Start(m)
	entered := l.last.enter(l.field, points, change, l.aside[:len(state)])
	res := l.solver.Solve(l.rhs, state, l.grid, nil)
	res.Evaluations += entered
	for j := range m {
		for i := range d {
			l.point[i] = points[i*m+j]
		}
		mean, squares := 0.0, 0.0
		for k := range rows {
			mean += change[k*m+j]
		}
		mean /= float64(rows)
		for k := range rows {
			squares += (change[k*m+j] - mean) * (change[k*m+j] - mean)
		}
		dst[first+j] = l.source(l.point) + mean
		if res.Status != ode.Done {
			dst[first+j] = math.NaN()
		}
		if stderr != nil {
			stderr[first+j] = l.deviation(squares)
		}
	}
	return res
}

// deviation is the standard error of a mean of Rows estimates, from the sum of
// their squared deviations.
func (l *Likelihood) deviation(squares float64) float64 {
	rows := float64(l.field.Rows())
	if _, estimated := l.field.(*hutchinson); rows == 1 && !estimated {
		return 0
	}
	return math.Sqrt(squares / (rows - 1) / rows) // 0/0 for one probe
}

// derivative is the velocity of the points and, for each estimate, div u: as t
// falls from 1 to 0 the integral becomes −∫₀¹ div u dt.
func (l *Likelihood) derivative(dst, state []float64, t float64) {
	at := l.dim * l.n
	l.field.Divergence(dst[:at], dst[at:], state[:at], t)
}
