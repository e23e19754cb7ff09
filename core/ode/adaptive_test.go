package ode

import (
	"math"
	"strings"
	"testing"
)

func adaptiveOn(t *testing.T, p Pair, size int, o Options) *adaptiveRun[float64] {
	t.Helper()
	c, err := newController[float64](o)
	if err != nil {
		t.Fatal(err)
	}
	return newAdaptive(p, size, c)
}

// One step from the exact start, read inside and at its end: the errors fall like
// h^(DenseOrder+1) and h^(Order+1).
func TestDenseOrder(t *testing.T) {
	for _, p := range []Pair{DormandPrince, BogackiShampine, Ralston3} {
		a := adaptiveOn(t, DormandPrince, 2, Options{})
		failure := func(h, theta float64) float64 {
			const from = 0.3
			x0 := turned(from)
			x := x0[:]
			a.f = turn[float64]
			a.evaluate(0, x, from)
			a.try(&p, x, from, from+h)
			w := make([]float64, p.Stages())
			p.weights(w, theta)
			y := make([]float64, 2)
			combine(y, x, a.stages, w, h)
			if theta == 1 && distance(y, [2]float64(a.point)) > 1e-15 {
				t.Errorf("%s: the dense output ends at %v, the step at %v", p.Name, y, a.point)
			}
			return distance(y, turned(from+theta*h))
		}
		for _, theta := range []float64{0.3, 0.7} {
			slope := math.Log2(failure(0.03, theta) / failure(0.015, theta))
			if math.Abs(slope-float64(p.DenseOrder+1)) > 0.2 {
				t.Errorf("%s: at %g of a step the error falls with the power %.3f of h, order %d", p.Name, theta, slope, p.DenseOrder)
			}
		}
		slope := math.Log2(failure(0.03, 1) / failure(0.015, 1))
		if math.Abs(slope-float64(p.Order+1)) > 0.2 {
			t.Errorf("%s: the error of a step falls with the power %.3f of h, order %d", p.Name, slope, p.Order)
		}
	}
}

// The dense output of a whole run is as accurate as its end, wherever it is read,
// and reading does not touch the walk.
func TestOutputTimes(t *testing.T) {
	a := adaptiveOn(t, DormandPrince, 2, Options{Rtol: 1e-8, Atol: 1e-8})
	ends := [2][]float64{}
	for i, grid := range [][]float64{Uniform(1), Uniform(137)} {
		x := []float64{1, 0}
		res := a.Solve(turn, x, grid, func(k int, at float64, y []float64) {
			if d := distance(y, turned(at)); d > 1e-8 {
				t.Errorf("off by %g at %g", d, at)
			}
		})
		if i == 1 && res.Steps > 30 {
			t.Errorf("137 output times made %d steps", res.Steps)
		}
		ends[i] = x
	}
	if distance(ends[0], [2]float64(ends[1])) != 0 {
		t.Errorf("the output times move the end from %v to %v", ends[0], ends[1])
	}
}

