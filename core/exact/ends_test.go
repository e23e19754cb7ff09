package exact

import (
	"math"
	"testing"

	"inkflow/core/path"
)

// Nothing depends on the point at t = 0 of the straight line: mean and spread
// are those of samples.
func TestNoSignal(t *testing.T) {
	for name, target := range targets() {
		d := target.Dim()
		mean := make([]float64, d)
		x := make([]float64, d)
		x[0] = 1.3
		l, spread := target.Posterior(mean, x, 0, 2)
		if want := -1.3*1.3/8 - float64(d)*(math.Log(2)+math.Log(2*math.Pi)/2); math.Abs(l-want) > 1e-13*math.Abs(want) {
			t.Errorf("%s: log p %v, want %v", name, l, want)
		}
		const n = 100_000
		rng, p := seeded(3), make([]float64, d)
		sum, square := make([]float64, d), 0.0
		for range n {
			target.Point(rng, p)
			for i, v := range p {
				sum[i] += v / n
				square += (v - mean[i]) * (v - mean[i]) / n
			}
		}
		for i := range d {
			if math.Abs(sum[i]-mean[i]) > 5*math.Sqrt(spread/n) {
				t.Errorf("%s: mean %v, of samples %v", name, mean, sum)
			}
		}
		if math.Abs(square-spread) > 8*spread/math.Sqrt(n) {
			t.Errorf("%s: spread %v, of samples %v", name, spread, square)
		}
		// A little signal changes little: the formulas for α → 0 join on.
		near := make([]float64, d)
		l2, spread2 := target.Posterior(near, x, 1e-9, 2)
		for i := range d {
			if math.Abs(near[i]-mean[i]) > 1e-7 {
				t.Errorf("%s: mean %v at α = 1e-9, %v at 0", name, near, mean)
			}
		}
		if math.Abs(l2-l) > 1e-7 || math.Abs(spread2-spread) > 1e-6*spread {
			t.Errorf("%s: log p, spread %v, %v at α = 1e-9, %v, %v at 0", name, l2, spread2, l, spread)
		}
	}
}

// Without noise: the density itself, and the nearest point of the support for
// what lies off it, which is also where small noise leads.
func TestNoNoise(t *testing.T) {
	for name, target := range targets() {
		d := target.Dim()
		rng, p, x, mean, near := seeded(4), make([]float64, d), make([]float64, d), make([]float64, d), make([]float64, d)
		for range 50 {
			target.Point(rng, p)
			for i := range x {
				x[i] = 0.7 * p[i]
			}
			l, spread := target.Posterior(mean, x, 0.7, 0)
			if name == "bare" {
				if !math.IsInf(l, 1) || spread != 0 {
					t.Errorf("bare points: log p %v, spread %v", l, spread)
				}
			} else if spread > 1e-12 || l-l != 0 {
				t.Errorf("%s: log p %v, spread %v at a sample", name, l, spread)
			}
			for i := range x {
				if math.Abs(mean[i]-p[i]) > 1e-12*(1+math.Abs(p[i])) {
					t.Errorf("%s: mean %v at the sample %v", name, mean, p)
				}
				x[i] = 20*p[i] + 0.3*rng.NormFloat64()
			}
			target.Posterior(mean, x, 0.7, 0)
			target.Posterior(near, x, 0.7, 1e-6)
			for i := range x {
				if !(math.Abs(mean[i]-near[i]) < 1e-6) {
					t.Errorf("%s: %v off the support goes to %v without noise, to %v with a little", name, x, mean, near)
				}
			}
		}
	}
}

// Everything is finite at the ends of every path and far outside. Where there
// is no noise and no support the density is nothing, and only there.
func TestFiniteEverywhere(t *testing.T) {
	for name, target := range targets() {
		d := target.Dim()
		dst := make([]float64, d)
		for _, s := range path.Schedulers() {
			f := Field{target, s}
			for _, at := range []float64{0, 1e-12, 1e-4, 0.5, 0.99, 1 - 1e-6, 1 - 1e-12, math.Nextafter(1, 0), 1} {
				_, sigma, _, _ := s.Coefficients(at)
				for _, where := range []float64{0, 0.3, -2, 17, 1e3, -1e3} {
					x := make([]float64, d)
					for i := range x {
						x[i] = where * (1 - 0.3*float64(i))
					}
					ok := true
					check := func() {
						for _, v := range dst {
							ok = ok && v-v == 0
						}
					}
					f.Velocity(dst, x, at)
					check()
					f.Denoiser(dst, x, at)
					check()
					if name != "bare" || sigma > 0 {
						f.Score(dst, x, at)
						check()
					}
					div := f.Divergence(x, at)
					l := f.LogDensity(x, at)
					if !ok || div-div != 0 || math.IsNaN(l) || math.IsInf(l, 0) && sigma > 0 {
						t.Errorf("%s on %s at t = %v, x = %v: velocity … %v, divergence %v, log p %v", name, s.Name(), at, x, dst, div, l)
					}
				}
			}
		}
	}
}
