package lab

import (
	"math"
	"strconv"
	"strings"

	"inkflow/core/engine"
	"inkflow/render/controls"
)

// Chart is a small picture of curves in a unit square, x to the right and y
// up. A panel of whatever toolkit draws it without knowing what it shows.
type Chart struct {
	Curves  []Curve
	Mark    float64 // a vertical line at this x, none where it is negative
	Caption string  // a line under the picture, or empty
	Wait    string  // stands in the picture while there are no curves
	Least   string  // at the lower left corner
	Most    string  // at the upper left corner
	Right   string  // at the lower right corner
}

// Curve is one of a chart's.
type Curve struct {
	X, Y   []float64 // of the same length
	Role   controls.Role
	Dashed bool
	Faint  bool
	Dots   bool    // the points themselves are marked
	Label  string  // beside the curve
	Beside float64 // where: a part of the way along its x
}

// At is the point of the curve at a part u of the way along its x.
func (c *Curve) At(u float64) (x, y float64) {
	n := len(c.X)
	x = c.X[0] + u*(c.X[n-1]-c.X[0])
	for i := 1; i < n; i++ {
		if c.X[i] >= x && c.X[i] > c.X[i-1] {
			return x, c.Y[i-1] + (x-c.X[i-1])/(c.X[i]-c.X[i-1])*(c.Y[i]-c.Y[i-1])
		}
	}
	return c.X[n-1], c.Y[n-1]
}

// Chart returns what a control of kind Chart shows now.
func (l *Lab) Chart(id string) Chart {
	switch id {
	case controls.Curves:
		return l.curves()
	case controls.LossChart:
		return l.history.chart(l.snap.LossFloor, l.Empty())
	case controls.TheoremChart:
		return l.proof()
	}
	return Chart{Mark: -1}
}

// curves draws α and σ, and faintly those of the path that is sampled along.
func (l *Lab) curves() Chart {
	c := Chart{Mark: l.flow.t, Wait: "The curves come with the engine."}
	k := &l.snap.Curves
	top := 1.0
	for _, row := range [][]float32{k.Alpha, k.Sigma, k.AlongAlpha, k.AlongSigma} {
		for _, v := range row {
			top = max(top, float64(v))
		}
	}
	if top > 1 {
		c.Most = figure(top)
	}
	add := func(row []float32, role controls.Role, dashed, faint bool, label string) {
		if len(row) < 2 {
			return
		}
		v := Curve{Role: role, Dashed: dashed, Faint: faint, Label: label, Beside: 0.85}
		for i, y := range row {
			v.X, v.Y = append(v.X, float64(i)/float64(len(row)-1)), append(v.Y, float64(y)/top)
		}
		c.Curves = append(c.Curves, v)
	}
	add(k.AlongAlpha, controls.Target, false, true, "")
	add(k.AlongSigma, controls.Noise, true, true, "")
	add(k.Alpha, controls.Target, false, false, "α")
	add(k.Sigma, controls.Noise, true, false, "σ")
	if len(k.AlongAlpha) > 0 {
		c.Caption = "Faint: the path it is sampled along."
	}
	return c
}

// proof draws the distance of the two gradients against the number of draws,
// and the line 1/√n through them.
func (l *Lab) proof() Chart {
	p := &l.layers.proof
	c := Chart{Mark: -1, Wait: "The gradients are being compared."}
	n := len(p.Draws)
	if n < 2 {
		return c
	}
	low, high := math.Inf(1), 0.0
	shift := 0.0 // mean log of distance × √n: where the line runs
	for i, d := range p.Distance {
		d = max(d, 1e-12)
		low, high = min(low, d), max(high, d)
		shift += (math.Log(d) + 0.5*math.Log(float64(p.Draws[i]))) / float64(n)
	}
	line := func(draws int) float64 { return math.Exp(shift - 0.5*math.Log(float64(draws))) }
	low, high = min(low, line(p.Draws[n-1])), max(high, line(p.Draws[0]))
	low, high = low*0.8, high*1.25
	x := func(draws int) float64 { return along(float64(draws), float64(p.Draws[0]), float64(p.Draws[n-1])) }
	root := Curve{Role: controls.Noise, Dashed: true, Label: "1/√n", Beside: 0.25}
	measured := Curve{Role: controls.Exact, Dots: true, Label: "measured", Beside: 0.65}
	for i, draws := range p.Draws {
		measured.X, measured.Y = append(measured.X, x(draws)), append(measured.Y, along(max(p.Distance[i], 1e-12), low, high))
		root.X, root.Y = append(root.X, x(draws)), append(root.Y, along(line(draws), low, high))
	}
	c.Curves = []Curve{root, measured}
	c.Least, c.Most, c.Right = figure(low), figure(high), "n = "+Thousands(p.Draws[n-1])
	c.Caption = "CFM − FM is " + within(p.Difference, p.DifferenceError) +
		"; the constant it is to be, " + within(p.Constant, p.ConstantError) + "."
	if p.Slope != 0 {
		c.Caption += " The slope is " + strings.Replace(strconv.FormatFloat(p.Slope, 'f', 2, 64), "-", "−", 1) + "; that of 1/√n is −0.50."
	}
	return c
}

