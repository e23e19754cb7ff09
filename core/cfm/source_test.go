package cfm

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"inkflow/core/nn/kernel"
	"inkflow/core/path"
)

// Gaussian to Gaussian, the source not the standard one: given X_t the velocity
// keeps the variance s0²s1²/V, and its mean over uniform time is s0 s1 π/2 (as for
// gaussian.floor, in units of s0).
func TestSource(t *testing.T) {
	source, target := gaussian{[]float64{-3, 1}, []float64{.5, .5}}, gaussian{[]float64{1, 0}, []float64{.8, .8}}
	tr := trainer(t, target, func(c *Config) { c.Source, c.Net.Hidden, c.Rate = source, []int{8}, 1e-9 })
	s := tr.Net().Scale
	if math.Abs(s.SourceMean[0]+3) > .05 || math.Abs(s.SourceStd-.5) > .02 || s.Covariance != 0 {
		t.Errorf("scale %+v", s)
	}
	steps(t, tr, 400) // hardly moves: the untrained field is right
	if want := .5 * .8 * math.Pi / 2; math.Abs(tr.Loss()/want-1) > .06 {
		t.Errorf("loss %.4f, floor %.4f", tr.Loss(), want)
	}
	// With pairs by optimal transport there is far less left: most of X1 is known
	// from X0, and the network is told so by the covariance.
	free := tr.Loss()
	tr = trainer(t, target, func(c *Config) { c.Source, c.Coupling, c.Net.Hidden, c.Rate = source, OT{}, []int{8}, 1e-9 })
	if c := tr.Net().Scale.Covariance; !(c > .9*.4 && c <= .4*1.02) {
		t.Errorf("covariance %g of pairs by optimal transport, between %g and %g wanted", c, .9*.4, .4)
	}
	steps(t, tr, 200)
	if tr.Loss() > free/3 {
		t.Errorf("loss %.4f with optimal transport, %.4f without", tr.Loss(), free)
	}
}

// Matched pairs of Gaussians are Gaussian, nearly, and the untrained network knows
// them: it scores about 1 in its own units with every coupling.
func TestUntrainedCoupled(t *testing.T) {
	for _, c := range variety {
		tr := trainer(t, round2d(), func(cfg *Config) { cfg.Coupling, cfg.Batch, cfg.Times = c, 512, Uniform })
		var sum float64
		for range 8 {
			tr.batch.draw()
			tr.crew.run()
			scaled, _ := tr.total()
			sum += scaled / 8
			if u := tr.untrained(); c.Noise() == 0 && math.Abs(u/scaled-1) > 1e-3 {
				t.Errorf("%s: untrained() says %.5f, compare() %.5f", c.Name(), u, scaled)
			}
		}
		// Exact pairs of a batch are no Gaussian pairs: what is left of X1 given X0 is
		// small, and differs from batch to batch.
		low, high := .9, 1.1
		if c.Name() != "independent" {
			low, high = .3, 2.5
		}
		if !(sum > low && sum < high) {
			t.Errorf("%s: untrained loss %.3f, want %g to %g", c.Name(), sum, low, high)
		}
	}
}

// The points of a Schrödinger bridge and their velocities fit together: the flow
// must move the variance, so Cov(u, X_t) is half its derivative, at every t.
func TestBridgeMovesTheVariance(t *testing.T) {
	const sigma, n = .8, 1 << 13
	g := gaussian{[]float64{0}, []float64{2}}
	tr := trainer(t, g, func(c *Config) { c.Coupling, c.Batch, c.Net.Hidden = Bridge{Sigma: sigma}, n, []int{4} })
	tr.batch.draw()
	c := entropicCovariance(1, 2, 2*sigma*sigma)
	for _, at := range []float64{.05, .25, .5, .8, .95} {
		for j := range tr.batch.time {
			tr.batch.time[j] = at
		}
		s := tr.shards[0]
		tr.batch.place(s, tr.net, sigma)
		tt := float64(s.time[0])
		var vx, cov float64
		for k, x := range s.x {
			vx += float64(x) * float64(x) / n
			cov += float64(x) * float64(s.y[k]) / n
		}
		// Var = (1−t)² + 4t² + 2t(1−t)c + σ²t(1−t), of which n points know 3 %.
		want := (1-tt)*(1-tt) + 4*tt*tt + 2*tt*(1-tt)*c + sigma*sigma*tt*(1-tt)
		half := -(1 - tt) + 4*tt + (1-2*tt)*c + sigma*sigma*(1-2*tt)/2
		if math.Abs(vx/want-1) > .05 || math.Abs(cov-half) > .08 {
			t.Errorf("t = %.3f: variance %.3f, want %.3f; covariance with the velocity %.3f, want %.3f", tt, vx, want, cov, half)
		}
	}
}

