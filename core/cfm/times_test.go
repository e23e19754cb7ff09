package cfm

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"inkflow/core/nn/kernel"
)

// Draws against the density, by χ².
func TestTimesFollowTheirDensity(t *testing.T) {
	for _, s := range append(Samplings(),
		Times{Name: "pure", Location: -.5, Spread: .7},
		Times{Name: "lattice", Uniform: .3, Location: .5, Spread: 1, Lattice: true},
		Times{Name: "beta lattice", Uniform: .2, Beta: 2, Lattice: true},
	) {
		const n, bins, batch = 100000, 40, 100
		rng, normal := rand.New(rand.NewPCG(1, 9)), kernel.NewNormal(1, 9)
		var count [bins]float64
		drawn := make([]float64, batch)
		for k := range n {
			if k%batch == 0 {
				s.fill(rng, normal, drawn, make([]float32, batch))
			}
			v := drawn[k%batch]
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
		// 40-point quadrature of densities that are flat at their ends, but for the
		// root at the end of the Beta part and its edge at 0.999.
		if math.Abs(mass-1) > 1e-4 && s.Beta == 0 || math.Abs(mass-1) > 3e-3 {
			t.Errorf("%s: the density integrates to %g", s.Name, mass)
		}
		if s.Lattice { // far more even than chance
			if chi2 > used/2 {
				t.Errorf("%s: χ² = %.1f on %g bins, too uneven for a lattice", s.Name, chi2, used)
			}
			continue
		}
		if p := 1 - (distuv.ChiSquared{K: used - 1}).CDF(chi2); p < 1e-4 {
			t.Errorf("%s: χ² = %.1f on %g bins, p = %.2g", s.Name, chi2, used, p)
		}
		if d := s.Density(0); s.Beta == 0 && d != s.Uniform && s.Uniform < 1 {
			t.Errorf("%s: density at 0 is %g, want %g", s.Name, d, s.Uniform)
		}
		table := s.shares()
		for _, v := range []float64{0, .0003, .3, .77777, .9995, 1} {
			w := table.at(v)
			if !(w > 0 && w <= 1/leastDensity) {
				t.Errorf("%s: a time of %g counts %g in the reported loss", s.Name, v, w)
			}
			// The square of the knots' distance times the curvature.
			if want := 1 / max(s.Density(v), leastDensity); v > .2 && v < .99 && math.Abs(w/want-1) > 1e-4 {
				t.Errorf("%s: a time of %g counts %g in the reported loss, want %g", s.Name, v, w, want)
			}
		}
	}
}

// One lattice of n times has one in each n-th of the distribution, wherever its
// shift puts it.
func TestLatticeCoversEvenly(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	drawn := make([]float64, 128)
	for range 100 {
		LowDiscrepancy.fill(rng, nil, drawn, nil)
		for j, v := range drawn {
			if int(v*128) != j {
				t.Fatalf("time %d of 128 is %g", j, v)
			}
		}
	}
	// The quantiles rise within each part and meet the densities: the slope of
	// spread is 1/density.
	for _, s := range []Times{{Uniform: .3, Location: .5, Spread: 1}, {Uniform: .2, Beta: 2}, {Beta: 1.5}} {
		for u := .01; u < .98; u += .03 {
			if math.Abs(u-s.Uniform) < .02 {
				continue
			}
			part := s.Uniform // which of the two parts u is in decides whose density it is
			density := 1.
			at := s.spread(u)
			if u > s.Uniform {
				part = 1 - s.Uniform
				pure := s
				pure.Uniform = 0
				density = pure.Density(at)
			}
			slope := (s.spread(u+1e-6) - s.spread(u-1e-6)) / 2e-6
			if want := 1 / (part * density); math.Abs(math.Abs(slope)/want-1) > 1e-4 { // central differences
				t.Errorf("%+v: at u = %.2f the quantile has the slope %g, want %g", s, u, slope, want)
			}
		}
	}
}

// A time drawn alone has the distribution of those drawn in a batch: the same means
// and deviations.
func TestDrawAndFillAgree(t *testing.T) {
	const n = 40000
	for _, s := range Samplings() {
		rng, normal := rand.New(rand.NewPCG(2, 9)), kernel.NewNormal(2, 9)
		one, all, z := make([]float64, n), make([]float64, n), make([]float32, n)
		for j := range one {
			one[j] = s.Draw(rng)
		}
		s.fill(rng, normal, all, z)
		m1, d1 := stat.MeanStdDev(one, nil)
		m2, d2 := stat.MeanStdDev(all, nil)
		if math.Abs(m1-m2) > .006 || math.Abs(d1-d2) > .006 { // 4 standard errors of 0.3/√n
			t.Errorf("%s: mean and deviation %.4f, %.4f alone and %.4f, %.4f in a batch", s.Name, m1, d1, m2, d2)
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
	for _, bad := range []Times{{Uniform: 1.5, Spread: 1}, {Beta: -1}, {Beta: 11}, {Uniform: .5, Spread: 1, Location: math.NaN()}, {}} {
		if bad.Validate() == nil {
			t.Errorf("%+v was accepted", bad)
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