// within is a number with its standard error, both to two figures of the
// latter.
func within(v, e float64) string {
	decimals := 3
	if e > 0 {
		decimals = min(max(1-int(math.Floor(math.Log10(e))), 0), 9)
	}
	return strconv.FormatFloat(v, 'f', decimals, 64) + " ± " + strconv.FormatFloat(e, 'f', decimals, 64)
}

// along is where v stands between low and high in powers of ten, 0 … 1.
func along(v, low, high float64) float64 {
	if !(high > low) {
		return 0.5
	}
	return min(max(math.Log(v/low)/math.Log(high/low), 0), 1)
}

// figure is a number in three figures.
func figure(v float64) string {
	a := math.Abs(v)
	switch {
	case a == 0:
		return "0"
	case a >= 100:
		return Thousands(int(math.Round(v)))
	case a < 0.001:
		return strconv.FormatFloat(v, 'e', 0, 64)
	}
	decimals := max(2-int(math.Floor(math.Log10(a))), 0)
	return strconv.FormatFloat(v, 'f', decimals, 64)
}

// history is the loss over a training, thinned out as it grows.
type history struct {
	steps []float64
	loss  []float64
}

// historyMost is the most points of it that are kept.
const historyMost = 240

func (h *history) clear() { h.steps, h.loss = h.steps[:0], h.loss[:0] }

// take keeps the loss of a snapshot, if it is time for another.
func (h *history) take(s *engine.Snapshot) {
	if s.Loss <= 0 || s.Step < 1 {
		return
	}
	n := len(h.steps)
	if n > 0 && float64(s.Step) < h.steps[n-1] {
		h.clear()
		n = 0
	}
	// Even in the logarithm of the step, as it is drawn.
	if n > 0 && float64(s.Step) < h.steps[n-1]*1.02+0.5 {
		return
	}
	h.steps, h.loss = append(h.steps, float64(s.Step)), append(h.loss, s.Loss)
	if len(h.steps) > historyMost {
		for i := range historyMost / 2 {
			h.steps[i], h.loss[i] = h.steps[2*i], h.loss[2*i]
		}
		h.steps, h.loss = h.steps[:historyMost/2], h.loss[:historyMost/2]
	}
}

func (h *history) chart(floor float64, empty bool) Chart {
	c := Chart{Mark: -1, Wait: "The loss comes with the first steps."}
	n := len(h.steps)
	if n < 2 || empty {
		return c
	}
	low, high := math.Inf(1), 0.0
	for _, v := range h.loss {
		low, high = min(low, v), max(high, v)
	}
	if floor > 0 {
		low = min(low, floor)
	}
	low, high = low*0.95, high*1.05
	v := Curve{Role: controls.Learned}
	for i := range h.steps {
		v.X = append(v.X, along(h.steps[i], h.steps[0], h.steps[n-1]))
		v.Y = append(v.Y, along(h.loss[i], low, high))
	}
	if floor > 0 {
		y := along(floor, low, high)
		c.Curves = append(c.Curves, Curve{X: []float64{0, 1}, Y: []float64{y, y}, Role: controls.Exact, Dashed: true, Label: "floor", Beside: 0.85})
	}
	c.Curves = append(c.Curves, v)
	c.Least, c.Most, c.Right = figure(low), figure(high), "step "+Thousands(int(h.steps[n-1]))
	return c
}
