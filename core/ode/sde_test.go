package ode

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// The Ornstein–Uhlenbeck process with a noise that fades,
//
//	dx = −θ x dt + e^{−μt} dW.
const (
	theta = 1.3
	fade  = 0.3
)

func pull(dst, x []float64, t float64) {
	for i := range x {
		dst[i] = -theta * x[i]
	}
}

func fading(t float64) float64 { return math.Exp(-fade * t) }

// Single paths: the methods on coarse steps of Brownian paths against Heun's on fine
// steps of the same paths. The slope of the mean error is the strong order.
func TestStrongOrder(t *testing.T) {
	const paths, fine = 300, 2048
	rng := rand.New(rand.NewPCG(1, 2))
	walk := make([][]float64, fine+1) // [fine + 1 × paths] W at multiples of 1/fine
	for k := range walk {
		walk[k] = make([]float64, paths)
		for i := range paths {
			if k > 0 {
				walk[k][i] = walk[k-1][i] + rng.NormFloat64()/math.Sqrt(fine)
			}
		}
	}
	shared := Brownian[float64](func(dst []float64, from, to float64) {
		a, b := walk[int(math.Round(from*fine))], walk[int(math.Round(to*fine))]
		for i := range dst {
			dst[i] = b[i] - a[i]
		}
	})
	end := func(m SDEMethod, steps int) []float64 {
		x := make([]float64, paths)
		if res := NewSDE[float64](m, paths).Solve(pull, fading, shared, x, Uniform(steps), nil); res.Status != Done {
			t.Fatal(res)
		}
		return x
	}
	truth := end(StochasticHeun, fine)
	for _, m := range SDEMethods() {
		failure := func(steps int) float64 {
			sum := 0.0
			for i, v := range end(m, steps) {
				sum += math.Abs(v-truth[i]) / paths
			}
			return sum
		}
		// Steps from 1/16 to 1/64, where the truth is 32 times as exact.
		slope := math.Log2(failure(16)/failure(64)) / 2
		if math.Abs(slope-m.Strong) > 0.2 {
			t.Errorf("%s: strong slope %.3f, order %g", m.Name, slope, m.Strong)
		}
	}
}

// moments are the factor on the starting point and the variance of the end for a
// linear drift, of the method itself and not of samples: number 0 of the state runs
// without noise, number k with one increment, in step k.
func moments(m SDEMethod, f Field[float64], g Diffusion, grid []float64) (factor, variance float64) {
	steps := len(grid) - 1
	x := make([]float64, steps+1)
	x[0] = 1
	k := 0
	one := Brownian[float64](func(dst []float64, from, to float64) {
		clear(dst)
		k++
		dst[k] = math.Sqrt(to - from)
	})
	NewSDE[float64](m, steps+1).Solve(f, g, one, x, grid, nil)
	for _, b := range x[1:] {
		variance += b * b
	}
	return x[0], variance
}

// Means: the variance of the process from 0 is (e^{−2μ} − e^{−2θ})/(2(θ − μ)) at 1,
// and the slope of its error the weak order.
func TestWeakOrder(t *testing.T) {
	mean := math.Exp(-theta)
	variance := (math.Exp(-2*fade) - math.Exp(-2*theta)) / (2 * (theta - fade))
	for _, m := range SDEMethods() {
		a1, v1 := moments(m, pull, fading, Uniform(64))
		a2, v2 := moments(m, pull, fading, Uniform(128))
		if slope := math.Log2((a1 - mean) / (a2 - mean)); !(math.Abs(slope-m.Weak) <= 0.2) {
			t.Errorf("%s: weak slope of the mean %.3f, order %g", m.Name, slope, m.Weak)
		}
		if slope := math.Log2((v1 - variance) / (v2 - variance)); !(math.Abs(slope-m.Weak) <= 0.2) {
			t.Errorf("%s: weak slope of the variance %.3f, order %g", m.Name, slope, m.Weak)
		}
	}
}

