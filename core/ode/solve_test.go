package ode

import (
	"math"
	"testing"
)

// turn is rotation with a pull that depends on time; its solution from (1, 0) at
// t = 0 is e^{-t²/2} (cos t, sin t).
func turn[T float32 | float64](dst, x []T, t float64) {
	dst[0] = -x[1] - T(t)*x[0]
	dst[1] = x[0] - T(t)*x[1]
}

func turned(t float64) [2]float64 {
	s, c := math.Sincos(t)
	r := math.Exp(-t * t / 2)
	return [2]float64{r * c, r * s}
}

// bogacki is a method whose last stage is the first of the next step.
var bogacki = BogackiShampine.Tableau

func distance(x []float64, want [2]float64) float64 {
	return math.Hypot(x[0]-want[0], x[1]-want[1])
}

// The slope of log error against log step is the order, within 0.2: the steps are
// small enough for the leading term and the errors far above rounding.
func TestOrder(t *testing.T) {
	for _, tab := range append(Tableaus(), bogacki) {
		for _, ends := range [][2]float64{{0, 1}, {1, 0}} {
			s := New[float64](tab, 2)
			failure := func(steps int) float64 {
				from, to := turned(ends[0]), turned(ends[1])
				x := from[:]
				if res := s.Solve(turn, x, Span(ends[0], ends[1], steps), nil); res.Status != Done {
					t.Fatalf("%s: %v", tab.Name, res.Status)
				}
				return distance(x, to)
			}
			slope := math.Log2(failure(32) / failure(64))
			if math.Abs(slope-float64(tab.Order)) > 0.2 {
				t.Errorf("%s from %g to %g: slope %.3f, order %d", tab.Name, ends[0], ends[1], slope, tab.Order)
			}
		}
	}
}

func TestSinglePrecision(t *testing.T) {
	for _, tab := range append(Tableaus(), bogacki) {
		x32, x64 := []float32{1, 0}, []float64{1, 0}
		grid := Uniform(20)
		New[float32](tab, 2).Solve(turn, x32, grid, nil)
		New[float64](tab, 2).Solve(turn, x64, grid, nil)
		for i := range x32 {
			// 20 steps of a few roundings each, at values up to 1.
			if d := math.Abs(float64(x32[i]) - x64[i]); d > 20*4*0x1p-24 {
				t.Errorf("%s: float32 is off by %g", tab.Name, d)
			}
		}
	}
}

func TestEvaluations(t *testing.T) {
	for _, row := range []struct {
		tab  Tableau
		want int
	}{{Euler, 10}, {Midpoint, 20}, {RK4, 40}, {bogacki, 31}} {
		calls := 0
		f := func(dst, x []float64, _ float64) { calls++; clear(dst) }
		res := New[float64](row.tab, 3).Solve(f, []float64{1, 2, 3}, Uniform(10), nil)
		if res != (Result{Evaluations: row.want, Steps: 10, Status: Done}) || calls != row.want {
			t.Errorf("%s: %+v after %d calls, want %d evaluations", row.tab.Name, res, calls, row.want)
		}
	}
}

// A reused first stage must be the stage that would have been computed.
func TestFirstSameAsLast(t *testing.T) {
	if !bogacki.FirstSameAsLast() || RK4.FirstSameAsLast() || Euler.FirstSameAsLast() {
		t.Fatal("wrong methods reuse their last stage")
	}
	reused, plain := New[float64](bogacki, 2), New[float64](bogacki, 2)
	plain.reuse = false
	x, y := []float64{1, 0}, []float64{1, 0}
	reused.Solve(turn, x, Uniform(7), nil)
	plain.Solve(turn, y, Uniform(7), nil)
	if x[0] != y[0] || x[1] != y[1] {
		t.Errorf("reuse changes the result: %v, %v", x, y)
	}
}

