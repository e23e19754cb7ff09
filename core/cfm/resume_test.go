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
