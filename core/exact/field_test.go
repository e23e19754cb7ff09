package exact

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/diff/fd"

	"inkflow/core/path"
)

// A Gaussian target in 1, 2 and 5 dimensions on every path: everything in
// closed form, written down anew.
func TestGaussian(t *testing.T) {
	const std = 0.6
	for _, d := range []int{1, 2, 5} {
		mean := make([]float64, d)
		for i := range mean {
			mean[i] = 1.5 - float64(i)
		}
		target := must(NewModes([]Mode{{3, mean, std}}))
		rng := seeded(uint64(d))
		for _, s := range path.Schedulers() {
			f := Field{target, s}
			from, to := s.Interval()
			for _, at := range []float64{from, 0.1, 0.5, 0.9, 0.99, to} {
				alpha, sigma, dAlpha, dSigma := s.Coefficients(at)
				c := alpha*alpha*std*std + sigma*sigma
				// d/dt of a Gaussian N(αm, cI): u = α̇m + (ċ/2c)(x − αm).
				rate := (alpha*dAlpha*std*std + sigma*dSigma) / c
				x, got := make([]float64, d), make([]float64, d)
				logDensity := -float64(d) / 2 * math.Log(2*math.Pi*c)
				for i := range x {
					x[i] = alpha*mean[i] + 1.5*math.Sqrt(c)*rng.NormFloat64()
					logDensity -= (x[i] - alpha*mean[i]) * (x[i] - alpha*mean[i]) / (2 * c)
				}
				// α̇D + σ̇ε cancels by the size of its parts over that of the sum.
				slack := 1e-12 * (1 + math.Abs(dSigma) + math.Abs(dAlpha))
				compare := func(what string, want func(i int) float64, slack float64) {
					for i := range x {
						if w := want(i); !(math.Abs(got[i]-w) <= slack*(1+math.Abs(w))) {
							t.Errorf("%s, d = %d, t = %v: %s %v, want %v", s.Name(), d, at, what, got[i], w)
						}
					}
				}
				f.Velocity(got, x, at)
				compare("velocity", func(i int) float64 { return dAlpha*mean[i] + rate*(x[i]-alpha*mean[i]) }, slack)
				f.Denoiser(got, x, at)
				compare("denoiser", func(i int) float64 { return mean[i] + alpha*std*std/c*(x[i]-alpha*mean[i]) }, 1e-13)
				f.Score(got, x, at)
				compare("score", func(i int) float64 { return -(x[i] - alpha*mean[i]) / c }, 1e-13)
				if l := f.LogDensity(x, at); !(math.Abs(l-logDensity) <= 1e-12*(1+math.Abs(logDensity))) {
					t.Errorf("%s, d = %d, t = %v: log p %v, want %v", s.Name(), d, at, l, logDensity)
				}
				if div := f.Divergence(x, at); sigma > 0 && !(math.Abs(div-float64(d)*rate) <= slack*float64(d)/math.Min(1, sigma)) {
					t.Errorf("%s, d = %d, t = %v: divergence %v, want %v", s.Name(), d, at, div, float64(d)*rate)
				}
				if div := f.VelocityDivergence(got, x, at); div != f.Divergence(x, at) {
					t.Errorf("the two divergences differ: %v", div)
				}
				compare("velocity", func(i int) float64 { return dAlpha*mean[i] + rate*(x[i]-alpha*mean[i]) }, slack)
			}
		}
	}
}