// A point in trouble among many that are not: RMS lets it stand back, Max does not.
func TestNorms(t *testing.T) {
	const size = 1000
	f := func(dst, x []float64, t float64) {
		clear(dst)
		dst[0] = 40 * math.Cos(40*t)
	}
	evaluations := [2]int{}
	for _, norm := range []Norm{RMS, Max} {
		a := adaptiveOn(t, DormandPrince, size, Options{Rtol: 1e-6, Atol: 1e-6, Norm: norm})
		x := make([]float64, size)
		res := a.Solve(f, x, Uniform(1), nil)
		evaluations[norm] = res.Evaluations
		if d := math.Abs(x[0] - math.Sin(40)); norm == Max && d > 1e-5 {
			t.Errorf("the worst point is off by %g", d)
		}
	}
	if evaluations[Max] <= evaluations[RMS] {
		t.Errorf("%d evaluations for every point, %d for the typical one", evaluations[Max], evaluations[RMS])
	}
	c, _ := newController[float64](Options{Rtol: 1, Atol: 1})
	if _, err := newController[float64](Options{Rtol: 1, Atol: 1}); err == nil {
		t.Error("a relative tolerance of 1 passes")
	}
	c.rtol, c.atol = 0.5, 1
	e, x, y := []float64{3, -4}, []float64{0, 2}, []float64{1, -6}
	// 3/(1 + 0.5·1) = 2 and 4/(1 + 0.5·6) = 1.
	if got := c.measure(e, x, y); math.Abs(got-math.Sqrt(2.5)) > 1e-15 {
		t.Errorf("root mean square %g", got)
	}
	c.norm = Max
	if got := c.measure(e, x, y); got != 2 {
		t.Errorf("largest %g", got)
	}
	for _, c.norm = range []Norm{RMS, Max} {
		if got := c.measure([]float64{1, math.NaN(), 1}, make([]float64, 3), make([]float64, 3)); !math.IsNaN(got) {
			t.Errorf("the norm of what is not a number is %g", got)
		}
	}
	if c.measure(nil, nil, nil) != 0 {
		t.Error("nothing has an error")
	}
}

func TestController(t *testing.T) {
	c, err := newController[float64](Options{})
	if err != nil || c.rtol != 1e-5 || c.atol != 1e-5 || c.maxSteps != 10000 {
		t.Fatalf("%+v, %v", c, err)
	}
	c.start()
	// The integral part: the same error after a smaller one gives the shorter step.
	c.previous = 0.5
	calm := c.accept(0.5, 5)
	c.previous = 0.01
	rising := c.accept(0.5, 5)
	if !(rising < calm) {
		t.Errorf("factor %g after a rise of the error, %g without", rising, calm)
	}
	// A steady error of 0.9^(k/0.3) is where the step stays.
	steady := math.Pow(0.9, 5/0.3)
	c.previous = steady
	if f := c.accept(steady, 5); math.Abs(f-1) > 1e-12 {
		t.Errorf("steady factor %g", f)
	}
	if f := c.accept(0, 5); f != growth {
		t.Errorf("factor %g without an error", f)
	}
	for _, err := range []float64{math.NaN(), math.Inf(1), 1e9} {
		if f := c.reject(err, 5); f != shrink {
			t.Errorf("factor %g after an error of %g", f, err)
		}
	}
	if f := c.reject(2, 5); !(f < 0.9 && f > 0.7) {
		t.Errorf("factor %g after an error of 2", f)
	}
	if f := c.accept(1e-9, 5); f > 1 {
		t.Errorf("the step grows by %g right after a rejection", f)
	}
	if f := c.accept(1e-9, 5); f != growth {
		t.Errorf("and by %g one step later", f)
	}
}

func TestBadOptions(t *testing.T) {
	m, _ := ParseMethod("dopri5")
	for _, row := range []struct {
		o    Options
		want string
	}{
		{Options{Rtol: -1}, "between"},
		{Options{Rtol: math.NaN()}, "between"},
		{Options{Rtol: 1e-15}, "finer"},
		{Options{Atol: -1}, "absolute"},
		{Options{Atol: math.Inf(1)}, "absolute"},
		{Options{Atol: math.NaN()}, "absolute"},
		{Options{MaxSteps: -1}, "steps"},
		{Options{Norm: 7}, "norm"},
	} {
		if _, err := NewIntegrator[float64](m, 1, row.o); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%+v: %v", row.o, err)
		}
	}
	if _, err := NewIntegrator[float64](m, 1, Options{Rtol: 1e-8}); err != nil {
		t.Error(err)
	}
	if _, err := NewIntegrator[float32](m, 1, Options{Rtol: 1e-8}); err == nil {
		t.Error("float32 is asked for eight digits")
	}
}

