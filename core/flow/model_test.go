package flow

import (
	"math"
	"math/rand/v2"
	"testing"

	"inkflow/core/ode"
	"inkflow/core/path"
)

// arrival is where the flow of g from N(0, s0² I) takes x0, [d], if it is followed
// exactly along s, from its source to t = 1: a standard deviation in every axis
// stays where it is.
func (g *normalTo) arrival(x0 []float64, s path.Scheduler) []float64 {
	from, _ := s.Interval()
	alpha, sigma, _, _ := s.Coefficients(from)
	alphaTo, sigmaTo, _, _ := s.Coefficients(1)
	m := g.matrix(func(std float64) float64 {
		return math.Sqrt((alphaTo*alphaTo*std*std + sigmaTo*sigmaTo) / (alpha*alpha*std*std + sigma*sigma))
	})
	x := make([]float64, len(x0))
	for i := range x {
		x[i] = alphaTo * g.mean[i]
		for k := range x0 {
			x[i] += m[i][k] * (x0[k] - alpha*g.mean[k])
		}
	}
	return x
}

// A field trained on any path and sampled along any other takes every point where
// the other path's own flow takes it.
func TestAlong(t *testing.T) {
	const d, n = 2, 50
	for _, trained := range path.Schedulers() {
		for _, along := range path.Schedulers() {
			g := newNormal(d, trained)
			m := Model{Field: g, Dim: d, Path: trained, HasScore: true}
			s := make1(t, m, Plan{Method: method(t, "dopri5"), Steps: 1, Rtol: 1e-6, Atol: 1e-6, Along: along})
			x := make([]float32, d*n)
			s.Noise(x, 1, 0)
			start := append([]float32(nil), x...)
			if res := s.Advance(x); res.Status != ode.Done {
				t.Fatalf("%s along %s: %v", trained.Name(), along.Name(), res.Status)
			}
			worst := 0.0
			for j := range n {
				for i, want := range g.arrival([]float64{float64(start[j]), float64(start[n+j])}, along) {
					worst = max(worst, math.Abs(float64(x[i*n+j])-want))
				}
			}
			// Where one of the two paths never is, the denoiser at the end of the
			// range stands for the field: VE's begins at σ/α = 10, where it already
			// knows a hundredth of the data, and ends at 0.01, as do others.
			if worst > 0.025 {
				t.Errorf("%s along %s: off by %g", trained.Name(), along.Name(), worst)
			}
		}
	}
}

// What starting from N(0, s0² I) where p_0 is something else does to samples: the
// flow carries the difference along. For VP and SubVP the mean stays behind by
// α(0) std/σ(0) of itself, for VE by std/σ(0), which is 0.12 along the longest axis.
func TestBiasOfSource(t *testing.T) {
	for name, most := range map[string]float64{"condot": 1e-4, "vp": 0.015, "subvp": 0.015, "ve": 0.2} {
		s, err := path.Parse(name)
		if err != nil {
			t.Fatal(err)
		}
		g := newNormal(2, s)
		sampler := make1(t, Model{Field: g, Dim: 2, Path: s}, Plan{Method: method(t, "rk4"), Steps: 400, Grid: "cosine"})
		x := []float32{0, 0} // one point, the middle of the noise
		if res := sampler.Advance(x); res.Status != ode.Done {
			t.Fatal(res.Status)
		}
		bias := 0.0
		for i, want := range g.arrival([]float64{0, 0}, s) {
			if e := math.Abs(float64(x[i]) - want); e > 2e-3 {
				t.Errorf("%s: coordinate %d of the middle is off by %g", name, i, e)
			}
			bias = max(bias, math.Abs(float64(x[i])-g.mean[i]))
		}
		if bias > most || bias < most/20 && name != "condot" {
			t.Errorf("%s: the mean is off by %g, stated is at most %g", name, bias, most)
		}
	}
}

