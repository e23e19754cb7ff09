package ode_test

import (
	"math"
	"testing"

	"inkflow/core/ode"
)

// Problems of Hull, Enright, Fellen and Sedgwick (1972), DETEST, of all their
// classes, in closed form, from 0 to 20: A single equations, B small systems, C
// moderate ones, D orbits, E of higher order.
type problem struct {
	name string
	f    ode.Field[float64]
	// at sets x to the solution; at 0 it is the start.
	at   func(x []float64, t float64)
	size int
	// times is the largest global error allowed, in tolerances: 3 to 10 for what
	// forgets its errors, 20 or 30 where turns add them up, and along an orbit, where
	// an error in the period grows on every round, 1500.
	times float64
}

var detest = []problem{
	{"A1 decay", func(d, x []float64, t float64) { d[0] = -x[0] },
		func(x []float64, t float64) { x[0] = math.Exp(-t) }, 1, 3},
	{"A2 Riccati", func(d, x []float64, t float64) { d[0] = -x[0] * x[0] * x[0] / 2 },
		func(x []float64, t float64) { x[0] = 1 / math.Sqrt(1+t) }, 1, 3},
	{"A3 oscillation", func(d, x []float64, t float64) { d[0] = x[0] * math.Cos(t) },
		func(x []float64, t float64) { x[0] = math.Exp(math.Sin(t)) }, 1, 30},
	{"A4 logistic", func(d, x []float64, t float64) { d[0] = x[0] / 4 * (1 - x[0]/20) },
		func(x []float64, t float64) { x[0] = 20 / (1 + 19*math.Exp(-t/4)) }, 1, 10},
	{"B4 torus", torusField, torusAt, 3, 20},
	{"C1 chain", chainField, chainAt, 10, 5},
	{"C3 heat", heatField, heatAt, 10, 5},
	{"D1 orbit, e = 0.1", orbitField, orbitAt(0.1), 4, 1500},
	{"D3 orbit, e = 0.5", orbitField, orbitAt(0.5), 4, 1500},
	{"E1 Bessel", besselField, besselAt, 2, 20},
	{"E5 pursuit", func(d, x []float64, t float64) { d[0], d[1] = x[1], math.Sqrt(1+x[1]*x[1])/(25-t) },
		func(x []float64, t float64) {
			r := (25 - t) / 25
			x[0] = (-25*math.Log(r) - 25*(1-r*r)/2) / 2
			x[1] = (1/r - r) / 2
		}, 2, 5},
}

// torusField has the solution (2 + cos t)(cos t, sin t), sin t.
func torusField(d, x []float64, t float64) {
	r := math.Hypot(x[0], x[1])
	d[0], d[1], d[2] = -x[1]-x[0]*x[2]/r, x[0]-x[1]*x[2]/r, x[0]/r
}

func torusAt(x []float64, t float64) {
	s, c := math.Sincos(t)
	x[0], x[1], x[2] = (2+c)*c, (2+c)*s, s
}

// chainField is a radioactive chain: what decays i times by t is Poisson.
func chainField(d, x []float64, t float64) {
	d[0] = -x[0]
	for i := 1; i < 9; i++ {
		d[i] = x[i-1] - x[i]
	}
	d[9] = x[8]
}

func chainAt(x []float64, t float64) {
	p, rest := math.Exp(-t), 1.0
	for i := range 9 {
		x[i] = p
		rest -= p
		p *= t / float64(i+1)
	}
	x[9] = rest
}

// heatField is a discretised heat equation; its modes are sines.
func heatField(d, x []float64, t float64) {
	for i := range d {
		d[i] = -2 * x[i]
		if i > 0 {
			d[i] += x[i-1]
		}
		if i < 9 {
			d[i] += x[i+1]
		}
	}
}

func heatAt(x []float64, t float64) {
	clear(x)
	for k := 1; k <= 10; k++ {
		w := float64(k) * math.Pi / 11
		a := 2. / 11 * math.Sin(w) * math.Exp((2*math.Cos(w)-2)*t)
		for i := range x {
			x[i] += a * math.Sin(w*float64(i+1))
		}
	}
}

