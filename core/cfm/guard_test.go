package cfm

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"inkflow/core/nn"
	"inkflow/core/nn/kernel"
)

// sound fails unless everything that leaves the trainer is finite and sane.
func sound(t *testing.T, tr *Trainer) {
	t.Helper()
	if !kernel.Finite(tr.Net().Weights) {
		t.Fatalf("step %d: weights that are not finite leave the trainer", tr.Steps())
	}
	if l := tr.Loss(); math.IsInf(l, 0) || l > 1e6 {
		t.Fatalf("step %d: a loss of %g leaves the trainer", tr.Steps(), l)
	}
	x, v := []float32{.5, -3, 2, 0}, make([]float32, 4)
	for _, at := range []float64{0, .5, 1} {
		nn.NewField(tr.Net()).Velocity(v, x, at)
		for _, y := range v {
			if !(math.Abs(float64(y)) < 1e4) {
				t.Fatalf("step %d: a velocity of %g leaves the trainer", tr.Steps(), y)
			}
		}
	}
}

// diverge steps until the guard speaks.
func diverge(t *testing.T, tr *Trainer) *Diverged {
	t.Helper()
	for range 500 {
		err := tr.Step()
		sound(t, tr)
		if err != nil {
			var d *Diverged
			if !errors.As(err, &d) {
				t.Fatalf("error %v, want a *Diverged", err)
			}
			return d
		}
	}
	t.Fatal("500 steps and the guard has not spoken")
	return nil
}

func TestAbsurdRate(t *testing.T) {
	for _, rate := range []float64{30, 1e3, 1e30, math.MaxFloat64} {
		tr := trainer(t, round2d(), func(c *Config) { c.Rate = rate })
		d := diverge(t, tr)
		if d.Rate != rate || d.Back != tr.Steps() || d.Step < d.Back {
			t.Errorf("rate %g: %+v at step %d", rate, d, tr.Steps())
		}
		if !strings.Contains(d.Advice(), "rate") || !strings.Contains(d.Error(), "diverged") {
			t.Errorf("words: %s %s", d.Error(), d.Advice())
		}
		if d.Lower() >= rate {
			t.Errorf("advice to lower the rate from %g to %g", rate, d.Lower())
		}
		before := slices.Clone(tr.Net().Weights)
		for range 3 { // it stays put
			if err := tr.Step(); err != error(d) {
				t.Fatalf("after a divergence Step returns %v", err)
			}
		}
		if !slices.Equal(before, tr.Net().Weights) || tr.Steps() != d.Back {
			t.Error("a stopped trainer moved")
		}
		if err := tr.SetRate(math.NaN()); err == nil {
			t.Error("a rate of NaN was accepted")
		}
		if err := tr.SetRate(d.Lower()); err != nil {
			t.Fatal(err)
		}
		steps(t, tr, 300)
		sound(t, tr)
		if f := round2d().floor(); tr.Loss() > 1.2*f {
			t.Errorf("after the advised rate the loss is %.3f, floor %.3f", tr.Loss(), f)
		}
	}
}

// Late trouble: after 200 good steps something breaks. The weights that come back
// are those of the last copy, not of the beginning.
func TestLateTrouble(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for name, spoil := range map[string]func(*Trainer){
		"a NaN weight":         func(tr *Trainer) { tr.net.Weights[5] = nan },
		"an infinite weight":   func(tr *Trainer) { tr.net.Weights[tr.net.NumParams()-1] = inf },
		"a −infinite weight":   func(tr *Trainer) { tr.net.Weights[0] = -inf },
		"an infinite moment":   func(tr *Trainer) { tr.adam.M[9] = inf },
		"a NaN moment":         func(tr *Trainer) { tr.adam.V[9] = nan },
		"weights grown absurd": func(tr *Trainer) { kernel.Lerp(tr.net.Weights, tr.net.Weights, 0); scale(tr.net.Weights, 1e6) },
	} {
		t.Run(name, func(t *testing.T) {
			tr := trainer(t, round2d(), nil)
			steps(t, tr, 200)
			copied := slices.Clone(tr.good.weights)
			spoil(tr)
			d := diverge(t, tr)
			if d.Back != 192 { // the last multiple of copyEvery
				t.Errorf("went back to step %d, want 192", d.Back)
			}
			if !slices.Equal(tr.net.Weights, copied) {
				t.Error("the weights in force are not the last good ones")
			}
			if d.Target {
				t.Error("the target was blamed")
			}
			if err := tr.SetRate(1e-3); err != nil {
				t.Fatal(err)
			}
			steps(t, tr, 100)
			sound(t, tr)
		})
	}
}

func scale(x []float32, k float32) {
	for i := range x {
		x[i] *= k
	}
}

func TestTargetTurnsToNaN(t *testing.T) {
	left := 100 // one sample of which is for the scale
	tr := trainer(t, spoilt{round2d(), &left}, nil)
	d := diverge(t, tr)
	if !d.Target || !strings.Contains(d.Advice(), "data") || d.Step != 99 {
		t.Errorf("%+v: %s", d, d.Advice())
	}
	if err := tr.Retarget(round2d()); err != nil {
		t.Fatal(err)
	}
	steps(t, tr, 100)
	sound(t, tr)
}

// Heavy tails are no divergence: a batch may hold a point a thousand deviations
// away, which an untrained network cannot know about either.
func TestRemotePointsAreNoDivergence(t *testing.T) {
	tr := trainer(t, round2d(), nil)
	steps(t, tr, 64)
	tr.batch.draw()
	s, w := tr.shards[0], &tr.crew.work
	tr.batch.place(s, tr.net, 0)
	for k := range s.y[:3] {
		s.x[k], s.y[k] = 500, 4000
	}
	tr.net.Forward(s.ws, s.v, s.x, s.time)
	s.compare(w)
	scaled := s.scaled
	if scaled < blowUp {
		t.Fatalf("the batch scores %g: the test tests nothing", scaled)
	}
	if !tr.healthy(scaled) {
		t.Errorf("a batch with remote points (loss %.3g, untrained %.3g) was called a divergence", scaled, tr.untrained())
	}
}