func TestObserver(t *testing.T) {
	grid := Span(0.25, 0.9, 7)
	var times []float64
	x := []float64{0}
	one := func(dst, _ []float64, _ float64) { dst[0] = 1 }
	New[float64](Euler, 1).Solve(one, x, grid, func(k int, tk float64, x []float64) {
		if k != len(times) || tk != grid[k] || math.Abs(x[0]-(tk-0.25)) > 1e-15 {
			t.Errorf("step %d at %g with %v", k, tk, x)
		}
		times = append(times, tk)
	})
	if len(times) != 8 {
		t.Errorf("seen %d states, want 8", len(times))
	}
}

// Stages are asked for at exact times: the end of a step is the grid's number.
func TestStageTimes(t *testing.T) {
	grid := []float64{0, 0.1, 0.3, 1}
	seen := map[float64]bool{}
	f := func(dst, _ []float64, t float64) { seen[t] = true; clear(dst) }
	New[float64](RK4, 1).Solve(f, []float64{0}, grid, nil)
	for _, want := range append(grid, 0.05, grid[2]+0.5*(grid[3]-grid[2])) {
		if !seen[want] {
			t.Errorf("no stage at %g", want)
		}
	}
}

func TestNonFinite(t *testing.T) {
	for _, bad := range []float32{float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1))} {
		f := func(dst, x []float32, t float64) {
			dst[0], dst[1] = 1, 1
			if t > 0.45 {
				dst[1] = bad
			}
		}
		x := []float32{0, 0}
		res := New[float32](Euler, 2).Solve(f, x, Uniform(10), nil)
		if res.Status != NonFinite || res.Steps != 5 || res.Evaluations != 6 {
			t.Errorf("%g: %+v", bad, res)
		}
		if x[0] != x[1] || math.Abs(float64(x[0])-0.5) > 1e-6 {
			t.Errorf("%g: state %v is not the last finite one", bad, x)
		}
		if res.Status.Advice() == "" || res.Status.String() == Done.String() {
			t.Error("the status has no words")
		}
	}
}

func TestStatusWords(t *testing.T) {
	if Done.Advice() != "" || Done.String() != "done" || Status(9).String() != "unknown status" {
		t.Error("wrong words")
	}
}

func TestSmallerState(t *testing.T) {
	s := New[float64](RK4, 10)
	x := []float64{1, 0}
	s.Solve(turn, x, Uniform(40), nil)
	if d := distance(x, turned(1)); d > 1e-6 {
		t.Errorf("off by %g in a solver with room to spare", d)
	}
	if s.Tableau().Name != "rk4" {
		t.Error("not the method it was made with")
	}
}

func TestNoAllocation(t *testing.T) {
	s := New[float32](RK4, 256)
	x, grid, field := make([]float32, 256), Uniform(8), Field[float32](func(dst, x []float32, _ float64) { copy(dst, x) })
	seen := 0
	each := func(int, float64, []float32) { seen++ }
	if n := testing.AllocsPerRun(10, func() { s.Solve(field, x, grid, each) }); n != 0 {
		t.Errorf("%g allocations per Solve", n)
	}
}

func TestSolvePanics(t *testing.T) {
	for name, f := range map[string]func(){
		"size":    func() { New[float64](Euler, -1) },
		"tableau": func() { New[float64](Tableau{Name: "no"}, 1) },
		"state":   func() { New[float64](Euler, 1).Solve(turn, make([]float64, 2), Uniform(1), nil) },
		"grid":    func() { New[float64](Euler, 2).Solve(turn, make([]float64, 2), []float64{0, 0}, nil) },
		"steps":   func() { Uniform(0) },
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

func BenchmarkSolve(b *testing.B) {
	for _, tab := range Tableaus() {
		b.Run(tab.Name, func(b *testing.B) {
			s := New[float32](tab, 2048)
			x, grid := make([]float32, 2048), Uniform(10)
			still := Field[float32](func(dst, _ []float32, _ float64) { clear(dst) })
			for b.Loop() {
				s.Solve(still, x, grid, nil)
			}
		})
	}
}
