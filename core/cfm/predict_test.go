package cfm

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/diff/fd"

	"inkflow/core/nn"
	"inkflow/core/path"
)

func on(t *testing.T, s path.Scheduler, target Target, change func(*Config)) *Trainer {
	t.Helper()
	cfg := DefaultConfig()
	cfg.Net.Dim = target.Dim()
	cfg.Net.Hidden = []int{16, 16}
	change(&cfg)
	tr, err := New(target, s, cfg)
	if err != nil {
		t.Fatalf("%s, %s: %v", s.Name(), cfg.Predict, err)
	}
	return tr
}

// A preconditioned network learns the same whatever it is asked for, on every path:
// same F, same loss as a velocity, up to float32.
func TestPredictionsAreOne(t *testing.T) {
	for _, s := range path.Schedulers() {
		var first float64
		for _, p := range path.Predictions() {
			tr := on(t, s, ring8{2, .3}, func(c *Config) { c.Predict, c.Times = p, Uniform })
			steps(t, tr, 100)
			switch l := tr.Loss(); {
			case p == path.Velocity:
				first = l
			case !(math.Abs(l/first-1) < .01): // near an end float32 knows little of some
				t.Errorf("%s, %s: loss %.5f, as a velocity %.5f", s.Name(), p, l, first)
			}
		}
	}
}

// A plain network learns three different things, and gets to the floor with each of
// them: Gaussian data, where the floor is known.
func TestPlainPredictions(t *testing.T) {
	g := round2d()
	for _, p := range path.Predictions() {
		tr := on(t, path.CondOT{}, g, func(c *Config) {
			c.Predict, c.Steps, c.Net.Plain, c.Net.Hidden = p, 1500, true, []int{32, 32}
			if p == path.Noise || p == path.Score {
				c.Weight.Kind = MinSNR
			}
		})
		steps(t, tr, 1500)
		// Of the field that is sampled. What x1 and ε miss is divided by σ and by α,
		// so they have no share in the last and in the first tenth.
		f := nn.NewField(tr.Net())
		rng := rand.New(rand.NewPCG(5, 5))
		const n = 1000
		var off, size float64
		for _, at := range []float64{.15, .3, .5, .7, .85} {
			x0, x1, v := make([]float32, 2*n), make([]float32, 2*n), make([]float32, 2*n)
			independent(rng, g, x0, x1)
			for k := range x1 {
				x1[k] = float32(at)*x1[k] + float32(1-at)*x0[k]
			}
			f.Velocity(v, x1, at)
			for k := range v {
				want := g.velocity(k/n, float64(x1[k]), at)
				e := float64(v[k]) - want
				off, size = off+e*e, size+want*want
			}
		}
		if e := math.Sqrt(off / size); e > .12 { // .02 to .08 measured
			t.Errorf("%s: the field of a plain network is off by %.3f of its size", p, e)
		}
		// The reported loss has the ends in it, where a thousandth of the times makes
		// up most of it.
		if r := tr.Loss() / g.floor(); !(r > .9 && r < 8) {
			t.Errorf("%s: reported loss %.2f times the floor", p, r)
		}
	}
}

// The gradient that compare hands on is that of the weighted loss, by finite
// differences.
func TestCompareIsTheGradient(t *testing.T) {
	for _, w := range Weights() {
		for _, p := range path.Predictions() {
			tr := on(t, path.CondOT{}, round2d(), func(c *Config) { c.Predict, c.Weight, c.Batch = p, w, 8 })
			tr.batch.draw()
			tr.crew.run()
			s, wk := tr.shards[0], &tr.crew.work
			loss := func(k int) func(float64) float64 {
				return func(e float64) float64 {
					sum := 0.
					for i := range s.v {
						f := s.ws.Factors(i % len(s.time))
						d := float64(s.v[i]) - float64(s.y[i])
						if i == k {
							d += e
						}
						sum += w.relative(f) / (f.Unit() * f.Unit()) * d * d / float64(len(s.v))
					}
					return sum
				}
			}
			s.compare(wk)
			for _, k := range []int{0, 7, 11} {
				want := fd.Derivative(loss(k), 0, &fd.Settings{Formula: fd.Central, Step: 1e-3})
				if got := float64(s.dv[k]); math.Abs(got-want) > 1e-5*math.Abs(want)+1e-12 { // float32
					t.Errorf("%s, %s: gradient %g, differences say %g", w, p, got, want)
				}
			}
		}
	}
}

