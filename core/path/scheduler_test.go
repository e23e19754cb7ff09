package path

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
)

// kit is every row of the table, and the parametrised ones once more away from
// their defaults.
func kit() []Scheduler {
	return append(Schedulers(), Polynomial{1}, Polynomial{1.5}, Polynomial{5}, VP{0.5, 8}, VP{3, 3},
		SubVP{0.02, 40}, VE{1e-3, 50}, TargetCFM{0.2})
}

// TestSchedulers is the conformance kit: every scheduler goes through all of
// it.
func TestSchedulers(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range kit() {
		t.Run(s.Name(), func(t *testing.T) {
			if seen[s.Name()] || s.Name() == "" || s.Name() != strings.ToLower(s.Name()) {
				t.Errorf("the name %q is empty, taken or not in lower case", s.Name())
			}
			seen[s.Name()] = true
			if got, err := Parse(s.Name()); err != nil || got != s {
				t.Errorf("Parse(%q) = %v, %v", s.Name(), got, err)
			}
			finite(t, s)
			derivatives(t, s)
			inverse(t, s)
		})
	}
}

// finite checks [0, 1] with its float neighbours, and the interval: in it, the
// signal rises and the velocity determines the data.
func finite(t *testing.T, s Scheduler) {
	from, to := s.Interval()
	if !(0 <= from && from < to && to <= 1 && s.Source() > 0) {
		t.Fatalf("interval [%v, %v], source %v", from, to, s.Source())
	}
	times := []float64{0, math.SmallestNonzeroFloat64, float64(math.SmallestNonzeroFloat32), 1e-9, from, 0.5, to,
		1 - 1e-9, float64(math.Nextafter32(1, 0)), math.Nextafter(1, 0), 1}
	for _, at := range times {
		alpha, sigma, dAlpha, dSigma := s.Coefficients(at)
		for _, v := range []float64{alpha, sigma, dAlpha, dSigma} {
			if math.IsNaN(v) || math.IsInf(v, 0) || math.Abs(v) > 1e10 {
				t.Errorf("at t = %v the coefficients are %v %v %v %v", at, alpha, sigma, dAlpha, dSigma)
				break
			}
		}
	}
	last := math.Inf(-1)
	for k := range 101 {
		at := min(from+(to-from)*float64(k)/100, to)
		alpha, sigma, dAlpha, dSigma := s.Coefficients(at)
		if inside := k > 0 && k < 100; inside && !(alpha > 0 && sigma > 0) || !(alpha >= 0 && sigma >= 0) {
			t.Fatalf("at t = %v α, σ = %v, %v", at, alpha, sigma)
		}
		if det := sigma*dAlpha - dSigma*alpha; !(det > 0) {
			t.Errorf("at t = %v σα̇ − σ̇α = %v; the velocity says nothing of the data", at, det)
		}
		if lambda := LogSNR(s, at); lambda <= last && k > 0 {
			t.Errorf("at t = %v log α/σ = %v is not above %v", at, lambda, last)
		} else {
			last = lambda
		}
	}
}

