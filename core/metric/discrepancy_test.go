package metric

import (
	"math"
	"math/rand/v2"
	"testing"
)

// whole compares in one go.
func whole(x, y []float32, d int, bandwidth float64) *Discrepancy {
	c := new(Discrepancy)
	c.Start(x, y, d, bandwidth)
	if !c.Advance(nil) {
		panic("not done without a deadline")
	}
	return c
}

// Between N(0, I) and N(m, s²I) both have closed forms. Few points in a cloud make
// a bias stand out, and the mean over many clouds makes the error small: the
// biased estimators are off by a half of the mean distance, and by ½.
func TestUnbiased(t *testing.T) {
	const n, m, draws, h = 4, 6, 20_000, 1.5
	for _, row := range []struct {
		d        int
		shift, s float64
	}{{1, 0, 1}, {1, 1, 1}, {1, 0, 3}, {2, 0, 1}, {2, 1, .5}, {3, -1, 2}} {
		rng := rand.New(rand.NewPCG(7, uint64(row.d)))
		x, y := make([]float32, row.d*n), make([]float32, row.d*m)
		var mmd, energy tally
		var c Discrepancy
		for range draws {
			normal(rng, x, 1, 0)
			normal(rng, y, row.s, row.shift)
			c.Start(x, y, row.d, h)
			c.Advance(nil)
			mmd, energy = append(mmd, c.MMD2()), append(energy, c.EnergyDistance())
		}
		s2 := row.s * row.s
		within := func(f func(d int, shift, variance float64) float64) (a, b, c float64) {
			return f(row.d, row.shift, 1+s2), f(row.d, 0, 2), f(row.d, 0, 2*s2)
		}
		across, xx, yy := within(func(d int, shift, variance float64) float64 { return meanKernel(d, shift, variance, h) })
		near(t, "MMD²", mmd, xx+yy-2*across)
		if row.d == 1 || row.shift == 0 {
			across, xx, yy = within(meanDistance)
			near(t, "energy distance", energy, 2*across-xx-yy)
		}
	}
}

// near allows four standard errors.
func near(t *testing.T, what string, draws tally, want float64) {
	t.Helper()
	if got, e := draws.mean(), math.Sqrt(draws.variance()/float64(len(draws))); math.Abs(got-want) > 4*e {
		t.Errorf("%s: mean %g ± %g, want %g", what, got, e, want)
	}
}

// meanKernel is E k of a difference N(shift · (1, 1, …), variance · I).
func meanKernel(d int, shift, variance, bandwidth float64) float64 {
	sum := 0.0
	for k := range widths {
		h2 := math.Pow(bandwidth/math.Pow(2, float64(k)), 2)
		one := math.Sqrt(h2/(h2+variance)) * math.Exp(-shift*shift/(2*(h2+variance)))
		sum += math.Pow(one, float64(d)) / widths
	}
	return sum
}

// meanDistance is the mean length of such a difference: of a folded normal if
// d = 1, of a chi distribution if there is no shift.
func meanDistance(d int, shift, variance float64) float64 {
	s := math.Sqrt(variance)
	if d == 1 {
		return s*math.Sqrt(2/math.Pi)*math.Exp(-shift*shift/(2*variance)) + shift*math.Erf(shift/(s*math.Sqrt2))
	}
	return s * math.Sqrt2 * math.Gamma(float64(d+1)/2) / math.Gamma(float64(d)/2)
}

// Cut into the smallest slices, a comparison does the same; and a new Start in the
// middle of one leaves no trace.
func TestDiscrepancySlices(t *testing.T) {
	x, y := draw(find("normal to ring"), 2, 700, 2) // more than a strip
	want := whole(x, y, 2, 1)
	var c Discrepancy
	c.Start(y, y[:600], 2, 2)
	c.Advance(func() bool { return true })
	c.Start(x, y, 2, 1)
	slices := 0
	for !c.Advance(func() bool { return true }) {
		slices++
	}
	if slices < 50 {
		t.Errorf("only %d slices: the deadline is hardly asked", slices)
	}
	if c.MMD2() != want.MMD2() || c.EnergyDistance() != want.EnergyDistance() {
		t.Error("the slices have another result than the whole")
	}
	if e := EnergyDistance(x, y, 2); e != want.EnergyDistance() {
		t.Errorf("energy distance %g alone, %g beside MMD²", e, want.EnergyDistance())
	}
	if !math.IsNaN(whole(x, y, 2, 0).MMD2()) || !math.IsNaN(MMD2(x, y, 2, math.NaN())) {
		t.Error("an MMD without a bandwidth")
	}
}

func TestDiscrepancyNonFinite(t *testing.T) {
	x, y := draw(find("like"), 1, 20, 2)
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		for _, side := range [][]float32{x, y} {
			keep := side[7]
			side[7] = float32(bad)
			if m, e := MMD2(x, y, 2, 1), EnergyDistance(x, y, 2); !math.IsNaN(m) || !math.IsNaN(e) {
				t.Errorf("%g in a cloud gives MMD² %g, energy distance %g", bad, m, e)
			}
			side[7] = keep
		}
	}
	// One point has no partner, and none is no cloud.
	for _, few := range [][]float32{nil, {1, 2}} {
		if !math.IsNaN(MMD2(few, y, 2, 1)) || !math.IsNaN(EnergyDistance(x, few, 2)) {
			t.Error("no NaN")
		}
	}
	if !math.IsNaN(Bandwidth(nil, 2)) || Bandwidth([]float32{3, 3, 3, 3}, 2) != 0 {
		t.Error("the bandwidth of nothing, or of one place")
	}
}

// What is used again and again does not allocate.
func TestNoAllocationAgain(t *testing.T) {
	x, y := draw(find("ring"), 4, 150, 2)
	rng := rand.New(rand.NewPCG(1, 2))
	var c Discrepancy
	var s Slicing
	census := NewCensus(newRings().cells())
	if allocs := testing.AllocsPerRun(2, func() {
		c.Start(x, y, 2, 1)
		c.Advance(nil)
		s.Start(rng, x, y, 2, 8)
		s.Advance(nil)
		census.Reset()
		census.Add(x)
		census.Coverage()
		Bandwidth(y, 2)
	}); allocs != 0 {
		t.Errorf("%g allocations", allocs)
	}
}

func BenchmarkDiscrepancy(b *testing.B) {
	x, y := draw(find("ring"), 1, 2000, 2)
	var c Discrepancy
	for name, bandwidth := range map[string]float64{"energy alone": 0, "with MMD²": 1} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				c.Start(x, y, 2, bandwidth)
				c.Advance(nil)
			}
		})
	}
}
