package ode_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"inkflow/core/metric"
	"inkflow/core/ode"
)

// logSNR and its inverse on the linear path.
func logSNR(t float64) float64      { return math.Log(t / (1 - t)) }
func timeOf(lambda float64) float64 { return 1 / (1 + math.Exp(-lambda)) }

// own is the grid that a method names.
func own(m ode.Method, steps int) []float64 {
	switch m.Grid {
	case "uniform":
		return ode.Uniform(steps)
	case "shift":
		return ode.Shift(0, 1, steps, 2)
	case "logsnr":
		return ode.FromLogSNR(logSNR, timeOf, 0, 1, steps)
	}
	panic("no grid is called " + m.Grid)
}

// arrive carries noise to the board and returns W2 to fresh points of it, the same
// noise and points for the same draw.
func arrive(t *testing.T, b board, s ode.Integrator[float32], grid []float64, draw uint64) float64 {
	t.Helper()
	rng := rand.New(rand.NewPCG(draw, 17))
	x, y := b.noise(rng), b.target(rng)
	if res := s.Solve(b.velocity, x, grid, nil); res.Status != ode.Done {
		t.Errorf("%v on %v: %v", res, grid, res.Status)
	}
	return metric.W2(x, y, 2)
}

func on(b board, m ode.Method) ode.Integrator[float32] {
	return must(ode.NewIntegrator[float32](m, 2*b.n, ode.Options{Rtol: 1e-3, Atol: 1e-3, Signal: linear}))
}

// At eight evaluations every solver of the second order, on the grid it names, is
// as good as with 256 steps on the same noise, although the exact field of the
// board is singular at the end. The rule, W2 ≤ 1.15 × that of 256 steps, is for
// 2,000 points, where a W2 of 0.26 to 0.29 is mostly the noise of the points: there
// 12 draws gave 1.02 for midpoint, 1.10 heun, 1.08 ralston, 1.06 ab2, 1.08 dpmpp2m,
// and 1.07 for rk4 beside them. With half as many points the noise is half as large
// again, and 1.10 is asked for. (Heun on equal steps misses it.)
func TestEightEvaluations(t *testing.T) {
	const draws = 8
	b := board{1000}
	for _, m := range ode.Methods() {
		if m.Order != 2 {
			continue
		}
		s := on(b, m)
		few, many := 0.0, 0.0
		for d := range uint64(draws) {
			few += arrive(t, b, s, own(m, m.Steps(8)), d) / draws
			many += arrive(t, b, s, own(m, 256), d) / draws
		}
		if !(few <= 1.10*many) {
			t.Errorf("%s: W2 %.3f with %d evaluations, %.3f with 256 steps", m.Name, few, m.Evaluations(m.Steps(8)), many)
		}
	}
}

// A stage on the singular end, or next to it, is what all this avoids: the plain tableau of Heun's
// method, same steps, same noise. The adaptive methods get there too.
func TestSingularEnd(t *testing.T) {
	b := board{500}
	best := arrive(t, b, on(b, must(ode.ParseMethod("midpoint"))), ode.Uniform(64), 1)
	plain := arrive(t, b, ode.New[float32](ode.Heun, 2*b.n), ode.Shift(0, 1-1e-4, 4, 2), 1)
	if plain < 2*best {
		t.Errorf("a stage at t = 1 costs nothing here (W2 %.3f, at best %.3f): the field is not singular", plain, best)
	}
	for _, name := range []string{"dopri5", "bs32"} {
		// The tolerance of 1e-3 is far below W2; what is left is rounding.
		if w := arrive(t, b, on(b, must(ode.ParseMethod(name))), ode.Uniform(1), 1); !(w < 1.02*best) {
			t.Errorf("%s: W2 %.3f, at best %.3f", name, w, best)
		}
	}
}