// derivatives checks α̇ and σ̇ to 1e-8 relative, on 97 times from 0.02 to 0.98.
// The differences are of order 8, their step a twentieth of the way to the
// nearer end, where a scheduler may have a root: (1/20)^8 and its factor stay
// below 1e-9. The rounding of values near 1, an ulp or two over the step, is
// granted besides: more than 1e-8 of the derivative only where that is below
// 1e-4, as no default row is.
func derivatives(t *testing.T, s Scheduler) {
	central8 := fd.Formula{Derivative: 1, Step: 1e-3, Stencil: []fd.Point{
		{Loc: -4, Coeff: 1. / 280}, {Loc: -3, Coeff: -4. / 105}, {Loc: -2, Coeff: 1. / 5}, {Loc: -1, Coeff: -4. / 5},
		{Loc: 4, Coeff: -1. / 280}, {Loc: 3, Coeff: 4. / 105}, {Loc: 2, Coeff: -1. / 5}, {Loc: 1, Coeff: 4. / 5},
	}}
	for k := 2; k <= 98; k++ {
		at := float64(k) / 100
		set := &fd.Settings{Formula: central8, Step: math.Min(math.Min(at, 1-at)/20, 0.005)}
		_, _, dAlpha, dSigma := s.Coefficients(at)
		wantAlpha := fd.Derivative(func(u float64) float64 { a, _, _, _ := s.Coefficients(u); return a }, at, set)
		wantSigma := fd.Derivative(func(u float64) float64 { _, b, _, _ := s.Coefficients(u); return b }, at, set)
		rounding := 4e-16 / set.Step
		if math.Abs(dAlpha-wantAlpha) > 1e-8*math.Abs(dAlpha)+rounding || math.Abs(dSigma-wantSigma) > 1e-8*math.Abs(dSigma)+rounding {
			t.Errorf("at t = %v the derivatives are %v, %v; differences say %v, %v", at, dAlpha, dSigma, wantAlpha, wantSigma)
		}
	}
}

// inverse checks Time against LogSNR, inside and far beyond.
func inverse(t *testing.T, s Scheduler) {
	from, to := s.Interval()
	for k := range 101 {
		at := min(from+(to-from)*float64(k)/100, to)
		// λ near 0 is known to 1e-16 only: t to that over dλ/dt.
		alpha, sigma, dAlpha, dSigma := s.Coefficients(at)
		slope := (sigma*dAlpha - dSigma*alpha) / (alpha * sigma)
		lambda := LogSNR(s, at)
		slack := 1e-15 + 1e-14*(1+math.Abs(lambda))/slope
		if math.IsInf(lambda, 0) {
			slack = 0
		}
		if got := s.Time(lambda); !(math.Abs(got-at) <= slack) {
			t.Errorf("Time(λ(%v)) = %v", at, got)
		}
		if r := SNR(s, at); math.Abs(math.Log(r)-lambda) > 1e-12*math.Abs(lambda) && !math.IsInf(lambda, 0) {
			t.Errorf("at t = %v SNR = %v, its logarithm %v", at, r, lambda)
		}
	}
	for _, lambda := range []float64{math.Inf(-1), -1e300, -1e4, -800} {
		if got := s.Time(lambda); math.Abs(got-from) > 1e-9 {
			t.Errorf("Time(%v) = %v, want %v", lambda, got, from)
		}
		if got := s.Time(-lambda); math.Abs(got-to) > 1e-9 {
			t.Errorf("Time(%v) = %v, want %v", -lambda, got, to)
		}
	}
}

// The rows of the table, worked out by hand at one time each, and the
// two ends.
func TestCoefficients(t *testing.T) {
	tests := []struct {
		s                            Scheduler
		t                            float64
		alpha, sigma, dAlpha, dSigma float64
		slack                        float64
	}{
		{CondOT{}, 0.25, 0.25, 0.75, 1, -1, 0},
		{Polynomial{3}, 0.5, 0.125, 0.875, 0.75, -0.75, 1e-15},
		{Polynomial{2}, 1, 1, 0, 2, -2, 0},
		{Polynomial{1}, 0, 0, 1, 1, -1, 0},
		{Cosine{}, 0, 0, 1, math.Pi / 2, 0, 0},
		{Cosine{}, 1. / 3, 0.5, math.Sqrt(3) / 2, math.Pi / 4 * math.Sqrt(3), -math.Pi / 4, 1e-15},
		{Cosine{}, 1, 1, 0, 0, -math.Pi / 2, 0},
		{LinearVP{}, 0.6, 0.6, 0.8, 1, -0.75, 1e-15},
		{LinearVP{}, 1, 1, 0, 1, -1e8, 0},
		// B(1) = 10.05: α = e^{−5.025}, the well-known 0.00657.
		{VP{0.1, 20}, 0, 0.0065715, 0.9999784, 0.0657159, -0.00043186, 1e-7},
		{VP{0.1, 20}, 1, 1, 0, 0.05, -0.05e8, 1e-6},
		// B(½) = 0.05 + 2.4875 = 2.5375, β(½) = 10.05, e^{−B} = 0.07906.
		{VP{0.1, 20}, 0.5, 0.281184, 0.959654, 1.412952, -0.414000, 1e-5},
		{SubVP{0.1, 20}, 0.5, 0.281184, 0.920935, 1.412952, -0.794598, 1e-5},
		{SubVP{0.1, 20}, 1, 1, 0, 0.05, -0.1, 1e-15},
		{VE{0.01, 10}, 0, 1, 10, 0, -10 * math.Log(1000), 1e-12},
		{VE{0.01, 10}, 1, 1, 0.01, 0, -0.01 * math.Log(1000), 1e-15},
		{TargetCFM{0.01}, 0.5, 0.5, 0.505, 1, -0.99, 1e-15},
		{TargetCFM{0.01}, 1, 1, 0.01, 1, -0.99, 0},
	}
	for _, test := range tests {
		a, b, c, d := test.s.Coefficients(test.t)
		for i, pair := range [][2]float64{{a, test.alpha}, {b, test.sigma}, {c, test.dAlpha}, {d, test.dSigma}} {
			if !(math.Abs(pair[0]-pair[1]) <= test.slack) {
				t.Errorf("%s at t = %v: coefficient %d is %v, want %v", test.s.Name(), test.t, i, pair[0], pair[1])
			}
		}
	}
}