// A bridge trains: bounded losses although its velocity is not bounded.
func TestBridgeTrains(t *testing.T) {
	tr := trainer(t, ring8{2, .2}, func(c *Config) { c.Coupling, c.Batch = Bridge{Sigma: .5}, 64 })
	steps(t, tr, 300)
	sound(t, tr)
	if tr.batch.from != margin || math.Abs(tr.batch.length-(1-2*margin)) > 1e-12 {
		t.Errorf("times from %g over %g", tr.batch.from, tr.batch.length)
	}
}

func TestWhatDoesNotGoTogether(t *testing.T) {
	other := gaussian{[]float64{0}, []float64{1}}
	vp, _ := path.Parse("vp")
	ve, _ := path.Parse("ve")
	cosine, _ := path.Parse("cosine")
	for _, r := range []struct {
		sched  path.Scheduler
		change func(*Config)
		word   string // none: it does go
	}{
		{vp, func(c *Config) { c.Source = round2d() }, "begins at"},
		{ve, func(c *Config) { c.Source = round2d() }, "begins at"},
		{cosine, func(c *Config) { c.Source = round2d() }, ""},
		{path.CondOT{}, func(c *Config) { c.Source = other }, "coordinates"},
		{ve, func(c *Config) { c.Coupling = OT{} }, "begins with the noise alone"},
		{vp, func(c *Config) { c.Coupling = OT{} }, ""},
		{path.CondOT{}, func(c *Config) { c.Coupling, c.Predict = OT{}, path.Score }, "no score"},
		{path.CondOT{}, func(c *Config) { c.Source, c.Predict = round2d(), path.Score }, "no score"},
		{path.CondOT{}, func(c *Config) { c.Coupling, c.Predict = OT{}, path.Data }, ""},
		{path.CondOT{}, func(c *Config) { c.Coupling, c.Predict = Independent{}, path.Score }, ""},
		{cosine, func(c *Config) { c.Coupling = Bridge{Sigma: 1} }, "condot"},
		{path.CondOT{}, func(c *Config) { c.Coupling, c.Predict = Bridge{Sigma: 1}, path.Data }, "predict velocity"},
		{path.CondOT{}, func(c *Config) { c.Coupling = Sinkhorn{} }, "eps"},
		{path.CondOT{}, func(c *Config) { c.Coupling = Bridge{Sigma: -1} }, "sigma"},
		{path.CondOT{}, func(c *Config) { c.Coupling = OT{Group: 1} }, "group"},
		{path.CondOT{}, func(c *Config) { c.Workers = -1 }, "Workers"},
		{path.CondOT{}, func(c *Config) { c.Predict = 77 }, "Predict"},
		{path.CondOT{}, func(c *Config) { c.Weight.Kind = 77 }, "Weight"},
	} {
		cfg := DefaultConfig()
		r.change(&cfg)
		switch _, err := New(round2d(), r.sched, cfg); {
		case r.word == "" && err != nil:
			t.Errorf("%s: %v", r.sched.Name(), err)
		case r.word != "" && (err == nil || !strings.Contains(err.Error(), r.word)):
			t.Errorf("%s: error %v, want one with %q", r.sched.Name(), err, r.word)
		}
	}
}

// The noise is the kernel's, the same in one piece and in many.
func TestNoise(t *testing.T) {
	p := newPairs(round2d(), DefaultConfig(), 64, rand.New(rand.NewPCG(1, 1)), kernel.NewNormal(1, 1))
	x0, x1 := make([]float32, 1<<14), make([]float32, 1<<14)
	p.draw(x0, x1)
	mean, std := moments(x0, 2)
	if math.Hypot(mean[0], mean[1]) > .05 || math.Abs(std-1) > .02 { // 8192 points
		t.Errorf("noise of mean %v and deviation %g", mean, std)
	}
}