// How runs end that do not reach the end, and what to do then.
func TestAdaptiveStatuses(t *testing.T) {
	explode := func(dst, x []float64, t float64) { dst[0] = x[0] * x[0] } // 1/(1 − t)
	for _, row := range []struct {
		name string
		f    Field[float64]
		o    Options
		want Status
	}{
		{"a pole on the way", explode, Options{}, StepTooSmall},
		{"few steps allowed", explode, Options{MaxSteps: 7}, TooManySteps},
		{"none to spare for the end", func(dst, _ []float64, _ float64) { dst[0] = 0 }, Options{MaxSteps: 1}, TooManySteps},
		{"nothing finite", func(dst, _ []float64, _ float64) { dst[0] = math.Inf(1) }, Options{}, NonFinite},
		{"a wall at once", func(dst, _ []float64, t float64) {
			dst[0] = 1
			if t > 0 {
				dst[0] = math.NaN()
			}
		}, Options{}, NonFinite},
		{"a wall next to the end", func(dst, _ []float64, t float64) {
			dst[0] = math.Pow(2-t, -0.9)
			if t > 2-1e-6 {
				dst[0] = math.NaN()
			}
		}, Options{}, NonFinite},
	} {
		a := adaptiveOn(t, BogackiShampine, 1, row.o)
		x := []float64{1}
		res := a.Solve(row.f, x, []float64{0, 2}, nil)
		if res.Status != row.want || res.Status.Advice() == "" || res.Status.String() == "unknown status" {
			t.Errorf("%s: %+v, %v: %s", row.name, res, res.Status, res.Status.Advice())
		}
		if x[0]-x[0] != 0 {
			t.Errorf("%s: left at %v", row.name, x)
		}
	}
}

// The starting step: a field at rest grows it by fives from a millionth, a fast one does not
// overshoot, and an empty state is no trouble.
func TestFirstStep(t *testing.T) {
	a := adaptiveOn(t, DormandPrince, 1, Options{})
	if res := a.Solve(func(dst, _ []float64, _ float64) { clear(dst) }, []float64{1}, Uniform(1), nil); res.Steps > 10 || res.Rejected != 0 {
		t.Errorf("at rest: %+v", res)
	}
	if res := a.Solve(func(dst, x []float64, t float64) { dst[0] = -1e4 * (x[0] - math.Cos(t)) }, []float64{0}, []float64{0, 1e-2}, nil); res.Status != Done || res.Rejected > 5 {
		t.Errorf("a fast field: %+v", res)
	}
	if res := a.Solve(func(dst, _ []float64, _ float64) { clear(dst) }, nil, Uniform(1), nil); res.Status != Done {
		t.Errorf("no numbers: %+v", res)
	}
}

func TestAdaptivePanics(t *testing.T) {
	for name, f := range map[string]func(){
		"pair":   func() { newAdaptive(Ralston3, 1, controller[float64]{}) },
		"size":   func() { newAdaptive(DormandPrince, -1, controller[float64]{}) },
		"method": func() { NewIntegrator[float64](Method{}, 1, Options{}) },
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

func TestPairValidate(t *testing.T) {
	clone := func(change func(p *Pair)) Pair {
		p := BogackiShampine
		p.Estimate = append([]float64(nil), p.Estimate...)
		p.Dense = append([][]float64(nil), p.Dense...)
		change(&p)
		return p
	}
	for _, row := range []struct {
		p    Pair
		want string
	}{
		{clone(func(p *Pair) { p.Order = 4 }), "not of order 4"},
		{clone(func(p *Pair) { p.Estimate = p.Estimate[:3] }), "weight for each"},
		{clone(func(p *Pair) { p.Estimate[0] = 0 }), "second method"},
		{clone(func(p *Pair) { p.EstimateOrder = 3 }), "second method"},
		{clone(func(p *Pair) { p.DenseOrder = 4 }), "dense output"},
		{clone(func(p *Pair) { p.Dense[1], p.Dense[2] = p.Dense[2], p.Dense[1] }), "dense output"},
		{clone(func(p *Pair) { p.DenseOrder, p.Dense[0] = 0, []float64{1} }), "does not end"},
	} {
		if err := row.p.Validate(); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("got %v, want something about %q", err, row.want)
		}
	}
}
