package path

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

func TestPredictionWords(t *testing.T) {
	want := "velocity x1 epsilon score"
	var got []string
	for _, p := range Predictions() {
		got = append(got, p.String())
		if q, err := ParsePrediction(p.String()); err != nil || q != p {
			t.Errorf("ParsePrediction(%q) = %v, %v", p.String(), q, err)
		}
	}
	if strings.Join(got, " ") != want {
		t.Errorf("predictions %v, want %s", got, want)
	}
	if _, err := ParsePrediction("noise"); err == nil || !strings.Contains(err.Error(), "epsilon") {
		t.Errorf("an unknown word: %v", err)
	}
	for _, f := range []func(){
		func() { _ = Prediction(4).String() },
		func() { Prediction(4).Combination(1, 1, 1, 1) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("no panic for a prediction that does not exist")
				}
			}()
			f()
		}()
	}
}

// Every one of the 16 conversions on every scheduler gives the quantity that
// the two ends themselves give, and back again. The measure is 1e-12 times the
// condition number of the 2 × 2 system (x, from) → (X1, X0).
func TestConvert(t *testing.T) {
	const x1, x0 = 1.7, -0.6
	for _, s := range kit() {
		from, to := s.Interval()
		for k := range 41 {
			at := min(from+(to-from)*float64(k)/40, to)
			alpha, sigma, dAlpha, dSigma := s.Coefficients(at)
			x := alpha*x1 + sigma*x0
			value := func(p Prediction) (v, a, b float64) {
				a, b = p.Combination(alpha, sigma, dAlpha, dSigma)
				if p == Score && sigma == 0 {
					return math.NaN(), 0, 0
				}
				return a*x1 + b*x0, a, b
			}
			for _, p := range Predictions() {
				for _, q := range Predictions() {
					in, a, b := value(p)
					want, c, d := value(q)
					exists := p == q ||
						!(q == Score && sigma == 0) && !(p == Score && sigma == 0) &&
							!(p == Data && sigma == 0) && !(p >= Noise && q < Noise && alpha == 0)
					cx, cy := Convert(s, at, p, q)
					if !exists {
						if ok := cx-cx == 0 && cy-cy == 0; ok && p != Score {
							t.Errorf("%s at t = %v: %v → %v has the finite factors %v, %v", s.Name(), at, p, q, cx, cy)
						}
						continue
					}
					if p == q {
						if cx != 0 || cy != 1 {
							t.Errorf("%v → itself has the factors %v, %v", p, cx, cy)
						}
						continue
					}
					if in != in {
						continue
					}
					rows := math.Hypot(alpha, sigma) * math.Hypot(a, b)
					cond := (1 + rows/math.Abs(alpha*b-sigma*a)) * (math.Hypot(c, d) + 1) * 2
					if p >= Noise && q >= Noise {
						cond = 1 + math.Abs(cy)
					}
					if got := cx*x + cy*in; !(math.Abs(got-want) <= 1e-12*cond) {
						t.Errorf("%s at t = %v: %v → %v gives %v, want %v (condition %.1e)", s.Name(), at, p, q, got, want, cond)
					}
					bx, by := Convert(s, at, q, p)
					if back := bx*x + by*(cx*x+cy*in); bx-bx+by-by == 0 {
						scale := cond * (1 + math.Abs(bx*x) + math.Abs(by)*(math.Abs(cx*x)+math.Abs(cy*in)))
						if !(math.Abs(back-in) <= 1e-12*scale) {
							t.Errorf("%s at t = %v: %v → %v → back gives %v, want %v", s.Name(), at, p, q, back, in)
						}
					}
				}
			}
		}
	}
}

// The formulas of the literature, term by term, where Convert solves a system.
func TestConvertFormulas(t *testing.T) {
	for _, s := range kit() {
		alpha, sigma, dAlpha, dSigma := s.Coefficients(0.4)
		det := sigma*dAlpha - dSigma*alpha
		tests := []struct {
			from, to Prediction
			cx, cy   float64
		}{
			{Score, Velocity, dAlpha / alpha, sigma*sigma*dAlpha/alpha - sigma*dSigma},
			{Velocity, Data, -dSigma / det, sigma / det},
			{Velocity, Noise, dAlpha / det, -alpha / det},
			{Data, Velocity, dSigma / sigma, dAlpha - alpha*dSigma/sigma},
			{Noise, Data, 1 / alpha, -sigma / alpha},
			{Score, Data, 1 / alpha, sigma * sigma / alpha},
			{Score, Noise, 0, -sigma},
			{Noise, Score, 0, -1 / sigma},
		}
		for _, test := range tests {
			cx, cy := Convert(s, 0.4, test.from, test.to)
			if math.Abs(cx-test.cx) > 1e-12*(1+math.Abs(test.cx)) || math.Abs(cy-test.cy) > 1e-12*(1+math.Abs(test.cy)) {
				t.Errorf("%s, %v → %v: %v, %v; want %v, %v", s.Name(), test.from, test.to, cx, cy, test.cx, test.cy)
			}
		}
	}
}

// At the ends of the straight line: from the velocity both parts are known,
// and the noise is finite even where the score is not.
func TestConvertAtTheEnds(t *testing.T) {
	tests := []struct {
		t        float64
		from, to Prediction
		cx, cy   float64
	}{
		{0, Velocity, Data, 1, 1}, // u = X1 − X0 and x = X0
		{0, Velocity, Noise, 1, 0},
		{1, Velocity, Data, 1, 0},
		{1, Velocity, Noise, 1, -1},
		{0, Velocity, Score, -1, 0},
		{1, Score, Data, 1, 0},
		{0, Score, Noise, 0, -1},
	}
	for _, test := range tests {
		if cx, cy := Convert(CondOT{}, test.t, test.from, test.to); cx != test.cx || cy != test.cy {
			t.Errorf("t = %v, %v → %v: %v, %v; want %v, %v", test.t, test.from, test.to, cx, cy, test.cx, test.cy)
		}
	}
}

// A network gave a velocity; where will the point end up, and which way does
// the density rise?
func ExampleConvert() {
	const t, x, u = 0.5, 1.0, -0.4
	for _, p := range []Prediction{Data, Noise, Score} {
		cx, cy := Convert(CondOT{}, t, Velocity, p)
		fmt.Printf("%v %.2f\n", p, cx*x+cy*u)
	}
	// Output:
	// x1 0.80
	// epsilon 1.20
	// score -2.40
}
