package panel

import (
	"math"
	"testing"

	"inkflow/render/controls"
)

func TestSliderEndsAndOrder(t *testing.T) {
	for _, c := range controls.All() {
		if c.Kind != controls.Range {
			continue
		}
		if v := valueAt(&c, 0); v != c.Min {
			t.Errorf("%s begins at %g, not %g", c.ID, v, c.Min)
		}
		if v := valueAt(&c, 1); v != c.Max {
			t.Errorf("%s ends at %g, not %g", c.ID, v, c.Max)
		}
		last := math.Inf(-1)
		for i := range 1001 {
			v := valueAt(&c, float64(i)/1000)
			if v < last || v != c.Clamp(v) {
				t.Errorf("%s: %g after %g", c.ID, v, last)
			}
			last = v
			// A value's place leads back to the value: a slider that is let
			// go does not jump.
			if w := valueAt(&c, place(&c, v)); math.Abs(w-v) > 1e-9*math.Abs(v) { // rounding
				t.Errorf("%s: %g is placed where %g is", c.ID, v, w)
			}
		}
	}
}

func TestLogSliderKeepsTwoFigures(t *testing.T) {
	c := controls.Find(controls.Particles)
	for i := range 200 {
		v := valueAt(c, float64(i)/199)
		unit := math.Pow(10, math.Floor(math.Log10(v))-1)
		if r := math.Mod(v, unit); r != 0 && v != c.Max {
			t.Errorf("%g particles have more than two figures", v)
		}
	}
}

func TestNudgedMovesByAtLeastAStepAndStaysInside(t *testing.T) {
	for _, id := range []string{controls.Steps, controls.Particles, controls.Time, controls.BrushSize} {
		c := controls.Find(id)
		v := c.Min
		for n := 0; v < c.Max; n++ {
			w := nudged(c, v, true)
			if !(w > v) || w > c.Max || n > 500 {
				t.Fatalf("%s: %g is followed by %g", id, v, w)
			}
			v = w
		}
		if w := nudged(c, c.Min, false); w != c.Min {
			t.Errorf("%s goes below its least to %g", id, w)
		}
		if w := nudged(c, c.Max, false); !(w < c.Max) {
			t.Errorf("%s stays at its most", id)
		}
	}
}