// Without noise the methods are those of the ordinary equation, and fresh
// increments have the variance of their step.
func TestNoNoise(t *testing.T) {
	zero := func(float64) float64 { return 0 }
	w := Increments[float64](rand.New(rand.NewPCG(3, 4)))
	for i, want := range []Tableau{Euler, Heun} {
		x, y := []float64{1, 0}, []float64{1, 0}
		NewSDE[float64](SDEMethods()[i], 2).Solve(turn, zero, w, x, Uniform(40), nil)
		New[float64](want, 2).Solve(turn, y, Uniform(40), nil)
		// Heun's last step is another one: second order, once, of length 1/40.
		if d := distance(x, [2]float64(y)); d > float64(i)*1e-3 {
			t.Errorf("%s without noise is %g off %s", SDEMethods()[i].Name, d, want.Name)
		}
	}
	dw := make([]float64, 20000)
	w(dw, 0.7, 0.45)
	sum := 0.0
	for _, v := range dw {
		sum += v * v
	}
	// The variance of 20,000 draws scatters by √(2/20000) = 1 %; four of these.
	if v := sum / 20000; math.Abs(v/0.25-1) > 0.04 {
		t.Errorf("increments over a quarter have the variance %g", v)
	}
}

// The path of a Gaussian N(0, s²) with any tamed noise ends in its variance; the
// same constant noise without taming does not.
func TestTame(t *testing.T) {
	const s2 = 0.3 * 0.3
	variance := func(at float64) float64 { return at*at*s2 + (1-at)*(1-at) }
	drift := func(g Diffusion) Field[float64] {
		return func(dst, x []float64, t float64) {
			v := variance(t)
			u, score := (t*s2-(1-t))/v, -1/v
			for i := range x {
				dst[i] = (u + g(t)*g(t)/2*score) * x[i]
			}
		}
	}
	sigma := func(t float64) float64 { return 1 - t }
	for _, m := range SDEMethods() {
		for _, level := range []float64{0, 0.5, 1, 3, 10} {
			grid := Uniform(200)
			g := Tame(func(float64) float64 { return level }, sigma, grid)
			a, v := moments(m, drift(g), g, grid)
			// First order, 200 steps: one part in a hundred or two.
			if got := a*a + v; math.Abs(got/s2-1) > 0.04 {
				t.Errorf("%s, noise %g: variance %.5f of the end, want %.5f", m.Name, level, got, s2)
			}
			if at := g(0.2); level > 0 && level <= 3 && at != level {
				t.Errorf("noise %g is %g at 0.2, where there is no need", level, at)
			}
			for _, at := range []float64{0.995, 0.9975, 1} {
				if g(at) != 0 {
					t.Errorf("noise %g at %g, in the last step", g(at), at)
				}
			}
		}
	}
	// A point target, s = 0 but for a ten-thousandth: nothing explodes.
	wild := func(float64) float64 { return 2 }
	point := func(g Diffusion) Field[float64] {
		return func(dst, x []float64, t float64) {
			s := 1 - t
			for i := range x {
				dst[i] = (-1/s - g(t)*g(t)/(2*s*s)) * x[i]
			}
		}
	}
	grid := Uniform(50)
	tame := Tame(wild, sigma, grid)
	if a, v := moments(EulerMaruyama, point(tame), tame, grid); a*a+v > 1e-3 {
		t.Errorf("tamed, the end is spread by %g", a*a+v)
	}
	if a, v := moments(EulerMaruyama, point(wild), wild, grid); a*a+v < 1 {
		t.Errorf("untamed, the end is spread by %g: there was nothing to tame", a*a+v)
	}
	// Backwards, and on two times, where the only step is the last.
	back := Tame(wild, sigma, []float64{0.9, 0.5, 0.2, 0})
	if back(0.9) >= back(0.6) || back(0.1) != 0 || back(0.2) != 0 {
		t.Errorf("backwards %g, %g, %g", back(0.9), back(0.6), back(0.1))
	}
	if g := Tame(wild, sigma, Uniform(1)); g(0) != 0 || g(0.5) != 0 {
		t.Error("noise in the only step")
	}
}