// Weights against their definition, as weights on the error of the denoiser.
func TestWeightsAreThoseOfTheDenoiser(t *testing.T) {
	scale := nn.Scale{Mean: []float64{0}, Std: 2}
	for _, s := range path.Schedulers() {
		for _, p := range path.Predictions() {
			for _, at := range []float64{.05, .3, .6, .9} {
				alpha, sigma, da, ds := s.Coefficients(at)
				a, b := p.Combination(alpha, sigma, da, ds)
				k := scale.Precondition(alpha, sigma, a, b)
				onD := func(w Weight) float64 {
					q := (a*sigma - b*alpha) / sigma // an error in D is q times that in y
					return w.relative(&k) / (k.Unit() * k.Unit()) * q * q
				}
				snr := alpha * alpha / (sigma * sigma)
				for _, r := range []struct {
					w    Weight
					want float64
				}{{Weight{Kind: SNR}, snr}, {Weight{Kind: MinSNR}, min(snr, 5)}, {Weight{Kind: MinSNR, Gamma: .5}, min(snr, .5)}} {
					if got := onD(r.w); math.Abs(got/r.want-1) > 1e-9 {
						t.Errorf("%s, %s at %g: %s weighs %g, want %g", s.Name(), p, at, r.w, got, r.want)
					}
				}
				if got := (Weight{Kind: Natural}).relative(&k) / (k.Unit() * k.Unit()); math.Abs(got-1) > 1e-12 {
					t.Errorf("%s, %s at %g: natural weighs %g", s.Name(), p, at, got)
				}
			}
		}
	}
	// Cut, not infinite, where a plain network is asked for what x says nothing of.
	for _, w := range Weights() {
		for _, p := range []path.Prediction{path.Data, path.Noise} {
			for _, at := range []float64{0, 1} {
				a, b := p.Combination(path.CondOT{}.Coefficients(at))
				k := scale.Precondition(at, 1-at, a, b)
				if r := w.relative(&k); !(r >= 0 && r <= mostRelative) {
					t.Errorf("%s, %s at %g: relative weight %g", w, p, at, r)
				}
			}
		}
	}
}

func TestParseWeight(t *testing.T) {
	for _, w := range append(Weights(), Weight{Kind: MinSNR, Gamma: 2.5}) {
		if got, err := ParseWeight(w.String()); err != nil || got != w {
			t.Errorf("ParseWeight(%q) = %v, %v", w, got, err)
		}
		if err := w.Validate(); err != nil {
			t.Error(err)
		}
	}
	for _, text := range []string{"", "snr:gamma=1", "minsnr:gamma=0", "minsnr:eps=1", "heavy"} {
		if w, err := ParseWeight(text); err == nil || !strings.Contains(err.Error(), "minsnr") {
			t.Errorf("ParseWeight(%q) = %v, %v", text, w, err)
		}
	}
	for _, w := range []Weight{{Kind: 9}, {Kind: MinSNR, Gamma: -1}, {Kind: MinSNR, Gamma: math.NaN()}} {
		if w.Validate() == nil {
			t.Errorf("%+v was accepted", w)
		}
	}
}

// An untrained network scores 1 in its own units on every path and for every
// prediction, and the velocity's error is reported for all of them.
func TestUntrainedEverywhere(t *testing.T) {
	g := round2d()
	for _, s := range path.Schedulers() {
		var natural float64
		for _, p := range path.Predictions() {
			tr := on(t, s, g, func(c *Config) { c.Predict, c.Batch, c.Times = p, 8192, LowDiscrepancy })
			tr.batch.draw()
			tr.crew.run()
			scaled, loss := tr.total()
			if math.Abs(scaled-1) > .05 { // 16384 squares, and the estimated scale
				t.Errorf("%s, %s: untrained loss %.3f, want 1", s.Name(), p, scaled)
			}
			if p == path.Velocity {
				natural = loss
			} else if math.Abs(loss/natural-1) > .01 {
				t.Errorf("%s, %s: reported loss %.4f, as a velocity %.4f", s.Name(), p, loss, natural)
			}
			from, to := s.Interval()
			for _, at := range tr.shards[0].time {
				if float64(at) < from-1e-7 || float64(at) > to+1e-7 { // rounded to float32
					t.Fatalf("%s: a time of %g, outside [%g, %g]", s.Name(), at, from, to)
				}
			}
		}
	}
}
