package cfm

import (
	"math"
	"slices"
	"strings"
	"testing"

	"inkflow/core/path"
)

func TestRetarget(t *testing.T) {
	a, b := round2d(), gaussian{[]float64{-3, 5}, []float64{.3, 1.2}}
	tr := trainer(t, a, func(c *Config) { c.Steps, c.Net.Hidden = 800, []int{32, 32} })
	steps(t, tr, 800)
	if !tr.Done() || tr.Rate() != 0 {
		t.Errorf("after the plan: done %v, rate %g", tr.Done(), tr.Rate())
	}
	weights := slices.Clone(tr.Net().Weights)
	if err := tr.Retarget(gaussian{[]float64{0}, []float64{1}}); err == nil || !strings.Contains(err.Error(), "coordinates") {
		t.Errorf("retargeting to another dimension: %v", err)
	}
	none := 0
	if err := tr.Retarget(spoilt{b, &none}); err == nil || !strings.Contains(err.Error(), "finite") {
		t.Errorf("retargeting to NaN: %v", err)
	}
	if !tr.Done() || tr.net.Scale.Mean[0] < 0 {
		t.Error("a refused target changed the trainer")
	}
	if err := tr.Retarget(b); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(weights, tr.Net().Weights) {
		t.Error("retargeting changed the weights")
	}
	if m := tr.Net().Scale.Mean; math.Abs(m[0]+3) > .1 || math.Abs(m[1]-5) > .1 {
		t.Errorf("scale after retargeting has the mean %v", m)
	}
	if tr.Done() || tr.Rate() > tr.cfg.Rate/4 || !math.IsNaN(tr.Loss()) {
		t.Errorf("after retargeting: done %v, rate %g, loss %g", tr.Done(), tr.Rate(), tr.Loss())
	}
	steps(t, tr, 800)
	if tr.Steps() != 1600 {
		t.Errorf("%d steps, want 1600", tr.Steps())
	}
	if got, want := freshLoss(tr.Net(), b, 20000), b.floor(); math.Abs(got/want-1) > .03 {
		t.Errorf("loss on the new target %.4f, floor %.4f", got, want)
	}
}

// Source and coupling stay when the target changes, and what is known of the pairs
// is estimated anew.
func TestRetargetKeepsTheCoupling(t *testing.T) {
	source := gaussian{[]float64{2, 0}, []float64{.5, .5}}
	tr := trainer(t, round2d(), func(c *Config) { c.Source, c.Coupling, c.Net.Hidden = source, OT{}, []int{8} })
	was := tr.Net().Scale
	if err := tr.Retarget(gaussian{[]float64{0, 0}, []float64{3, 3}}); err != nil {
		t.Fatal(err)
	}
	steps(t, tr, 5)
	is := tr.Net().Scale
	if math.Abs(is.SourceMean[0]-2) > .05 || math.Abs(is.Std-3) > .15 {
		t.Errorf("scale %+v", is)
	}
	if r := is.Covariance / was.Covariance; math.Abs(r*.7/3-1) > .1 { // c goes with s1
		t.Errorf("covariance %.3f, was %.3f", is.Covariance, was.Covariance)
	}
}

// A network keeps what it predicts, whatever the settings say.
func TestResumeKeepsThePrediction(t *testing.T) {
	tr := trainer(t, round2d(), func(c *Config) { c.Predict, c.Net.Plain, c.Net.Hidden = path.Data, true, []int{8} })
	steps(t, tr, 10)
	again, err := Resume(round2d(), path.CondOT{}, DefaultConfig(), tr.Net(), 10)
	if err != nil {
		t.Fatal(err)
	}
	if again.Net().Predict != path.Data || again.cfg.Predict != path.Data || !again.cfg.Net.Plain {
		t.Errorf("resumed as %v", again.cfg)
	}
	steps(t, again, 10)
	odd := tr.Net().Clone()
	odd.Predict = own{}
	if _, err := Resume(round2d(), path.CondOT{}, DefaultConfig(), odd, 1); err == nil || !strings.Contains(err.Error(), "predicts no quantity") {
		t.Errorf("a network that predicts something else: %v", err)
	}
}

type own struct{}

func (own) Combination(alpha, sigma, dAlpha, dSigma float64) (a, b float64) { return 2, 3 }

func TestResume(t *testing.T) {
	g := round2d()
	tr := trainer(t, g, func(c *Config) { c.Steps = 0 })
	steps(t, tr, 200)
	saved := tr.Net().Clone()
	saved.Scale.Mean[0] += .125 // its own scale, not a new estimate, must survive
	cfg := DefaultConfig()
	cfg.Steps = 0
	again, err := Resume(g, path.CondOT{}, cfg, saved, 5000)
	if err != nil {
		t.Fatal(err)
	}
	if again.Steps() != 5000 || !slices.Equal(again.Net().Weights, saved.Weights) || again.Net().Scale.Mean[0] != saved.Scale.Mean[0] {
		t.Error("a resumed trainer does not begin where the saved one ended")
	}
	if again.Rate() > cfg.Rate/50 {
		t.Errorf("a resumed trainer begins at the rate %g, without a warm-up", again.Rate())
	}
	steps(t, again, 200)
	if want := cfg.Rate * schedule(5200, 0); again.Rate() != want {
		t.Errorf("rate %g after resuming, want %g as if never interrupted", again.Rate(), want)
	}
	if slices.Equal(again.Net().Weights, saved.Weights) {
		t.Error("a resumed trainer does not learn")
	}

	cfg.Steps = 300
	planned, err := Resume(g, path.CondOT{}, cfg, saved, 5000)
	if err != nil {
		t.Fatal(err)
	}
	if planned.Done() {
		t.Error("a plan of 300 more steps is done at once")
	}

	bad := saved.Clone()
	bad.Weights[3] = float32(math.Inf(1))
	for word, f := range map[string]func() error{
		"finite":      func() error { _, err := Resume(g, path.CondOT{}, cfg, bad, 1); return err },
		"-1 steps":    func() error { _, err := Resume(g, path.CondOT{}, cfg, saved, -1); return err },
		"coordinates": func() error { _, err := Resume(dot{[]float32{1}}, path.CondOT{}, cfg, saved, 1); return err },
		"Batch":       func() error { c := cfg; c.Batch = 0; _, err := Resume(g, path.CondOT{}, c, saved, 1); return err },
	} {
		if err := f(); err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("error %v, want one that speaks of %q", err, word)
		}
	}
}