// Observer, counts, end of the grid, corrector and allocation.
func TestSDESolve(t *testing.T) {
	for _, m := range SDEMethods() {
		s := NewSDE[float64](m, 3)
		calls, corrected := 0, 0
		f := Field[float64](func(dst, x []float64, at float64) {
			calls++
			if at >= 1 {
				t.Errorf("%s evaluates at %g", m.Name, at)
			}
			pull(dst, x, at)
		})
		s.Corrector = func(x []float64, at float64) int {
			corrected++
			if at != float64(corrected)/8 {
				t.Errorf("correction %d at %g", corrected, at)
			}
			return 5
		}
		w := Increments[float64](rand.New(rand.NewPCG(1, 1)))
		seen, grid := 0, Uniform(8)
		each := func(k int, at float64, x []float64) {
			if k != seen || at != grid[k] {
				t.Errorf("%s: seen %d at %g", m.Name, k, at)
			}
			seen++
		}
		res := s.Solve(f, fading, w, []float64{1, 2, 3}, grid, each)
		if calls != m.Evaluations(8) || res.Evaluations != calls+5*7 || res.Steps != 8 || res.Status != Done || seen != 9 || corrected != 7 {
			t.Errorf("%s: %+v after %d calls, %d seen, %d corrected", m.Name, res, calls, seen, corrected)
		}
		s.Corrector = nil
		x := []float64{1, 2, 3}
		if n := testing.AllocsPerRun(5, func() { s.Solve(pull, fading, w, x, grid, nil) }); n != 0 {
			t.Errorf("%s: %g allocations", m.Name, n)
		}
		x = []float64{1, 2, 3}
		res = s.Solve(func(dst, x []float64, at float64) {
			pull(dst, x, at)
			if at > 0.4 {
				dst[1] = math.Inf(1)
			}
		}, fading, w, x, grid, nil)
		if res.Status != NonFinite || !finite(x) {
			t.Errorf("%s: %v, %v", m.Name, res.Status, x)
		}
		s.Corrector = func(x []float64, _ float64) int { x[0] = math.NaN(); return 1 }
		if res = s.Solve(pull, fading, w, x, grid, nil); res.Status != NonFinite || !finite(x) {
			t.Errorf("%s: a corrector that fails ends with %v, %v", m.Name, res.Status, x)
		}
	}
}

// Langevin steps forget the start and leave a Gaussian of variance s²/(1 − r²): with
// ε = 2r²s² the recursion x' = (1 − ε/s²) x + √(2ε) z is at rest there.
func TestLangevin(t *testing.T) {
	const n, s2, r = 20000, 0.25, 0.2
	rng := rand.New(rand.NewPCG(5, 6))
	l := NewLangevin[float64](n)
	x := make([]float64, n)
	for i := range x {
		x[i] = rng.NormFloat64() // four times the variance
	}
	score := Field[float64](func(dst, x []float64, t float64) {
		for i := range x {
			dst[i] = -x[i] / s2
		}
	})
	if got := l.Correct(score, x, 0.5, r, 200, rng); got != 200 {
		t.Errorf("%d evaluations", got)
	}
	v := 0.0
	for _, u := range x {
		v += u * u / n
	}
	// √(2/20000) = 1 % of scatter; four of these. And 4 % of bias to be seen.
	if want := s2 / (1 - r*r); math.Abs(v/want-1) > 0.04 {
		t.Errorf("variance %g, want %g", v, want)
	}
	y := []float64{1, 2}
	flat := func(dst, _ []float64, _ float64) { clear(dst) }
	if got := l.Correct(flat, y, 0, r, 3, rng); got != 1 || y[0] != 1 || y[1] != 2 {
		t.Errorf("without a score: %d evaluations, %v", got, y)
	}
	if n := testing.AllocsPerRun(5, func() { l.Correct(score, x, 0.5, r, 1, rng) }); n != 0 {
		t.Errorf("%g allocations", n)
	}
}

func TestParseSDEMethod(t *testing.T) {
	for _, m := range SDEMethods() {
		if got, err := ParseSDEMethod(" " + strings.ToUpper(m.Name)); err != nil || got != m {
			t.Errorf("%s: %v, %v", m.Name, got, err)
		}
	}
	if _, err := ParseSDEMethod("milstein"); err == nil || !strings.Contains(err.Error(), "stochastic-heun") {
		t.Errorf("%v", err)
	}
}

func TestSDEPanics(t *testing.T) {
	for name, f := range map[string]func(){
		"method":   func() { NewSDE[float64](SDEMethod{}, 1) },
		"size":     func() { NewSDE[float64](EulerMaruyama, -1) },
		"steps":    func() { EulerMaruyama.Evaluations(0) },
		"langevin": func() { NewLangevin[float64](1).Correct(nil, make([]float64, 2), 0, 1, 1, nil) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}
