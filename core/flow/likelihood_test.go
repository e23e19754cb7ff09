package flow

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/diff/fd"

	"inkflow/core/ode"
	"inkflow/core/path"
)

// The test fields' own divergences, against differences.
func TestTestDivergences(t *testing.T) {
	for _, s := range path.Schedulers() {
		from, to := s.Interval()
		for _, f := range []Closed{onePoint{newNormal(2, s)}, oneMode{fourModes(s)}} {
			for _, at := range []float64{from + 0.1, 0.5, to - 0.05} {
				x, want := []float64{0.7, -0.3}, 0.0
				for i := range x {
					want += fd.Derivative(func(v float64) float64 {
						y, u := []float64{x[0], x[1]}, make([]float64, 2)
						y[i] = v
						f.VelocityDivergence(u, y, at)
						return u[i]
					}, x[i], &fd.Settings{Formula: fd.Central, Step: 1e-5})
				}
				// Central differences: 1e-10 of rounding over the step, times sizes up to 100.
				if got := f.VelocityDivergence(make([]float64, 2), x, at); math.Abs(got-want) > 1e-6*(1+math.Abs(want)) {
					t.Errorf("%s %T at %g: divergence %g, differences say %g", s.Name(), f, at, got, want)
				}
			}
		}
	}
}

// The likelihood of an exact Gaussian field is the Gaussian's, for every
// scheduler, in every dimension, by the closed divergence and by forward mode.
func TestLikelihoodOfGaussian(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, s := range path.Schedulers() {
		for _, d := range []int{1, 2, 5} {
			g := newNormal(d, s)
			from, _ := s.Interval()
			start := func(x []float64) float64 { return g.logDensity(x, from) }
			const n = 40
			x := make([]float64, d*n)
			for i := range x {
				x[i] = 2 * rng.NormFloat64()
			}
			for name, row := range map[string]struct {
				field Divergent
				tol   float64
			}{
				// The solver's tolerance is 1e-6 a step, and there are tens of them.
				// float32 adds 1e-7 a number.
				"closed":  {ClosedDivergence(onePoint{g}, d), 1e-5},
				"forward": {ForwardDivergence(g, d), 2e-5},
			} {
				l, err := NewLikelihood(row.field, s, Following{Source: start, Rtol: 1e-6})
				if err != nil {
					t.Fatal(err)
				}
				got, errs := make([]float64, n), make([]float64, n)
				if res := l.Log(got, errs, x); res.Status != ode.Done {
					t.Fatalf("%s d=%d %s: %v", s.Name(), d, name, res.Status)
				}
				worst := 0.0
				for j := range n {
					p := make([]float64, d)
					for i := range p {
						p[i] = x[i*n+j]
					}
					if errs[j] != 0 {
						t.Errorf("an exact likelihood has the standard error %g", errs[j])
					}
					want := g.logDensity(p, 1)
					worst = max(worst, math.Abs(got[j]-want)/max(1, math.Abs(want)))
				}
				if worst > row.tol {
					t.Errorf("%s d=%d %s: log q̂ is off by %g", s.Name(), d, name, worst)
				}
			}
		}
	}
}

// The likelihood of an exact mixture field equals the closed form to 1e-4, on
// every path, far out in the tails too.
func TestLikelihoodOfMixture(t *testing.T) {
	const n = 49
	x := make([]float64, 2*n)
	for j := range n {
		x[j], x[n+j] = float64(j%7)-3.1, 0.8*float64(j/7)-2.3
	}
	for _, s := range path.Schedulers() {
		g := fourModes(s)
		r := make([]float64, len(g.centres))
		from, _ := s.Interval()
		l, err := NewLikelihood(ClosedDivergence(oneMode{g}, 2), s, Following{
			Rtol: 1e-7, Atol: 1e-7, Source: func(p []float64) float64 { return g.at(r, p, from) },
		})
		if err != nil {
			t.Fatal(err)
		}
		got := make([]float64, n)
		if res := l.Log(got, nil, x); res.Status != ode.Done {
			t.Fatalf("%s: %v", s.Name(), res.Status)
		}
		for j := range n {
			want := g.at(r, []float64{x[j], x[n+j]}, 1)
			if math.Abs(got[j]-want) > 1e-4 {
				t.Errorf("%s: log q̂(%g, %g) = %.6f, want %.6f", s.Name(), x[j], x[n+j], got[j], want)
			}
		}
	}
}

