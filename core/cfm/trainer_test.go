package cfm

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"inkflow/core/nn"
	"inkflow/core/path"
)

func trainer(t *testing.T, target Target, change func(*Config)) *Trainer {
	t.Helper()
	cfg := DefaultConfig()
	cfg.Net.Dim = target.Dim()
	if change != nil {
		change(&cfg)
	}
	tr, err := New(target, path.CondOT{}, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func steps(t *testing.T, tr *Trainer, n int) {
	t.Helper()
	for range n {
		if err := tr.Step(); err != nil {
			t.Fatal(err)
		}
	}
}

// independent draws pairs of N(0, I) with the target.
func independent(rng *rand.Rand, target Target, x0, x1 []float32) {
	for j := range x0 {
		x0[j] = float32(rng.NormFloat64())
	}
	target.Sample(rng, x1)
}

// freshLoss is the loss of a network on n new pairs, uniform in time.
func freshLoss(net *nn.Net, target Target, n int) float64 {
	rng := rand.New(rand.NewPCG(77, 77))
	d := target.Dim()
	x0, x1, t := make([]float32, d*n), make([]float32, d*n), make([]float32, n)
	independent(rng, target, x0, x1)
	x, v := make([]float32, d*n), make([]float32, d*n)
	for k := range x {
		j := k % n
		if k < n {
			t[j] = (float32(j) + .5) / float32(n)
		}
		x[k] = t[j]*x1[k] + (1-t[j])*x0[k]
	}
	net.Forward(nn.NewWorkspace(net, n), v, x, t)
	var sum float64
	for k := range v {
		e := float64(v[k]) - float64(x1[k]-x0[k])
		sum += e * e
	}
	return sum / float64(d*n)
}

// Gaussian data: the best loss and the best field are in closed form, and the
// trained network reaches both, from the exact start (round) and from a wrong one
// (stretched, where the isotropic start knows neither axis).
func TestGaussianTargets(t *testing.T) {
	for _, r := range []struct {
		name   string
		target gaussian
		field  float64 // allowed error of the field, relative to its spread
	}{
		{"round", round2d(), .05},
		{"stretched", gaussian{[]float64{0, 3}, []float64{.5, 2}}, .05},
		{"line", gaussian{[]float64{4}, []float64{1.5}}, .05},
		{"space", gaussian{[]float64{1, 0, -1}, []float64{1, .5, 2}}, .07},
	} {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			tr := trainer(t, r.target, func(c *Config) { c.Steps, c.Net.Hidden = 1500, []int{32, 32} })
			before := freshLoss(tr.Net(), r.target, 20000)
			steps(t, tr, 1500)
			// The same pairs before and after; 20000 of them know the mean of a
			// square to 1 %, and the network adds a little.
			want, after := r.target.floor(), freshLoss(tr.Net(), r.target, 20000)
			if math.Abs(after/want-1) > .02 {
				t.Errorf("loss %.4f, floor %.4f (untrained %.4f)", after, want, before)
			}
			// The reported loss averages a few hundred batches of 128.
			if math.Abs(tr.Loss()/want-1) > .06 {
				t.Errorf("reported loss %.4f, floor %.4f", tr.Loss(), want)
			}
			f := nn.NewField(tr.Net())
			rng := rand.New(rand.NewPCG(5, 5))
			const n = 1000
			d := r.target.Dim()
			var off, size float64
			for _, tt := range []float64{.05, .25, .5, .75, .95} {
				x0, x1 := make([]float32, d*n), make([]float32, d*n)
				independent(rng, r.target, x0, x1)
				v := make([]float32, d*n)
				for k := range x1 {
					x1[k] = float32(tt)*x1[k] + float32(1-tt)*x0[k]
				}
				f.Velocity(v, x1, tt)
				for k := range v {
					want := r.target.velocity(k/n, float64(x1[k]), tt)
					e := float64(v[k]) - want
					off, size = off+e*e, size+want*want
				}
			}
			if e := math.Sqrt(off / size); e > r.field {
				t.Errorf("the field is off by %.3f of its size, want %.3f", e, r.field)
			}
		})
	}
}

// Every time sampling has the same minimum, and the reported loss means the same.
func TestReportedLossDoesNotDependOnTimes(t *testing.T) {
	g := round2d()
	for _, s := range Samplings() {
		tr := trainer(t, g, func(c *Config) { c.Times, c.Rate, c.Net.Hidden = s, 1e-9, []int{4} })
		steps(t, tr, 600) // hardly moves: the untrained field of a round Gaussian is right
		if e := math.Abs(tr.Loss()/g.floor() - 1); e > .06 {
			t.Errorf("%s: reported loss %.4f, floor %.4f", s.Name, tr.Loss(), g.floor())
		}
	}
}

