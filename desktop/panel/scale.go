package panel

import (
	"math"
	"strconv"

	"inkflow/render/controls"
)

// place is where on its slider a value stands, 0 … 1.
func place(c *controls.Control, v float64) float64 {
	if c.Log {
		return math.Log(c.Clamp(v)/c.Min) / math.Log(c.Max/c.Min)
	}
	return (c.Clamp(v) - c.Min) / (c.Max - c.Min)
}

// valueAt is the value at a place of the slider, on the control's steps. A
// slider that moves by ratios keeps two figures: nobody wants 20,137
// particles.
func valueAt(c *controls.Control, u float64) float64 {
	u = min(max(u, 0), 1)
	v, unit := c.Min+u*(c.Max-c.Min), c.Step
	if c.Log {
		v = c.Min * math.Pow(c.Max/c.Min, u)
		unit = max(math.Pow(10, math.Floor(math.Log10(v))-1), c.Step)
	}
	return c.Clamp(math.Round(v/unit) * unit)
}

// nudged is the value a press of an arrow key leads to.
func nudged(c *controls.Control, v float64, up bool) float64 {
	d := 1.0
	if !up {
		d = -1
	}
	if !c.Log {
		return c.Clamp(v + d*max(c.Step, (c.Max-c.Min)/100))
	}
	for u := place(c, v) + d*0.02; ; u += d * 0.02 {
		if w := valueAt(c, u); w != v || u <= 0 || u >= 1 {
			return w
		}
	}
}

// digits is a number as a field shows it.
func digits(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