// Starting from N(0, s0² I) where p_0 is not quite that has a bias: for VP and
// SubVP, with α(0) = 0.0066 and the data of size one, below 0.1 nats wherever
// there is data; for VE, whose source lacks a mean that is a sixth of its standard
// deviation, below 0.4 within two of these. It is there, and it is what the two
// densities differ by at the point that the flow leads back to.
func TestLikelihoodBiasOfSource(t *testing.T) {
	for name, most := range map[string]float64{"vp": 0.1, "subvp": 0.1, "ve": 0.4} {
		s, err := path.Parse(name)
		if err != nil {
			t.Fatal(err)
		}
		g := newNormal(2, s)
		from, _ := s.Interval()
		difference := 0.0
		biased, _ := NewLikelihood(ClosedDivergence(onePoint{g}, 2), s, Following{})
		exact, _ := NewLikelihood(ClosedDivergence(onePoint{g}, 2), s, Following{Source: func(x []float64) float64 {
			p0 := g.logDensity(x, from)
			difference = normal(s.Source())(x) - p0
			return p0
		}})
		for _, x := range [][]float64{{1.5, -0.5}, {2, 0}, {0, 0.5}} {
			a, b := make([]float64, 1), make([]float64, 1)
			biased.Log(a, nil, x)
			exact.Log(b, nil, x)
			if bias := a[0] - b[0]; bias == 0 || math.Abs(bias) > most || math.Abs(bias-difference) > 1e-9 {
				t.Errorf("%s at %v: a bias of %g, the sources differ by %g", name, x, bias, difference)
			}
		}
	}
}

// twisted is a field in d dimensions whose Jacobian is far from diagonal, and
// depends on the point.
type twisted struct{ d int }

func (f twisted) VelocityDerivative(v, dv, x, dx []float32, _ float64) {
	n := len(x) / f.d
	for i := range f.d {
		next := (i + 1) % f.d
		for j := range n {
			a, b := float64(x[i*n+j]), float64(x[next*n+j])
			v[i*n+j] = float32(math.Sin(a) + a*b/2)
			for k := 0; k < len(dx); k += len(x) {
				da, db := float64(dx[k+i*n+j]), float64(dx[k+next*n+j])
				dv[k+i*n+j] = float32(math.Cos(a)*da + (da*b+a*db)/2)
			}
		}
	}
}

// Hutchinson's estimate of log q̂ is unbiased within three standard errors, says
// so itself, and its error shrinks as probes are added.
func TestHutchinson(t *testing.T) {
	const d, n = 5, 30
	s := path.CondOT{}
	rng := rand.New(rand.NewPCG(3, 4))
	x := make([]float64, d*n)
	for i := range x {
		x[i] = 0.5 * rng.NormFloat64()
	}
	follow := Following{Rtol: 1e-5, Atol: 1e-5}
	l, err := NewLikelihood(ForwardDivergence(twisted{d}, d), s, follow)
	if err != nil {
		t.Fatal(err)
	}
	want := make([]float64, n)
	l.Log(want, nil, x)
	for _, kind := range []Probe{Rademacher, Gaussian} {
		var spread [2]float64
		for k, probes := range []int{50, 800} {
			l, err := NewLikelihood(HutchinsonDivergence(twisted{d}, d, probes, kind, rng), s, follow)
			if err != nil {
				t.Fatal(err)
			}
			got, errs := make([]float64, n), make([]float64, n)
			if res := l.Log(got, errs, x); res.Status != ode.Done {
				t.Fatal(res.Status)
			}
			far, chi := 0, 0.0
			for j := range n {
				z := (got[j] - want[j]) / errs[j]
				chi += z * z
				if math.Abs(z) > 3 {
					far++
				}
				spread[k] += errs[j] / n
			}
			// Of 30 points 0.1 lie beyond three standard errors on average; and the
			// mean of z² is 1 ± 0.26, the points being independent.
			if far > 1 || chi/n > 1+4*0.26 || chi/n < 1-0.26*3 {
				t.Errorf("probe %d, %d probes: %d of %d points beyond 3 standard errors, mean z² %g", kind, probes, far, n, chi/n)
			}
		}
		// 16 times the probes, a quarter of the error; an error of an error of 50
		// probes is a tenth.
		if ratio := spread[0] / spread[1]; math.Abs(ratio-4) > 0.4 {
			t.Errorf("probe %d: the error falls by %g, want 4", kind, ratio)
		}
	}
	l, _ = NewLikelihood(HutchinsonDivergence(twisted{d}, d, 1, Rademacher, rng), s, follow)
	errs := make([]float64, n)
	l.Log(make([]float64, n), errs, x)
	if !math.IsNaN(errs[0]) {
		t.Errorf("one probe knows its error: %g", errs[0])
	}
}

