package flow

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"inkflow/core/metric"
	"inkflow/core/ode"
	"inkflow/core/path"
)

func method(t testing.TB, name string) ode.Method {
	t.Helper()
	m, err := ode.ParseMethod(name)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func make1(t testing.TB, m Model, p Plan) *Sampler {
	t.Helper()
	s, err := New(m, p)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// routes are the ways to sample that there are, with enough steps for a bias
// below the errors of sampling.
func routes(t testing.TB) map[string]Plan {
	return map[string]Plan{
		"ode":            {Method: method(t, "midpoint"), Steps: 100},
		"adaptive":       {Method: method(t, "dopri5"), Steps: 4},
		"euler-maruyama": {Method: method(t, "euler"), Steps: 200, Noise: 0.7},
		"heun":           {Method: method(t, "heun"), Steps: 150, Noise: 1},
		"reverse":        {Method: method(t, "heun"), Steps: 200, Noise: Reverse, Grid: "logsnr"},
		"ddim":           {Method: method(t, "ddim"), Steps: 200, Noise: 1, Grid: "logsnr"},
		"ancestral 2M":   {Method: method(t, "dpmpp2m"), Steps: 100, Noise: Reverse},
		"corrector":      {Method: method(t, "midpoint"), Steps: 100, Corrector: 1, SNR: 0.1},
		"corrector 2M":   {Method: method(t, "dpmpp2m"), Steps: 100, Corrector: 2, SNR: 0.1},
		"corrector, sde": {Method: method(t, "heun"), Steps: 100, Corrector: 1, Noise: 0.5, SNR: 0.1},
	}
}

// From the exact p_0, samples of a normal target have its mean and covariance,
// on every path, in every dimension, along every route. What a path leaves at
// t = 1, σmin² of VE and target-CFM, is on top.
func TestMomentsOfEveryRoute(t *testing.T) {
	for name, p := range routes(t) {
		for _, s := range path.Schedulers() {
			for _, d := range []int{1, 2, 5} {
				g := newNormal(d, s)
				sampler := make1(t, Model{Field: g, Dim: d, Path: s, Source: g.exactStart, HasScore: true}, p)
				n := 4 * Chunk
				if d == 5 {
					n = 2 * Chunk
				}
				x := make([]float32, d*n)
				if res := sampler.Sample(x, 5); res.Status != ode.Done {
					t.Fatalf("%s %s: %v", name, s.Name(), res.Status)
				}
				checkMoments(t, name+" "+s.Name(), x, g.mean, g.covariance(1))
			}
		}
	}
}

// checkMoments compares with five standard errors, and 2% for the route's steps.
func checkMoments(t *testing.T, what string, x []float32, mean []float64, covariance [][]float64) {
	t.Helper()
	d := len(mean)
	n := len(x) / d
	got := make([]float64, d)
	for i := range d {
		for _, v := range x[i*n:][:n] {
			got[i] += float64(v) / float64(n)
		}
		if e := math.Abs(got[i] - mean[i]); e > 5*math.Sqrt(covariance[i][i]/float64(n))+0.005 {
			t.Errorf("%s, d=%d: mean %d is off by %.4f", what, d, i, e)
		}
	}
	for i := range d {
		for k := range i + 1 {
			sum := 0.0
			for j := range n {
				sum += (float64(x[i*n+j]) - got[i]) * (float64(x[k*n+j]) - got[k]) / float64(n)
			}
			scale := math.Sqrt(covariance[i][i] * covariance[k][k])
			if e := math.Abs(sum - covariance[i][k]); e > (5*math.Sqrt(2/float64(n))+0.02)*scale {
				t.Errorf("%s, d=%d: covariance %d, %d is off by %.3f of %.3f", what, d, i, k, e, covariance[i][k])
			}
		}
	}
}

// Every noise level gives samples of the same distribution: their W2 to the
// target agrees within the errors of sampling with that of the ODE.
func TestNoiseLevelsAgree(t *testing.T) {
	const n, draws = 512, 6
	for name, methods := range map[string][]string{"condot": {"dpmpp2m"}, "vp": {"heun"}, "ve": {"euler"}} {
		s, err := path.Parse(name)
		if err != nil {
			t.Fatal(err)
		}
		g := fourModes(s)
		m := Model{Field: g, Dim: 2, Path: s, HasScore: true}
		measure := func(p Plan) (mean, standard float64) {
			sampler := make1(t, m, p)
			rng := rand.New(rand.NewPCG(8, 9))
			x, y := make([]float32, 2*n), make([]float32, 2*n)
			var w moments
			for seed := range uint64(draws) {
				if res := sampler.Sample(x, seed); res.Status != ode.Done {
					t.Fatal(res.Status)
				}
				g.draw(rng, y)
				w.add(metric.W2(x, y, 2))
			}
			return w.mean()
		}
		ode, e := measure(Plan{Method: method(t, "midpoint"), Steps: 64})
		for _, name := range methods {
			for _, level := range []float64{0.5, 2, Reverse} {
				p := Plan{Method: method(t, name), Steps: 96, Noise: level, Grid: "cosine"}
				w, we := measure(p)
				// Four standard errors of the difference, the target points being the
				// same for both.
				if math.Abs(w-ode) > 4*math.Hypot(we, e) {
					t.Errorf("%s %s g=%g: W2 %.3f ± %.3f, ODE %.3f ± %.3f", s.Name(), name, level, w, we, ode, e)
				}
			}
		}
	}
}

// The weak order of the route, without sampling errors: for a normal target every
// step is affine with noise added, so that point j, which starts at 0 and meets
// only the unit noise of step j, ends at the factor of that noise, and the sum of
// their squares is the variance of the scheme.
func TestWeakOrder(t *testing.T) {
	g := &normalTo{mean: []float64{0}, std: []float64{0.5}, path: path.CondOT{}}
	m := Model{Field: g, Dim: 1, Path: g.path, HasScore: true}
	// Away from the singular end, with a noise that no step has to limit before
	// the last two.
	const grid, end = 0.1, 0.7
	for _, row := range []struct {
		method string
		level  float64
		order  float64
	}{
		{"euler", 0.5, 1}, {"heun", 0.5, 2}, {"ralston", 0.5, 2}, {"ddim", 0.5, 1}, {"dpmpp2m", 0.2, 2}, {"dpmpp2m", 0.5, 2}, {"dpmpp2m", Reverse, 2}, {"ddim", Reverse, 1},
	} {
		failure := func(steps int) float64 {
			var times []string
			for _, v := range ode.Span(grid, end, steps) {
				times = append(times, number(v))
			}
			s := make1(t, m, Plan{Method: method(t, row.method), Grid: strings.Join(times, ","), Noise: row.level})
			step := 0
			impulse := func(dst []float32, std float64) {
				clear(dst)
				dst[step] = float32(std)
				step++
			}
			switch r := s.route.(type) {
			case *shaken:
				r.noisy.normals = impulse
			case *renewed:
				r.noisy.normals = impulse
			}
			x := make([]float32, steps+1)
			x[steps] = float32(math.Sqrt(g.covariance(grid)[0][0]))
			if res := s.Advance(x); res.Status != ode.Done {
				t.Fatal(res.Status)
			}
			sum := 0.0
			for _, v := range x {
				sum += float64(v) * float64(v)
			}
			return math.Abs(sum - g.covariance(end)[0][0])
		}
		a, b := failure(32), failure(128)
		slope := math.Log2(a/b) / 2
		if math.Abs(slope-row.order) > 0.2 {
			t.Errorf("%s g=%g: order %.2f, want %g", row.method, row.level, slope, row.order)
		}
	}
}

// However the work is cut, and along every route, the points are the same to the
// bit, those of an SDE too.
func TestAddresses(t *testing.T) {
	g := fourModes(path.CondOT{})
	const n = Chunk + 70
	for name, p := range routes(t) {
		p.Steps = min(p.Steps, 7)
		m := Model{Field: g, Dim: 2, Path: g.path, HasScore: true}
		s := make1(t, m, p)
		whole, x := make([]float32, 2*n), make([]float32, 2*n)
		res := s.Sample(whole, 11)
		if res.Status != ode.Done {
			t.Fatalf("%s: %v", name, res.Status)
		}
		if Parallel([]*Sampler{s, make1(t, m, p), make1(t, m, p)}, x, 11); !slices.Equal(whole, x) {
			t.Errorf("%s: other points in parallel", name)
		}
		for c := Chunks(n) - 1; c >= 0; c-- {
			s.SampleChunk(x, 11, c)
		}
		if !slices.Equal(whole, x) {
			t.Errorf("%s: the order of the chunks matters", name)
		}
		if s.Sample(x, 12); slices.Equal(whole, x) {
			t.Errorf("%s: another seed gives the same points", name)
		}
		for _, k := range []int{1, 100, Chunk} {
			few := make([]float32, 2*k)
			s.Sample(few, 11)
			for i := range 2 {
				if !slices.Equal(few[i*k:][:k], whole[i*n:][:k]) {
					t.Errorf("%s: %d points are not the first of %d", name, k, n)
				}
			}
		}
		// The last chunk by hand, and traced, twice.
		const m1 = n - Chunk
		noise := make([]float32, 2*m1)
		frames := make([]float32, len(s.Times())*len(noise))
		s.Noise(noise, 11, 1)
		for range 2 {
			s.Trace(frames, noise)
			end := frames[len(frames)-len(noise):]
			if !slices.Equal(frames[:len(noise)], noise) || !slices.Equal(end[:m1], whole[Chunk:n]) || !slices.Equal(end[m1:], whole[n+Chunk:]) {
				t.Errorf("%s: the trace leads elsewhere", name)
			}
		}
	}
}

// still allocates nothing and does not move.
var still = Func(func(dst, _ []float32, _ float64) { clear(dst) })

func TestPlansAllocateNothing(t *testing.T) {
	plans := routes(t)
	plans["the page's"] = Plan{Method: method(t, "midpoint"), Steps: 8}
	plans["along"] = Plan{Method: method(t, "heun"), Steps: 8, Along: path.Schedulers()[4]}
	for name, p := range plans {
		p.Steps = min(p.Steps, 8)
		s := make1(t, Model{Field: still, Dim: 2, Path: path.CondOT{}, HasScore: true}, p)
		x := make([]float32, 2*Chunk+20)
		frames := make([]float32, len(s.Times())*20)
		if n := testing.AllocsPerRun(2, func() { s.Sample(x, 1); s.Trace(frames, x[:20]) }); n != 0 {
			t.Errorf("%s: %g allocations", name, n)
		}
	}
}

func TestRefusals(t *testing.T) {
	vp := path.Schedulers()[4]
	full := Model{Field: still, Dim: 2, Path: path.CondOT{}, HasScore: true}
	paired, bridge := full, full
	paired.HasScore = false
	bridge.HasScore, bridge.Bridge = false, true
	midpoint, ddim, dopri5 := method(t, "midpoint"), method(t, "ddim"), method(t, "dopri5")
	for _, row := range []struct {
		m    Model
		p    Plan
		want string // "": fine
	}{
		{full, Plan{Method: midpoint, Steps: 2}, ""},
		{Model{Dim: 2, Path: path.CondOT{}}, Plan{Method: midpoint, Steps: 2}, "nothing to sample"},
		{Model{Field: still, Dim: 2}, Plan{Method: midpoint, Steps: 2}, "nothing to sample"},
		{Model{Field: still, Path: vp}, Plan{Method: midpoint, Steps: 2}, "coordinates"},
		{full, Plan{Steps: 2}, "solver"},
		{full, Plan{Method: midpoint}, "steps"},
		{full, Plan{Method: midpoint, Steps: 1 << 30}, "steps"},
		{full, Plan{Method: midpoint, Steps: 2, Grid: "even"}, "grid"},
		{full, Plan{Method: midpoint, Steps: 2, Noise: -2}, "noise"},
		{full, Plan{Method: midpoint, Steps: 2, Noise: math.NaN()}, "noise"},
		{full, Plan{Method: midpoint, Steps: 2, Noise: math.Inf(1)}, "noise"},
		{full, Plan{Method: dopri5, Steps: 2, Noise: 1}, "fixed steps"},
		{full, Plan{Method: midpoint, Steps: 2, Corrector: -1}, "corrector"},
		{full, Plan{Method: midpoint, Steps: 2, Corrector: 1, SNR: 1}, "ratio"},
		{full, Plan{Method: midpoint, Steps: 2, Corrector: 1, SNR: math.NaN()}, "ratio"},
		{full, Plan{Method: dopri5, Steps: 2, Rtol: -1}, "tolerance"},
		{full, Plan{Method: dopri5, Steps: 2, Atol: math.Inf(1)}, "tolerance"},
		{full, Plan{Method: dopri5, Steps: 2, Rtol: 1e-9}, "tolerance"},
		{full, Plan{Method: ddim, Steps: 2, Noise: Reverse, Corrector: 1}, ""},
		{paired, Plan{Method: midpoint, Steps: 2, Along: vp}, ""},
		{paired, Plan{Method: dopri5, Steps: 2}, ""},
		{paired, Plan{Method: midpoint, Steps: 2, Noise: 1}, "score"},
		{paired, Plan{Method: midpoint, Steps: 2, Noise: Reverse}, "score"},
		{paired, Plan{Method: midpoint, Steps: 2, Corrector: 1}, "score"},
		{paired, Plan{Method: ddim, Steps: 2}, "score"},
		{bridge, Plan{Method: midpoint, Steps: 2}, ""},
		{bridge, Plan{Method: midpoint, Steps: 2, Along: path.CondOT{}}, ""},
		{bridge, Plan{Method: midpoint, Steps: 2, Along: vp}, "condot"},
	} {
		_, err := New(row.m, row.p)
		switch {
		case row.want == "" && err != nil:
			t.Errorf("%+v: %v", row.p, err)
		case row.want != "" && (err == nil || !strings.Contains(err.Error(), row.want)):
			t.Errorf("%+v: got %v, want something about %q", row.p, err, row.want)
		}
	}
}

func TestParseNoise(t *testing.T) {
	for text, want := range map[string]float64{"0": 0, "0.5": 0.5, "1e2": 100, "reverse": Reverse} {
		if g, err := ParseNoise(text); err != nil || g != want {
			t.Errorf("%q: %g, %v", text, g, err)
		}
	}
	for _, text := range []string{"", "-1", "NaN", "Inf", "1e9", "Reverse", "1,5"} {
		if g, err := ParseNoise(text); err == nil {
			t.Errorf("%q passes for %g", text, g)
		}
	}
}
