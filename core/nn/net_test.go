package nn

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/floats"
)

// Two schedules with nothing in common but the ends.

type linear struct{}

func (linear) Coefficients(t float64) (alpha, sigma, dAlpha, dSigma float64) {
	return t, 1 - t, 1, -1
}

type cosine struct{}

func (cosine) Coefficients(t float64) (alpha, sigma, dAlpha, dSigma float64) {
	s, c := math.Sincos(math.Pi / 2 * t)
	return s, c, math.Pi / 2 * c, -math.Pi / 2 * s
}

// shapes to test: the default, one dimension, many, no features, odd widths.
var shapes = []struct {
	name    string
	cfg     Config
	sched   Schedule
	columns []int
}{
	{"default", DefaultConfig(), linear{}, []int{1, 31, 128, 300}},
	{"line", Config{Dim: 1, Hidden: []int{5}, Octaves: 2, Harmonics: 1}, linear{}, []int{1, 7}},
	{"space", Config{Dim: 3, Hidden: []int{9, 33}, Octaves: 1, Harmonics: 3}, cosine{}, []int{33, 129}},
	{"raw", Config{Dim: 2, Hidden: []int{16, 7, 11, 5}}, cosine{}, []int{2, 256}},
	{"wide", Config{Dim: 10, Hidden: []int{130, 3}, Octaves: 0, Harmonics: 2}, linear{}, []int{40}},
}

// busy makes a network whose every weight matters: a fresh one has zeros.
func busy(t *testing.T, cfg Config, sched Schedule) (*Net, *rand.Rand) {
	t.Helper()
	rng := rand.New(rand.NewPCG(7, uint64(cfg.Dim)))
	sc := Scale{Std: 1.7}
	for range cfg.Dim {
		sc.Mean = append(sc.Mean, rng.NormFloat64())
	}
	n, err := New(cfg, sc, sched, rng)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range n.Layers() {
		for i := range l.Weight {
			l.Weight[i] = float32(rng.NormFloat64() / math.Sqrt(float64(l.In)))
		}
		for i := range l.Bias {
			l.Bias[i] = float32(.3 * rng.NormFloat64())
		}
	}
	return n, rng
}

func normals(rng *rand.Rand, n int, size float64) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(size * rng.NormFloat64())
	}
	return x
}

func times(rng *rand.Rand, n int) []float32 {
	t := make([]float32, n)
	for i := range t {
		t[i] = rng.Float32()
	}
	t[0] = 1 // both ends are part of the contract
	if n > 1 {
		t[1] = 0
	}
	return t
}

// The reference's own gradient, against finite differences.
func TestReferenceGradient(t *testing.T) {
	for _, s := range shapes[1:4] {
		n, rng := busy(t, s.cfg, s.sched)
		const m = 3
		x, ts, dv := normals(rng, s.cfg.Dim*m, 2), times(rng, m), normals(rng, s.cfg.Dim*m, 1)
		r := refer(n)
		_, grad := r.all(x, ts, dv)
		at := slices.Clone(r.weights)
		want := fd.Gradient(nil, func(w []float64) float64 {
			copy(r.weights, w)
			v, _ := r.all(x, ts, nil)
			var sum float64
			for i := range v {
				sum += v[i] * float64(dv[i])
			}
			return sum
		}, at, &fd.Settings{Formula: fd.Central})
		if e := floats.Distance(grad, want, 2) / floats.Norm(want, 2); e > 1e-7 { // step², with values near 1
			t.Errorf("%s: relative error of the reference gradient %.1g", s.name, e)
		}
	}
}

func TestForwardBackwardAgainstReference(t *testing.T) {
	for _, s := range shapes {
		n, rng := busy(t, s.cfg, s.sched)
		ws := NewWorkspace(n, slices.Max(s.columns))
		for _, m := range s.columns {
			x, ts, dv := normals(rng, s.cfg.Dim*m, 2), times(rng, m), normals(rng, s.cfg.Dim*m, 1)
			x0, t0, d0, w0 := slices.Clone(x), slices.Clone(ts), slices.Clone(dv), slices.Clone(n.Weights)
			v := make([]float32, len(x))
			grad := slices.Repeat([]float32{1}, n.NumParams()) // Backward adds
			n.Forward(ws, v, x, ts)
			n.Backward(ws, grad, dv)
			wantV, wantG := refer(n).all(x, ts, dv)
			for i := range v {
				// A few hundred float32 operations on numbers of size up to 10.
				if e := math.Abs(float64(v[i]) - wantV[i]); !(e < 3e-5) {
					t.Fatalf("%s, %d columns: velocity %d is %g, want %g", s.name, m, i, v[i], wantV[i])
				}
			}
			var off, size float64
			for i := range grad {
				e := float64(grad[i]) - 1 - wantG[i]
				off, size = off+e*e, size+wantG[i]*wantG[i]
			}
			if e := math.Sqrt(off / size); !(e < 3e-6) { // float32 noise, averaged over weights
				t.Errorf("%s, %d columns: relative error of the gradient %.1g", s.name, m, e)
			}
			if !slices.Equal(x, x0) || !slices.Equal(ts, t0) || !slices.Equal(dv, d0) || !slices.Equal(n.Weights, w0) {
				t.Errorf("%s: an input was changed", s.name)
			}
		}
	}
}

