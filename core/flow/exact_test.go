package flow_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"inkflow/core/density"
	"inkflow/core/exact"
	"inkflow/core/flow"
	"inkflow/core/metric"
	"inkflow/core/ode"
	"inkflow/core/path"
)

func checkerboard(t *testing.T, s path.Scheduler) exact.Field {
	t.Helper()
	p, err := density.Lookup("checkerboard")
	if err != nil {
		t.Fatal(err)
	}
	target, closed, err := exact.Preset(p)
	if err != nil || !closed {
		t.Fatal(closed, err)
	}
	return exact.Field{Target: target, Path: s}
}

// On the squares of the checkerboard the likelihood of the exact field is the
// entropy's, and off them there is none.
func TestLikelihoodOfCheckerboard(t *testing.T) {
	f := checkerboard(t, path.CondOT{})
	l, err := flow.NewLikelihood(flow.ClosedDivergence(f, 2), f.Path, flow.Following{})
	if err != nil {
		t.Fatal(err)
	}
	const n = 20
	rng := rand.New(rand.NewPCG(1, 2))
	samples := make([]float32, 2*n)
	f.Sample(rng, samples)
	x, got := make([]float64, 2*n), make([]float64, n)
	for i, v := range samples {
		x[i] = float64(v)
	}
	if res := l.Log(got, nil, x); res.Status != ode.Done {
		t.Fatal(res.Status)
	}
	for j, v := range got {
		// A point within some thousandths of a border sees it at σ/α = 1/1000.
		if want := f.LogDensity([]float64{x[j], x[n+j]}, 1); math.Abs(want+3.6765) > 1e-4 || math.Abs(v-want) > 1e-3 {
			t.Errorf("log q̂(%g, %g) = %g, want %g", x[j], x[n+j], v, want)
		}
	}
}

// The noise is a dial that changes nothing but the way: W2 to the checkerboard is
// the same at every level.
func TestNoiseLevelsOnCheckerboard(t *testing.T) {
	const n, draws = 400, 6
	f := checkerboard(t, path.CondOT{})
	m := flow.Model{Field: f.Batch(), Dim: 2, Path: f.Path, HasScore: true}
	mean := func(name string, noise float64) (mean, standard float64) {
		method, err := ode.ParseMethod(name)
		if err != nil {
			t.Fatal(err)
		}
		s, err := flow.New(m, flow.Plan{Method: method, Steps: 64, Noise: noise})
		if err != nil {
			t.Fatal(err)
		}
		rng := rand.New(rand.NewPCG(3, 4))
		x, y := make([]float32, 2*n), make([]float32, 2*n)
		sum, squares := 0.0, 0.0
		for seed := range uint64(draws) {
			if res := s.Sample(x, seed); res.Status != ode.Done {
				t.Fatal(res.Status)
			}
			f.Sample(rng, y)
			w := metric.W2(x, y, 2)
			sum, squares = sum+w, squares+w*w
		}
		mean = sum / draws
		return mean, math.Sqrt((squares/draws - mean*mean) / (draws - 1))
	}
	w0, e0 := mean("midpoint", 0)
	for _, name := range []string{"euler", "heun", "ddim"} {
		for _, noise := range []float64{1, 3, flow.Reverse} {
			w, e := mean(name, noise)
			// Three standard errors of the difference, and as they are themselves known
			// from six draws only, a hundredth of the board's width.
			if math.Abs(w-w0) > 3*math.Hypot(e, e0)+0.05 {
				t.Errorf("%s g=%g: W2 %.3f ± %.3f, ODE %.3f ± %.3f", name, noise, w, e, w0, e0)
			}
		}
	}
}