// orbitField is the two-body problem, solved by Kepler's equation u − e sin u = t.
func orbitField(d, x []float64, t float64) {
	r := math.Hypot(x[0], x[1])
	d[0], d[1], d[2], d[3] = x[2], x[3], -x[0]/(r*r*r), -x[1]/(r*r*r)
}

func orbitAt(e float64) func(x []float64, t float64) {
	return func(x []float64, t float64) {
		u := t
		for range 50 {
			u -= (u - e*math.Sin(u) - t) / (1 - e*math.Cos(u))
		}
		s, c := math.Sincos(u)
		b, du := math.Sqrt(1-e*e), 1/(1-e*c)
		x[0], x[1], x[2], x[3] = c-e, b*s, -s*du, b*c*du
	}
}

// besselField is Bessel's equation of order ½ in z = t + 1.
func besselField(d, x []float64, t float64) {
	z := t + 1
	d[0], d[1] = x[1], -x[1]/z-(1-1/(4*z*z))*x[0]
}

func besselAt(x []float64, t float64) {
	z := t + 1
	s, c := math.Sincos(z)
	a := math.Sqrt(2 / (math.Pi * z))
	x[0], x[1] = a*s, a*(c-s/(2*z))
}

// The closed forms solve the equations: their central differences are the fields.
func TestClosedForms(t *testing.T) {
	for _, p := range detest {
		x, d, a, b := make([]float64, p.size), make([]float64, p.size), make([]float64, p.size), make([]float64, p.size)
		for _, at := range []float64{0.5, 7.3, 19} {
			const h = 1e-5
			p.at(x, at)
			p.f(d, x, at)
			p.at(a, at-h)
			p.at(b, at+h)
			for i := range d {
				// h² times a third derivative, and rounding over h.
				if got := (b[i] - a[i]) / (2 * h); math.Abs(got-d[i]) > 1e-8*math.Max(1, math.Abs(d[i])) {
					t.Errorf("%s: x%d' = %g at %g, the field is %g", p.name, i, got, at, d[i])
				}
			}
		}
	}
}

// The adaptive methods meet their tolerances over eight decades, at the end and at
// the times between, which come from the dense output.
func TestTolerance(t *testing.T) {
	for _, row := range []struct {
		method string
		tols   []float64
		power  float64 // evaluations grow like tol^(−1/power)
	}{
		{"dopri5", []float64{1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10}, 5},
		{"bs32", []float64{1e-3, 1e-4, 1e-5, 1e-6, 1e-7}, 3},
	} {
		m := must(ode.ParseMethod(row.method))
		for _, p := range detest {
			evaluations := make([]int, len(row.tols))
			for i, tol := range row.tols {
				s := must(ode.NewIntegrator[float64](m, p.size, ode.Options{Rtol: tol, Atol: tol, Norm: ode.Max, MaxSteps: 200000}))
				x, want := make([]float64, p.size), make([]float64, p.size)
				p.at(x, 0)
				worst, when := 0.0, 0.0
				res := s.Solve(p.f, x, ode.Span(0, 20, 13), func(_ int, at float64, x []float64) {
					p.at(want, at)
					for i, v := range x {
						if e := math.Abs(v-want[i]) / (tol + tol*math.Abs(want[i])); !(e <= worst) {
							worst, when = e, at
						}
					}
				})
				if res.Status != ode.Done || !(worst <= p.times) {
					t.Errorf("%s, %s, tolerance %g: %v, off by %.1f tolerances at t = %g", row.method, p.name, tol, res, worst, when)
				}
				evaluations[i] = res.Evaluations
			}
			// Ten times the accuracy for 10^(1/power) the work; half as much again
			// is allowed for what does not shrink with the tolerance.
			last := len(evaluations) - 1
			decades := float64(last)
			if growth := float64(evaluations[last]) / float64(evaluations[0]); growth > 1.5*math.Pow(10, decades/row.power) {
				t.Errorf("%s, %s: %v evaluations", row.method, p.name, evaluations)
			}
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