func TestVelocityAgainstReference(t *testing.T) {
	for _, s := range shapes {
		n, rng := busy(t, s.cfg, s.sched)
		f := NewField(n)
		for _, r := range []struct {
			exact     bool
			tolerance float64
		}{
			{true, 5e-5},  // float32 throughout, values up to 10
			{false, 5e-4}, // kernel.SiLUFastError in every hidden unit
		} {
			f.Exact = r.exact
			for _, m := range s.columns {
				for _, at := range []float64{0, .3, 1} {
					x := normals(rng, s.cfg.Dim*m, 2)
					ts := slices.Repeat([]float32{float32(at)}, m)
					v := make([]float32, len(x))
					f.Velocity(v, x, float64(ts[0]))
					want, _ := refer(n).all(x, ts, nil)
					for i := range v {
						if e := math.Abs(float64(v[i]) - want[i]); !(e < r.tolerance) {
							t.Fatalf("%s, %d columns, t = %g, exact %v: velocity %d is %g, want %g", s.name, m, at, r.exact, i, v[i], want[i])
						}
					}
					f.Velocity(x, x, float64(ts[0])) // in place
					if !slices.Equal(x, v) {
						t.Errorf("%s: in place the velocity differs", s.name)
					}
				}
			}
		}
	}
}

// A point's velocity does not depend on its company: not on the chunk it is in,
// nor on how many there are.
func TestVelocityTreatsPointsAlone(t *testing.T) {
	n, rng := busy(t, DefaultConfig(), linear{})
	f := NewField(n)
	const m = 517
	x := normals(rng, 2*m, 2)
	v, one := make([]float32, 2*m), make([]float32, 2)
	f.Velocity(v, x, .6)
	for _, j := range []int{0, 127, 128, 400, m - 1} {
		f.Velocity(one, []float32{x[j], x[m+j]}, .6)
		if one[0] != v[j] || one[1] != v[m+j] {
			t.Errorf("point %d alone: %v, in a crowd (%g, %g)", j, one, v[j], v[m+j])
		}
	}
}

func TestNothingAllocates(t *testing.T) {
	n, rng := busy(t, DefaultConfig(), linear{})
	const m = 300
	ws := NewWorkspace(n, m)
	x, ts, dv := normals(rng, 2*m, 1), times(rng, m), normals(rng, 2*m, 1)
	v, grad := make([]float32, 2*m), make([]float32, n.NumParams())
	adam, ema := NewAdamW(n.NumParams()), EMA{Decay: .9}
	average := slices.Clone(n.Weights)
	two := normals(rng, 4*m, 1)
	for name, f := range map[string]func(){
		"Forward":            func() { n.Forward(ws, v, x, ts) },
		"Backward":           func() { n.Forward(ws, v, x, ts); n.Backward(ws, grad, dv) },
		"Velocity":           func() { n.Velocity(ws, v, x, .5) },
		"VelocityDerivative": func() { n.VelocityDerivative(ws, v, two, x, two, .5) },
		"AdamW":              func() { adam.Step(n.Weights, grad, 1e-9) },
		"EMA":                func() { ema.Update(average, n.Weights) },
	} {
		if a := testing.AllocsPerRun(10, f); a != 0 {
			t.Errorf("%s allocates %g times", name, a)
		}
	}
}

func TestLayersAreViews(t *testing.T) {
	n, _ := busy(t, DefaultConfig(), linear{})
	sum := 0
	for i, l := range n.Layers() {
		if len(l.Weight) != l.In*l.Out || len(l.Bias) != l.Out {
			t.Errorf("layer %d: %d weights and %d biases for %d × %d", i, len(l.Weight), len(l.Bias), l.Out, l.In)
		}
		sum += len(l.Weight) + len(l.Bias)
	}
	if want := (23+1)*64 + 2*65*64 + 65*2; sum != n.NumParams() || sum != want {
		t.Errorf("%d weights in layers, %d in all, want %d", sum, n.NumParams(), want)
	}
	l := n.Layers()[3]
	if l.Name != "layers.3" || l.Out != 2 || l.In != 64 {
		t.Errorf("last layer is %s, %d × %d", l.Name, l.Out, l.In)
	}
	l.Bias[1] = 42
	if n.Weights[len(n.Weights)-1] != 42 {
		t.Error("a layer's bias is not part of Weights")
	}
}

func TestClone(t *testing.T) {
	n, rng := busy(t, DefaultConfig(), linear{})
	n.Config.Plain, n.Predict, n.Scale.SourceMean = true, denoiser{}, []float64{.5, -2}
	c := n.Clone()
	x := normals(rng, 20, 1)
	want, got := make([]float32, 20), make([]float32, 20)
	NewField(n).Velocity(want, x, .5)
	clear(n.Weights)
	n.Scale.Mean[0], n.Scale.SourceMean[0], n.Config.Hidden[0], n.Predict = 9, 9, 1, nil
	NewField(c).Velocity(got, x, .5)
	if !slices.Equal(got, want) {
		t.Error("a clone changed with its original")
	}
}