// An untrained network scores 1 in its own units on any data (that is what the
// preconditioning is for), and compare and untrained agree about it.
func TestUntrainedLossIsOne(t *testing.T) {
	for _, g := range []gaussian{round2d(), {[]float64{100, 0}, []float64{50, 50}}, {[]float64{0, 0}, []float64{.01, .01}}} {
		tr := trainer(t, g, func(c *Config) { c.Batch = 8192 })
		tr.batch.draw()
		tr.crew.run()
		scaled, _ := tr.total()
		if math.Abs(scaled-1) > .05 { // 16384 squares, and the estimated scale
			t.Errorf("std %g: untrained loss %.3f, want 1", g.std[0], scaled)
		}
		if u := tr.untrained(); math.Abs(u/scaled-1) > 1e-3 { // float32 cancellation
			t.Errorf("std %g: untrained() says %.5f, compare() %.5f", g.std[0], u, scaled)
		}
	}
}

func TestSameSeedSameBits(t *testing.T) {
	run := func(seed uint64) ([]float32, float64) {
		tr := trainer(t, round2d(), func(c *Config) { c.Seed = seed })
		steps(t, tr, 150)
		return tr.Net().Clone().Weights, tr.Loss()
	}
	w1, l1 := run(3)
	w2, l2 := run(3)
	if !slices.Equal(w1, w2) || l1 != l2 {
		t.Error("two runs with one seed differ")
	}
	if w3, _ := run(4); slices.Equal(w1, w3) {
		t.Error("two seeds gave the same weights")
	}
}

func TestStepDoesNotAllocate(t *testing.T) {
	tr := trainer(t, round2d(), nil)
	if a := testing.AllocsPerRun(100, func() {
		if err := tr.Step(); err != nil {
			t.Fatal(err)
		}
	}); a != 0 {
		t.Errorf("a step allocates %g times", a)
	}
}

// A single dot: no spread, and no 0/0 either.
func TestDot(t *testing.T) {
	tr := trainer(t, dot{[]float32{2, -1}}, nil)
	steps(t, tr, 300)
	// The scale calls the dot a Gaussian of deviation nn.MinStd, and starts there.
	if !(tr.Loss() < math.Pi/2*nn.MinStd) {
		t.Errorf("loss %g on a single dot", tr.Loss())
	}
	f := nn.NewField(tr.Net())
	x, v := []float32{.3, -1}, make([]float32, 2)
	for k := range 8 { // Euler: on a straight field to a dot it is exact
		f.Velocity(v, x, float64(k)/8)
		x[0] += v[0] / 8
		x[1] += v[1] / 8
	}
	if math.Hypot(float64(x[0]-2), float64(x[1]+1)) > .01 {
		t.Errorf("a path to a single dot at (2, −1) ends at %v", x)
	}
	for _, at := range []float64{0, 1} {
		f.Velocity(v, x, at)
		if s := v[0] + v[1]; s-s != 0 {
			t.Errorf("velocity at t = %g is %v", at, v)
		}
	}
}

func TestNewSaysWhatIsWrong(t *testing.T) {
	g := round2d()
	for word, change := range map[string]func(*Config){
		"Batch":       func(c *Config) { c.Batch = 0 },
		"Rate":        func(c *Config) { c.Rate = math.NaN() },
		"positive":    func(c *Config) { c.Rate = math.Inf(1) },
		"Steps":       func(c *Config) { c.Steps = -1 },
		"EMA":         func(c *Config) { c.EMA = 1 },
		"WeightDecay": func(c *Config) { c.WeightDecay = -1 },
		"Uniform":     func(c *Config) { c.Times.Uniform = 2 },
		"spread":      func(c *Config) { c.Times.Spread = 0 },
		"nn: Octaves": func(c *Config) { c.Net.Octaves = 99 },
		"coordinates": func(c *Config) { c.Net.Dim = 3 },
	} {
		cfg := DefaultConfig()
		change(&cfg)
		if _, err := New(g, path.CondOT{}, cfg); err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("error %v, want one that speaks of %q", err, word)
		}
	}
	if _, err := New(nil, path.CondOT{}, DefaultConfig()); err == nil {
		t.Error("no target was accepted")
	}
	if _, err := New(g, nil, DefaultConfig()); err == nil {
		t.Error("no scheduler was accepted")
	}
	none := 0
	if _, err := New(spoilt{g, &none}, path.CondOT{}, DefaultConfig()); err == nil || !strings.Contains(err.Error(), "finite") {
		t.Errorf("a target of NaN: %v", err)
	}
}