// Where a path stops short of the data, the end is the denoiser's: a target that
// is a single point is met to the last bit or so, and the times end with 1.
func TestFinish(t *testing.T) {
	for _, s := range path.Schedulers() {
		_, to := s.Interval()
		_, left, _, _ := s.Coefficients(1)
		point := Func(func(dst, x []float32, at float64) {
			alpha, sigma, dAlpha, dSigma := s.Coefficients(at)
			for i, v := range x {
				dst[i] = float32(dAlpha*3 + dSigma*(float64(v)-alpha*3)/sigma)
			}
		})
		m := Model{Field: point, Dim: 1, Path: s, HasScore: true}
		for _, p := range []Plan{{Method: method(t, "midpoint"), Steps: 20}, {Method: method(t, "ddim"), Steps: 20}, {Method: method(t, "heun"), Steps: 20, Noise: 1}} {
			sampler := make1(t, m, p)
			x := make([]float32, 100)
			res := sampler.Sample(x, 1)
			grid := sampler.Grid()
			steps := 20
			if to < 1 {
				steps++
			}
			if times := sampler.Times(); res.Status != ode.Done || len(grid) != steps+1 || grid[steps] != 1 || times[len(times)-1] != 1 {
				t.Errorf("%s: %v, times %v", s.Name(), res, grid)
			}
			for _, v := range x {
				if left < 1e-6 && to < 1 && math.Abs(float64(v)-3) > 1e-3 { // float32 at speeds up to 100
					t.Errorf("%s %s: a point arrives at %g", s.Name(), p.Method.Name, v)
				}
			}
		}
		part := make1(t, m, Plan{Method: method(t, "midpoint"), Grid: "0.1,0.5,0.9"})
		if times := part.Times(); times[len(times)-1] != 0.9 {
			t.Errorf("%s: a grid that ends before the data is finished: %v", s.Name(), times)
		}
	}
	// A last evaluation that is not finite leaves the point where it was.
	vp := path.Schedulers()[4]
	_, to := vp.Interval()
	wall := Func(func(dst, x []float32, at float64) {
		clear(dst)
		if at == to {
			dst[0] = float32(math.NaN())
		}
	})
	s := make1(t, Model{Field: wall, Dim: 1, Path: vp}, Plan{Method: method(t, "midpoint"), Steps: 3})
	x := []float32{5}
	if res := s.Advance(x); res.Status != ode.NonFinite || x[0] != 5 {
		t.Errorf("%v at %v", res, x)
	}
}

// A source may draw in any order: it is asked for a whole chunk. VE spreads it.
func TestSource(t *testing.T) {
	coins := func(rng *rand.Rand, x []float32) {
		for i := range x { // coordinate by coordinate, not point by point
			x[i] = float32(1 - 2*rng.IntN(2))
		}
	}
	for _, s := range []path.Scheduler{path.CondOT{}, path.VE{Min: 0.01, Max: 4}} {
		sampler := make1(t, Model{Field: still, Dim: 2, Path: s, Source: coins}, Plan{Method: method(t, "euler"), Steps: 1})
		many, few := make([]float32, 2*Chunk), make([]float32, 2*10)
		sampler.Noise(many, 1, 0)
		sampler.Noise(few, 1, 0)
		for j := range 10 {
			if few[j] != many[j] || few[10+j] != many[Chunk+j] || math.Abs(float64(few[j])) != s.Source() {
				t.Errorf("%s: point %d is %g, %g", s.Name(), j, few[j], few[10+j])
			}
		}
	}
}

// Routes that break off say so, and leave the last finite points.
func TestRoutesNonFinite(t *testing.T) {
	wall := Func(func(dst, x []float32, at float64) {
		clear(dst)
		if at > 0.45 {
			dst[0] = float32(math.Inf(1))
		}
	})
	for name, p := range routes(t) {
		p.Steps, p.Grid = 10, "uniform"
		s := make1(t, Model{Field: wall, Dim: 1, Path: path.CondOT{}, HasScore: true}, p)
		frames := make([]float32, len(s.Times())*3)
		res := s.Trace(frames, []float32{0, 1, 2})
		if res.Status == ode.Done {
			t.Errorf("%s: done", name)
		}
		for _, v := range frames {
			if v-v != 0 {
				t.Errorf("%s: %g in a picture", name, v)
			}
		}
	}
}
