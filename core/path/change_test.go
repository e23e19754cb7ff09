package path

import (
	"fmt"
	"math"
	"testing"
)

// gaussian is a target N(m, v), of which everything is known in closed form.
type gaussian struct{ m, v float64 }

// parts are E[X1 | x] and E[X0 | x] at a point of the path.
func (g gaussian) parts(x, alpha, sigma float64) (data, noise float64) {
	gain := (x - alpha*g.m) / (alpha*alpha*g.v + sigma*sigma)
	return g.m + alpha*g.v*gain, sigma * gain
}

func (g gaussian) velocity(s Scheduler, x, t float64) float64 {
	alpha, sigma, dAlpha, dSigma := s.Coefficients(t)
	data, noise := g.parts(x, alpha, sigma)
	return dAlpha*data + dSigma*noise
}

// Every pair of schedulers, ends included. Within the trained range the new
// velocity is the exact one. Beyond it one part is held at what the end of the
// range says; for a Gaussian that part is off by less than the ratio there
// times the size of the point, and the test counts on no more.
func TestChange(t *testing.T) {
	g := gaussian{m: 0.8, v: 1.7}
	for _, from := range kit() {
		first, last := from.Interval()
		for _, to := range kit() {
			c := Change{From: from, To: to}
			begin, end := to.Interval()
			for k := range 41 {
				tau := min(begin+(end-begin)*float64(k)/40, end)
				alpha, sigma, dAlpha, dSigma := to.Coefficients(tau)
				at, scale, cx, cu := c.At(tau)
				if at < first || at > last || !(scale > 0) {
					t.Fatalf("%s → %s at τ = %v: t = %v, scale %v", from.Name(), to.Name(), tau, at, scale)
				}
				spread := math.Hypot(alpha*math.Sqrt(g.v), sigma)
				lambda, low, high := LogSNR(to, tau), LogSNR(from, first), LogSNR(from, last)
				det := sigma*dAlpha - dSigma*alpha
				for _, z := range []float64{-3, -0.4, 0, 1, 2.5} {
					x := alpha*g.m + z*spread
					got := cx*x + cu*g.velocity(from, x/scale, at)
					want := g.velocity(to, x, tau)
					// Inside: rounding, and that of t near 1, where 1 − t keeps few digits.
					slack := 1e-9 * (1 + math.Abs(want) + math.Abs(cx*x))
					switch {
					case lambda < low:
						slack += 2 * math.Exp(low) * det / sigma * g.v * (math.Abs(x) + g.m)
					case lambda > high:
						slack += 2 * math.Exp(-high) * det / alpha * (math.Abs(x) + g.m)
					}
					if !(math.Abs(got-want) <= slack) {
						t.Errorf("%s → %s at τ = %v, x = %v: %v, want %v ± %.1e", from.Name(), to.Name(), tau, x, got, want, slack)
					}
				}
			}
		}
	}
}

// The formula of math texts, (ṡ/s) x + sṫ u(x/s), with ṡ and ṫ by differences:
// an independent way to the two factors.
func TestChangeByDifferences(t *testing.T) {
	for _, from := range Schedulers() {
		for _, to := range Schedulers() {
			c := Change{From: from, To: to}
			const tau, h = 0.6, 1e-5
			lambda := LogSNR(to, tau)
			first, last := from.Interval()
			if lambda < LogSNR(from, first)+0.01 || lambda > LogSNR(from, last)-0.01 {
				continue
			}
			_, s, cx, cu := c.At(tau)
			t0, s0, _, _ := c.At(tau - h)
			t1, s1, _, _ := c.At(tau + h)
			wantX, wantU := (s1-s0)/(2*h)/s, s*(t1-t0)/(2*h)
			// Second-order differences at 1e-5: 1e-10 times a third derivative.
			if math.Abs(cx-wantX) > 1e-6*(1+math.Abs(wantX)) || math.Abs(cu-wantU) > 1e-6*(1+math.Abs(wantU)) {
				t.Errorf("%s → %s: factors %v, %v; differences say %v, %v", from.Name(), to.Name(), cx, cu, wantX, wantU)
			}
		}
	}
}

// Clamping the time alone would forget the data's mean at the noise end: the
// new velocity there is E[X1] − x, not −x.
func TestChangeKeepsTheMean(t *testing.T) {
	g := gaussian{m: 5, v: 0.2}
	at, scale, cx, cu := Change{From: VP{0.1, 20}, To: CondOT{}}.At(0)
	const x = 0.3
	if got := cx*x + cu*g.velocity(VP{0.1, 20}, x/scale, at); math.Abs(got-(5-x)) > 0.02 {
		t.Errorf("at the noise end the velocity is %v, want %v", got, 5-x)
	}
}

func TestChangeToItself(t *testing.T) {
	for _, s := range kit() {
		from, to := s.Interval()
		for _, tau := range []float64{from, 0.3, 0.9, to} {
			at, scale, cx, cu := Change{From: s, To: s}.At(tau)
			// λ carries 16 digits, and t as many as dλ/dt leaves.
			if math.Abs(at-tau) > 1e-12 || math.Abs(scale-1) > 1e-12 || math.Abs(cx) > 1e-9 || math.Abs(cu-1) > 1e-9 {
				t.Errorf("%s at τ = %v: t = %v, scale %v, factors %v, %v", s.Name(), tau, at, scale, cx, cu)
			}
		}
	}
}

// A network trained on the straight line is asked for the velocity halfway
// along the cosine path.
func ExampleChange() {
	c := Change{From: CondOT{}, To: Cosine{}}
	t, scale, cx, cu := c.At(0.5)
	fmt.Printf("evaluate at t = %.2f and x/%.4f, then %.2f x + %.4f u\n", t, scale, cx, cu)
	// Output: evaluate at t = 0.50 and x/1.4142, then 0.00 x + 1.1107 u
}
