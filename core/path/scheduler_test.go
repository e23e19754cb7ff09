package path

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
)

// TestSchedulers is the conformance kit: every row of Schedulers goes through
// all of it.
func TestSchedulers(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Schedulers() {
		t.Run(s.Name(), func(t *testing.T) {
			if seen[s.Name()] || s.Name() == "" || s.Name() != strings.ToLower(s.Name()) {
				t.Errorf("the name %q is empty, taken or not in lower case", s.Name())
			}
			seen[s.Name()] = true
			if got, err := Parse(s.Name()); err != nil || got != s {
				t.Errorf("Parse(%q) = %v, %v", s.Name(), got, err)
			}
			conform(t, s)
		})
	}
}

// conform checks what Scheduler promises.
func conform(t *testing.T, s Scheduler) {
	t.Helper()

	// The ends are exact: at 0 the noise itself, at 1 the data itself. The
	// tolerance is one rounding of a sine or a root.
	ends := []struct{ t, alpha, sigma float64 }{{0, 0, 1}, {1, 1, 0}}
	for _, e := range ends {
		alpha, sigma, _, _ := s.Coefficients(e.t)
		if math.Abs(alpha-e.alpha) > 1e-12 || math.Abs(sigma-e.sigma) > 1e-12 {
			t.Errorf("at t = %v α, σ = %v, %v; want %v, %v", e.t, alpha, sigma, e.alpha, e.sigma)
		}
	}

	// Finite on [0, 1], its float neighbours included.
	times := []float64{0, math.SmallestNonzeroFloat64, float64(math.SmallestNonzeroFloat32), 1e-9, 0.5,
		1 - 1e-9, float64(math.Nextafter32(1, 0)), math.Nextafter(1, 0), 1}
	for _, at := range times {
		alpha, sigma, dAlpha, dSigma := s.Coefficients(at)
		for _, v := range []float64{alpha, sigma, dAlpha, dSigma} {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Errorf("at t = %v the coefficients are %v %v %v %v", at, alpha, sigma, dAlpha, dSigma)
				break
			}
		}
	}

	// Inside: positive, the signal-to-noise ratio rising, and the derivatives
	// those of the curves. Central differences at step 1e-4 leave 1e-8 times
	// the third derivative; 1e-5 holds for curves that bend over a hundredth.
	formula := &fd.Settings{Formula: fd.Central, Step: 1e-4}
	last := -1.0
	for k := 1; k < 100; k++ {
		at := float64(k) / 100
		alpha, sigma, dAlpha, dSigma := s.Coefficients(at)
		if !(alpha > 0 && sigma > 0) {
			t.Fatalf("at t = %v α, σ = %v, %v; both are positive inside", at, alpha, sigma)
		}
		if ratio := alpha / sigma; ratio <= last {
			t.Errorf("at t = %v α/σ = %v is not above %v", at, ratio, last)
		} else {
			last = ratio
		}
		wantAlpha := fd.Derivative(func(u float64) float64 { a, _, _, _ := s.Coefficients(u); return a }, at, formula)
		wantSigma := fd.Derivative(func(u float64) float64 { _, b, _, _ := s.Coefficients(u); return b }, at, formula)
		if math.Abs(dAlpha-wantAlpha) > 1e-5 || math.Abs(dSigma-wantSigma) > 1e-5 {
			t.Errorf("at t = %v the derivatives are %v, %v; differences say %v, %v", at, dAlpha, dSigma, wantAlpha, wantSigma)
		}
	}
}

func TestCondOT(t *testing.T) {
	alpha, sigma, dAlpha, dSigma := CondOT{}.Coefficients(0.25)
	if alpha != 0.25 || sigma != 0.75 || dAlpha != 1 || dSigma != -1 {
		t.Errorf("at t = ¼ the coefficients are %v %v %v %v", alpha, sigma, dAlpha, dSigma)
	}
	if Schedulers()[0] != (CondOT{}) {
		t.Error("the straight line is the default and comes first")
	}
}

func TestParseUnknown(t *testing.T) {
	for _, name := range []string{"", "CondOT", "cosine ", strings.Repeat("x", 1<<20)} {
		s, err := Parse(name)
		if s != nil || err == nil || !strings.Contains(err.Error(), "condot") || len(err.Error()) > 300 {
			t.Errorf("Parse(%.20q) = %v, %v; want a short error that lists condot", name, s, err)
		}
	}
}