// Fixed steps, several chunks: the same numbers, and no point in another's place.
func TestLikelihoodChunks(t *testing.T) {
	g := newNormal(2, path.CondOT{})
	rk4, _ := ode.ParseMethod("rk4")
	l, err := NewLikelihood(ForwardDivergence(g, 2), path.CondOT{}, Following{Method: rk4, Steps: 50})
	if err != nil {
		t.Fatal(err)
	}
	const n = Chunk + 10
	x := make([]float64, 2*n)
	for i := range x {
		x[i] = math.Sin(float64(i))
	}
	got := make([]float64, n)
	if res := l.Log(got, nil, x); res.Steps != 50 || res.Evaluations != 199 {
		t.Errorf("%+v", res)
	}
	for _, j := range []int{0, 7, Chunk - 1, Chunk, n - 1} {
		// RK4 on 50 steps: 1e-6; float32: 1e-7 a step.
		if want := g.logDensity([]float64{x[j], x[n+j]}, 1); math.Abs(got[j]-want) > 1e-4 {
			t.Errorf("point %d: %g, want %g", j, got[j], want)
		}
	}
	for _, f := range []Divergent{
		ForwardDivergence(twisted{2}, 2),
		HutchinsonDivergence(twisted{2}, 2, 3, Gaussian, rand.New(rand.NewPCG(1, 1))),
	} {
		l, err := NewLikelihood(f, path.CondOT{}, Following{})
		if err != nil {
			t.Fatal(err)
		}
		if n := testing.AllocsPerRun(2, func() { l.Log(got, nil, x) }); n != 0 {
			t.Errorf("%g allocations", n)
		}
	}
}

// burst has no velocity below t = ½.
type burst struct{}

func (burst) VelocityDivergence(dst, x []float64, t float64) float64 {
	clear(dst)
	if t < 0.5 {
		dst[0] = math.Inf(1)
	}
	return 0
}

func TestLikelihoodThatCannotBe(t *testing.T) {
	euler, _ := ode.ParseMethod("euler")
	ddim, _ := ode.ParseMethod("ddim")
	l, err := NewLikelihood(ClosedDivergence(burst{}, 1), path.CondOT{}, Following{Method: euler, Steps: 10})
	if err != nil {
		t.Fatal(err)
	}
	got := make([]float64, 2)
	if res := l.Log(got, nil, []float64{0, 1}); res.Status != ode.NonFinite || !math.IsNaN(got[0]) || !math.IsNaN(got[1]) {
		t.Errorf("%v and %v", res, got)
	}
	for _, how := range []Following{{Method: ddim}, {Steps: -1}, {Rtol: -1}, {Atol: -1}, {Rtol: math.Inf(1)}} {
		if _, err := NewLikelihood(ClosedDivergence(burst{}, 1), path.CondOT{}, how); err == nil {
			t.Errorf("%+v passes", how)
		}
	}
	for name, f := range map[string]func(){
		"dim":    func() { ClosedDivergence(burst{}, 0) },
		"axes":   func() { ForwardDivergence(twisted{}, 0) },
		"probes": func() { HutchinsonDivergence(twisted{2}, 2, 0, Gaussian, rand.New(rand.NewPCG(1, 1))) },
		"rng":    func() { HutchinsonDivergence(twisted{2}, 2, 1, Gaussian, nil) },
		"shape":  func() { l.Log(make([]float64, 2), nil, make([]float64, 3)) },
		"errors": func() { l.Log(make([]float64, 2), make([]float64, 1), make([]float64, 2)) },
	} {
		panics(t, name, f)
	}
}

// panics reports f for not panicking.
func panics(t *testing.T, name string, f func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Errorf("%s: no panic", name)
		}
	}()
	f()
}
