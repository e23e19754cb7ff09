package cfm

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat/distuv"
)

// Draws against the density, by χ².
func TestTimesFollowTheirDensity(t *testing.T) {
	for _, s := range append(Samplings(), Times{Name: "pure", Location: -.5, Spread: .7}) {
		const n, bins = 100000, 40
		rng := rand.New(rand.NewPCG(1, 9))
		var count [bins]float64
		for range n {
			v := s.Draw(rng)
			if !(v >= 0 && v <= 1) {
				t.Fatalf("%s: drew %g", s.Name, v)
			}
			count[min(bins-1, int(v*bins))]++
		}
		var chi2, mass, used float64
		for b := range bins {
			p := quad.Fixed(s.Density, float64(b)/bins, float64(b+1)/bins, 40, nil, 0)
			mass += p
			if e := n * p; e >= 5 {
				chi2 += (count[b] - e) * (count[b] - e) / e
				used++
			}
		}
		if math.Abs(mass-1) > 1e-4 { // 40-point quadrature of a density that is flat at its ends
			t.Errorf("%s: the density integrates to %g", s.Name, mass)
		}
		if p := 1 - (distuv.ChiSquared{K: used - 1}).CDF(chi2); p < 1e-4 {
			t.Errorf("%s: χ² = %.1f on %g bins, p = %.2g", s.Name, chi2, used, p)
		}
		if d := s.Density(0); d != s.Uniform && s.Uniform < 1 {
			t.Errorf("%s: density at 0 is %g, want %g", s.Name, d, s.Uniform)
		}
	}
}

func TestParseTimes(t *testing.T) {
	for _, s := range Samplings() {
		if got, err := ParseTimes(s.Name); err != nil || got != s {
			t.Errorf("ParseTimes(%q) = %v, %v", s.Name, got, err)
		}
		if err := s.Validate(); err != nil {
			t.Error(err)
		}
	}
	if _, err := ParseTimes("soon"); err == nil || !strings.Contains(err.Error(), "uniform") {
		t.Errorf("error %v, want one that lists the names", err)
	}
}

func TestScheduleShape(t *testing.T) {
	for _, r := range []struct {
		name          string
		step, planned int
		want          float64
	}{
		{"first step of a plan", 0, 1000, 1. / 20},
		{"end of the warm-up", 19, 1000, 1},
		{"half of the decay", 510, 1000, .5},
		{"end", 1000, 1000, 0},
		{"long after", 5000, 1000, 0},
		{"a plan of one step", 0, 1, 1},
		{"stable", openStable, 0, 1},
		{"open", 4 * openStable, 0, .5},
		{"floor", 1 << 40, 0, openFloor},
	} {
		if got := schedule(r.step, r.planned); math.Abs(got-r.want) > 1e-12 {
			t.Errorf("%s: %g, want %g", r.name, got, r.want)
		}
	}
	tr := trainer(t, round2d(), func(c *Config) { c.Steps = 0 })
	if got, want := tr.Rate(), tr.cfg.Rate/freshWarmUp; got != want {
		t.Errorf("an open run begins at the rate %g, want %g", got, want)
	}
}