// What is known of whole families.
func TestVariance(t *testing.T) {
	for k := range 101 {
		at := float64(k) / 100
		for _, s := range []Scheduler{Cosine{}, LinearVP{}, VP{0.1, 20}} {
			if a, b, _, _ := s.Coefficients(at); math.Abs(a*a+b*b-1) > 1e-14 {
				t.Errorf("%s at t = %v: α² + σ² = %v, want 1", s.Name(), at, a*a+b*b)
			}
		}
		_, root, _, _ := VP{0.1, 20}.Coefficients(at)
		if _, b, _, _ := (SubVP{0.1, 20}).Coefficients(at); math.Abs(b-root*root) > 1e-14 {
			t.Errorf("sub-VP at t = %v: σ = %v, want the square of VP's %v", at, b, root)
		}
		a, b, c, d := Polynomial{1}.Coefficients(at)
		e, f, g, h := CondOT{}.Coefficients(at)
		if math.Abs(a-e)+math.Abs(b-f)+math.Abs(c-g)+math.Abs(d-h) > 1e-15 {
			t.Errorf("polynomial:n=1 at t = %v is not condot", at)
		}
	}
	// Near the data the noise keeps its relative precision.
	for _, s := range []Scheduler{Polynomial{2}, LinearVP{}, VP{0.1, 20}, SubVP{0.1, 20}} {
		_, near, _, _ := s.Coefficients(1 - 0x1p-40)
		_, nearer, _, _ := s.Coefficients(1 - 0x1p-42)
		power := 4.0 // σ ∝ 1 − t
		if s == (LinearVP{}) || s == (VP{0.1, 20}) {
			power = 2
		}
		if math.Abs(near/nearer-power) > 1e-9 {
			t.Errorf("%s: σ falls by %v in a quarter of the way, want %v", s.Name(), near/nearer, power)
		}
	}
}

func TestDefaultsComeFirst(t *testing.T) {
	want := []string{"condot", "polynomial", "cosine", "linearvp", "vp", "subvp", "ve", "targetcfm"}
	var got []string
	for _, s := range Schedulers() {
		got = append(got, s.Name())
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("the table is %v", got)
	}
}

// The time at which each path has as much signal as noise.
func ExampleScheduler() {
	for _, s := range Schedulers() {
		fmt.Printf("%-10s %.3f\n", s.Name(), s.Time(0))
	}
	// Output:
	// condot     0.500
	// polynomial 0.707
	// cosine     0.500
	// linearvp   0.707
	// vp         0.741
	// subvp      0.694
	// ve         0.333
	// targetcfm  0.503
}