// Within the range where differences can follow: divergence against those of
// the velocity, score against those of the log-density, and the continuity
// equation ∂_t log p + div u + u·∇log p = 0, on every kind of target and path.
func TestDifferentialIdentities(t *testing.T) {
	for name, target := range targets() {
		d := target.Dim()
		rng := seeded(11)
		x, u, v, score := make([]float64, d), make([]float64, d), make([]float64, d), make([]float64, d)
		for _, s := range path.Schedulers() {
			f := Field{target, s}
			for _, at := range []float64{0.15, 0.5, 0.8} {
				alpha, sigma, _, _ := s.Coefficients(at)
				target.Point(rng, x)
				for i := range x {
					x[i] = alpha*x[i] + sigma*rng.NormFloat64()
				}
				// Differences of the fourth order at a fiftieth of the noise
				// leave some 1e-7 of the largest derivative about.
				set := &fd.Settings{Formula: fd.Formula{Derivative: 1, Step: 1, Stencil: []fd.Point{
					{Loc: -2, Coeff: 1. / 12}, {Loc: -1, Coeff: -2. / 3}, {Loc: 1, Coeff: 2. / 3}, {Loc: 2, Coeff: -1. / 12},
				}}, Step: sigma / 50}
				partial := func(i int, value func() float64) float64 {
					keep := x[i]
					defer func() { x[i] = keep }()
					return fd.Derivative(func(w float64) float64 { x[i] = w; return value() }, keep, set)
				}
				div := 0.0
				scale := 1 / sigma
				f.Velocity(u, x, at)
				f.Score(score, x, at)
				transport := 0.0
				for i := range x {
					div += partial(i, func() float64 { f.Velocity(v, x, at); return v[i] })
					slope := partial(i, func() float64 { return f.LogDensity(x, at) })
					if !(math.Abs(score[i]-slope) <= 1e-5*(scale+math.Abs(slope))) {
						t.Errorf("%s on %s at t = %v: score %v, differences say %v", name, s.Name(), at, score[i], slope)
					}
					transport += u[i] * score[i]
					scale += math.Abs(u[i] * score[i])
				}
				got := f.Divergence(x, at)
				_, _, dAlpha, dSigma := s.Coefficients(at)
				scale += (math.Abs(dSigma) + math.Abs(dAlpha)) * (1 + alpha/sigma) / sigma
				if !(math.Abs(got-div) <= 1e-5*(scale+math.Abs(div))) {
					t.Errorf("%s on %s at t = %v: divergence %v, differences say %v", name, s.Name(), at, got, div)
				}
				inTime := &fd.Settings{Formula: set.Formula, Step: 5e-4}
				rate := fd.Derivative(func(w float64) float64 { return f.LogDensity(x, w) }, at, inTime)
				if residue := rate + got + transport; !(math.Abs(residue) <= 1e-5*(scale+math.Abs(rate))) {
					t.Errorf("%s on %s at t = %v: ∂_t log p + div u + u·∇log p = %v of %v", name, s.Name(), at, residue, rate)
				}
			}
		}
	}
}

// Tweedie's formula is the score that a Smooth target gives directly.
func TestScoreIsTweedie(t *testing.T) {
	type plain struct{ Target } // hides Score
	target := unlike(2)
	a, b := make([]float64, 2), make([]float64, 2)
	for _, at := range []float64{0, 0.3, 0.7, 0.95} {
		x := []float64{0.4, -1.1}
		Field{target, path.CondOT{}}.Score(a, x, at)
		Field{plain{target}, path.CondOT{}}.Score(b, x, at)
		for i := range a {
			if math.Abs(a[i]-b[i]) > 1e-11*(1+math.Abs(a[i])) {
				t.Errorf("t = %v: %v, by Tweedie %v", at, a, b)
			}
		}
	}
	// Without noise the score of a Gaussian mixture is its own.
	Field{target, path.CondOT{}}.Score(a, []float64{0.1, 0.2}, 1)
	l := func(x, y float64) float64 {
		v, _ := target.Posterior(nil, []float64{x, y}, 1, 0)
		return v
	}
	const h = 1e-5
	if want := (l(0.1+h, 0.2) - l(0.1-h, 0.2)) / (2 * h); math.Abs(a[0]-want) > 1e-6 {
		t.Errorf("without noise the score is %v, want %v", a[0], want)
	}
}

// What a perfect network would answer halfway: where the point is going, and
// how fast.
func ExampleField() {
	target, err := NewModes([]Mode{
		{Weight: 1, Mean: []float64{-2, 0}, Std: 0.1},
		{Weight: 1, Mean: []float64{2, 0}, Std: 0.1},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	f := Field{target, path.CondOT{}}
	x := []float64{0.4, 0.3}
	d, u := make([]float64, 2), make([]float64, 2)
	f.Denoiser(d, x, 0.5)
	f.Velocity(u, x, 0.5)
	fmt.Printf("expects %.2f, moves %.2f, log p %.3f\n", d, u, f.LogDensity(x, 0.5))
	// Output: expects [1.83 0.01], moves [2.86 -0.59], log p -2.005
}
