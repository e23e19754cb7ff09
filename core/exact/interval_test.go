package exact

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"
)

// seen against quadrature of e^{g − max g}, on the part of the interval that
// holds the posterior; over all three formulas and where they meet.
func TestSeen(t *testing.T) {
	quadrature := func(x, lo, hi, alpha, sigma float64) look {
		v := func(s float64) float64 { return (alpha*s - x) / sigma }
		peak := math.Min(math.Max(x/alpha, lo), hi)
		// The density falls to e^−40 within 9 deviations of its peak, or
		// sooner out in the tail.
		width := sigma / alpha * math.Min(9, 45/math.Max(math.Abs(v(peak)), 1e-9))
		a, b := math.Max(lo, peak-width), math.Min(hi, peak+width)
		top := -v(peak) * v(peak) / 2
		moment := func(k int, about float64) float64 {
			return quad.Fixed(func(s float64) float64 {
				d := (s - peak) * alpha / sigma
				return math.Exp(-d*(d/2+v(peak))) * math.Pow(s-about, float64(k))
			}, a, b, 300, quad.Legendre{}, 0)
		}
		mass := moment(0, 0)
		mean := peak + moment(1, peak)/mass
		return look{math.Log(mass/(hi-lo)) + top - logRoot2Pi - math.Log(sigma), mean, moment(2, mean) / mass}
	}
	for _, half := range []float64{1e-9, 1e-4, 0.0099, 0.0101, 0.3, 1, 5, 40, 1e3} { // in deviations
		for _, middle := range []float64{0, 0.3, -1, 3, 4.9, 5.1 + half, -7, 20, -36, 60, 1e3, 1e4, 3e6} {
			const alpha, sigma, at = 0.8, 0.02, 0.7 // the interval is about 0.7
			w := half * sigma / alpha
			x := alpha*at - middle*sigma
			got, want := seen(x, at-w, at+w, alpha, sigma), quadrature(x, at-w, at+w, alpha, sigma)
			// Single operations lose the digits of v: log p to |v|²·1e-15, the
			// place to 1e-15 of 0.7 and the series to 1e-10 of the width. The
			// variance, a difference, to 1e-9 of that of a flat interval, and
			// by 1e-7 of itself far out.
			slack := 1e-10 + 3e-15*middle*middle
			if !(math.Abs(got.log-want.log) <= slack) {
				t.Errorf("half-width %v at %v deviations: log p %v, want %v", half, middle, got.log, want.log)
			}
			if !(math.Abs(got.mean-want.mean) <= 1e-15+1e-9*2*w) {
				t.Errorf("half-width %v at %v deviations: mean off by %.1e of the width", half, middle, (got.mean-want.mean)/2/w)
			}
			if v := math.Min(w*w/3, want.variance*10); !(math.Abs(got.variance-want.variance) <= 1e-7*v+1e-30) {
				t.Errorf("half-width %v at %v deviations: variance %v, want %v", half, middle, got.variance, want.variance)
			}
		}
	}
}

func TestMills(t *testing.T) {
	// Against erfc where that has its digits, and the asymptotic series
	// 1/v − 1/v³ + 3/v⁵ − 15/v⁷ further out.
	for _, v := range []float64{5, 6, 10, 20, 35} {
		got, rest := mills(v)
		want := math.Sqrt(math.Pi/2) * math.Exp(v*v/2) * math.Erfc(v/math.Sqrt2)
		if math.Abs(got-want) > 1e-12*want {
			t.Errorf("M(%v) = %v, want %v", v, got, want)
		}
		if math.Abs(got*(v+rest)-1) > 1e-15 {
			t.Errorf("M(%v) and its rest do not fit", v)
		}
	}
	if got, _ := mills(1e4); math.Abs(got*1e4-(1-1e-8+3e-16)) > 1e-15 {
		t.Errorf("M(1e4) = %v", got)
	}
}
