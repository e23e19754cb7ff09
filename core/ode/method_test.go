package ode_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"inkflow/core/ode"
)

func TestParseMethod(t *testing.T) {
	var names []string
	for _, m := range ode.Methods() {
		names = append(names, m.Name)
		if got, err := ode.ParseMethod(" " + strings.ToUpper(m.Name) + " "); err != nil || got != m {
			t.Errorf("%s: %v, %v", m.Name, got, err)
		}
		if m.Title == "" || len(own(m, 3)) != 4 {
			t.Errorf("%s: title %q, grid %q", m.Name, m.Title, m.Grid)
		}
	}
	if want := strings.Fields("euler midpoint heun ralston rk4 ab2 dopri5 bs32 ddim dpmpp2m"); !slices.Equal(names, want) {
		t.Errorf("the menu is %v, want %v", names, want)
	}
	_, err := ode.ParseMethod("rk45")
	for _, name := range names {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("the error %v does not name %s", err, name)
		}
	}
	ode.Methods()[0].Name = "x"
	if ode.Methods()[0].Name != "euler" {
		t.Error("a caller can change the menu")
	}
}

func TestEvaluations(t *testing.T) {
	for name, want := range map[string][3]int{ // 1, 2 and 10 steps
		"euler": {1, 2, 10}, "midpoint": {2, 4, 20}, "heun": {2, 4, 20}, "ralston": {2, 4, 20}, "rk4": {3, 7, 39},
		"ab2": {2, 3, 11}, "ddim": {1, 2, 10}, "dpmpp2m": {1, 2, 10}, "dopri5": {}, "bs32": {},
	} {
		m := must(ode.ParseMethod(name))
		if got := [3]int{m.Evaluations(1), m.Evaluations(2), m.Evaluations(10)}; got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	if got := must(ode.ParseMethod("rk4")).Steps(2); got != 1 {
		t.Errorf("a budget below one step buys %d", got)
	}
	if got := must(ode.ParseMethod("rk4")).Steps(10); got != 2 {
		t.Errorf("ten evaluations buy %d steps", got)
	}
	if must(ode.ParseMethod("dopri5")).Steps(10) != 0 {
		t.Error("an adaptive method promises steps")
	}
	defer func() {
		if recover() == nil {
			t.Error("no steps cost something")
		}
	}()
	must(ode.ParseMethod("ddim")).Evaluations(0)
}

func TestNeedsSignal(t *testing.T) {
	for _, m := range ode.Methods() {
		_, err := ode.NewIntegrator[float32](m, 1, ode.Options{})
		if m.Exponential() != (err != nil) {
			t.Errorf("%s without a signal: %v", m.Name, err)
		}
	}
}

// On the linear path w = 1, α' σ − α σ' = t' − t, and DDIM is Euler's method: up to
// a rounding of each of its two coefficients a step.
func TestDDIMIsEuler(t *testing.T) {
	b := board{200}
	noise := b.noise(rand.New(rand.NewPCG(8, 9)))
	x, y := slices.Clone(noise), slices.Clone(noise)
	for _, grid := range [][]float64{ode.Uniform(16), ode.Shift(0, 1, 9, 0.4)} {
		on(b, must(ode.ParseMethod("ddim"))).Solve(b.velocity, x, grid, nil)
		on(b, must(ode.ParseMethod("euler"))).Solve(b.velocity, y, grid, nil)
		for i := range x {
			if d := math.Abs(float64(x[i] - y[i])); d > 1e-4 {
				t.Fatalf("number %d is %g by DDIM and %g by Euler", i, x[i], y[i])
			}
		}
	}
}

// signals are paths with every kind of end: σ = 0; α = 0 with and without α̇ = 0;
// σ̇ infinite; neither, where the noise of the end stays.
var signals = map[string]ode.Signal{
	"linear": linear,
	"cosine": func(t float64) (float64, float64, float64, float64) {
		s, c := math.Sincos(math.Pi / 2 * t)
		return s, c, math.Pi / 2 * c, -math.Pi / 2 * s
	},
	"cubic": func(t float64) (float64, float64, float64, float64) {
		return t * t * t, 1 - t*t*t, 3 * t * t, -3 * t * t
	},
	"linear, variance preserving": func(t float64) (float64, float64, float64, float64) {
		s := math.Sqrt(1 - t*t)
		return t, s, 1, -t / s
	},
	"variance exploding": func(t float64) (float64, float64, float64, float64) {
		s := 0.01 * math.Pow(1000, 1-t)
		return 1, s, 0, -s * math.Log(1000)
	},
}

// The exponential integrators carry a Gaussian path to its target N(m, s²) along
// every kind of path, through both ends, in the numbers of the page: the exact flow
// is x ↦ α m + √(α²s² + σ²) (x_0 − α_0 m)/√(α_0²s² + σ_0²).
func TestExponentialEnds(t *testing.T) {
	const m, s2 = 1.5, 0.36
	for name, signal := range signals {
		u := func(dst, x []float32, t float64) {
			a, s, da, ds := signal(t)
			for i := range x {
				dst[i] = float32(da*m + (a*da*s2+s*ds)/(a*a*s2+s*s)*(float64(x[i])-a*m))
			}
		}
		a0, s0, _, _ := signal(0)
		a1, s1, _, _ := signal(1)
		for _, row := range []struct {
			method string
			tol    float64 // of the order on 64 steps, times the size of the start
		}{{"ddim", 0.05}, {"dpmpp2m", 0.01}} {
			s := must(ode.NewIntegrator[float32](must(ode.ParseMethod(row.method)), 2, ode.Options{Signal: signal}))
			lambda := func(t float64) float64 { a, s, _, _ := signal(t); return math.Log(a / s) }
			grid := ode.FromLogSNR(lambda, inverse(lambda), 0, 1, 64)
			start := []float64{s0 * 0.8, -s0 * 1.3}
			x := []float32{float32(start[0]), float32(start[1])}
			if res := s.Solve(u, x, grid, nil); res.Status != ode.Done || res.Evaluations != 64 {
				t.Errorf("%s, %s: %+v", row.method, name, res)
			}
			for i, v := range start {
				want := a1*m + math.Sqrt(a1*a1*s2+s1*s1)*(v-a0*m)/math.Sqrt(a0*a0*s2+s0*s0)
				if d := math.Abs(float64(x[i]) - want); !(d <= row.tol) {
					t.Errorf("%s, %s: ends at %g, want %g", row.method, name, x[i], want)
				}
			}
		}
	}
}

// inverse finds where a rising function on [0, 1] has a value, by halving.
func inverse(f func(float64) float64) func(float64) float64 {
	return func(value float64) float64 {
		from, to := 0.0, 1.0
		for range 60 {
			if half := (from + to) / 2; f(half) < value {
				from = half
			} else {
				to = half
			}
		}
		return (from + to) / 2
	}
}

// Both widths of numbers take the same steps.
func TestSinglePrecision(t *testing.T) {
	for _, m := range ode.Methods() {
		o := ode.Options{Rtol: 1e-4, Atol: 1e-4, Signal: linear}
		x32, x64 := []float32{1, 0.3}, []float64{1, 0.3}
		a := must(ode.NewIntegrator[float32](m, 2, o)).Solve(func(d, x []float32, t float64) {
			d[0], d[1] = -x[1]-float32(t)*x[0], x[0]
		}, x32, ode.Uniform(20), nil)
		b := must(ode.NewIntegrator[float64](m, 2, o)).Solve(func(d, x []float64, t float64) {
			d[0], d[1] = -x[1]-t*x[0], x[0]
		}, x64, ode.Uniform(20), nil)
		if a != b {
			t.Errorf("%s: %+v in float32, %+v in float64", m.Name, a, b)
		}
		for i := range x32 {
			// 20 steps of some roundings each, larger near the ends where an
			// exponential integrator divides by σ and by α.
			if d := math.Abs(float64(x32[i]) - x64[i]); d > 1e-5 {
				t.Errorf("%s: float32 is off by %g", m.Name, d)
			}
		}
	}
}
