//go:build js && wasm

package main

import (
	"strconv"
	"strings"
	"syscall/js"

	"inkflow/render/controls"
	"inkflow/render/lab"
)

// chart draws one of the laboratory's small pictures as SVG. The lines are in
// a square that is stretched to the panel's breadth; the words stand over it.
type chart struct {
	picture js.Value // the SVG
	mark    js.Value
	lines   []js.Value
	labels  []js.Value // at the curves' ends
	corners [3]*shown  // least, most, right
	caption *shown
	wait    *shown
	key     string // what is drawn
	at      string // where the mark is
}

const svg = "http://www.w3.org/2000/svg"

// chartSide is the side of the square that the lines are drawn in.
const chartSide = 1000

func newChart(c *controls.Control, parent js.Value) *chart {
	d := create(parent, "figure", "chart")
	d.Set("id", c.ID)
	d.Set("title", c.Hint)
	plot := create(d, "div", "plot")
	plot.Call("setAttribute", "role", "img")
	plot.Call("setAttribute", "aria-label", c.Label)
	k := &chart{picture: document.Call("createElementNS", svg, "svg")}
	k.picture.Call("setAttribute", "viewBox", "0 0 1000 1000")
	k.picture.Call("setAttribute", "preserveAspectRatio", "none")
	k.picture.Call("setAttribute", "aria-hidden", "true")
	plot.Call("appendChild", k.picture)
	k.mark = k.line("mark")
	for i, class := range []string{"least", "most", "right"} {
		k.corners[i] = &shown{e: create(plot, "span", "corner "+class)}
	}
	k.wait = &shown{e: create(plot, "span", "wait")}
	k.caption = &shown{e: create(d, "figcaption", "")}
	return k
}

func (k *chart) line(class string) js.Value {
	p := document.Call("createElementNS", svg, "path")
	p.Call("setAttribute", "class", class)
	k.picture.Call("appendChild", p)
	return p
}

var roles = [...]string{controls.Plain: "plain", controls.Target: "target", controls.Learned: "learned",
	controls.Exact: "exact", controls.Noise: "noise"}

// show draws what has changed.
func (k *chart) show(c lab.Chart) {
	var key strings.Builder
	for _, v := range c.Curves {
		key.WriteString(class(v))
		key.WriteString(v.Label)
		key.WriteString(outline(v))
	}
	if s := key.String(); s != k.key {
		k.key = s
		k.redraw(c)
	}
	at := ""
	if c.Mark >= 0 {
		at = "M" + strconv.Itoa(int(c.Mark*chartSide+0.5)) + " 0v1000"
	}
	if at != k.at {
		k.at = at
		k.mark.Call("setAttribute", "d", at)
	}
	for i, text := range []string{c.Least, c.Most, c.Right} {
		if len(c.Curves) == 0 {
			text = ""
		}
		k.corners[i].set(text)
	}
	k.caption.set(c.Caption)
	if len(c.Curves) > 0 {
		c.Wait = ""
	}
	k.wait.set(c.Wait)
}

func (k *chart) redraw(c lab.Chart) {
	for len(k.lines) < len(c.Curves) {
		k.lines = append(k.lines, k.line(""))
		k.labels = append(k.labels, create(k.picture.Get("parentElement"), "span", ""))
	}
	for i, e := range k.lines {
		label := k.labels[i]
		if i >= len(c.Curves) {
			e.Call("setAttribute", "d", "")
			label.Set("textContent", "")
			continue
		}
		v := c.Curves[i]
		e.Call("setAttribute", "class", class(v))
		e.Call("setAttribute", "d", outline(v))
		label.Set("textContent", v.Label)
		if n := len(v.X); v.Label != "" && n > 0 {
			// A label stands over the curve, or under it where
			// there is no room.
			x, y := v.At(v.Beside)
			side := " over"
			if y > 0.6 {
				side = " under"
			}
			label.Set("className", "end "+class(v)+side)
			label.Get("style").Set("left", percent(x))
			label.Get("style").Set("top", percent(1-y))
		}
	}
}

func percent(v float64) string { return strconv.FormatFloat(100*v, 'f', 1, 64) + "%" }

func class(v lab.Curve) string {
	s := roles[v.Role]
	if v.Dashed {
		s += " dashed"
	}
	if v.Faint {
		s += " faint"
	}
	if v.Dots {
		s += " dots"
	}
	return s
}

// outline is a curve in SVG's notation.
func outline(v lab.Curve) string {
	var b strings.Builder
	for i := range v.X {
		mark := byte('L')
		if i == 0 {
			mark = 'M'
		}
		b.WriteByte(mark)
		b.WriteString(strconv.Itoa(int(v.X[i]*chartSide + 0.5)))
		b.WriteByte(' ')
		b.WriteString(strconv.Itoa(int((1-v.Y[i])*chartSide + 0.5)))
		if v.Dots {
			b.WriteString("h0") // a round end of no length is a dot
		}
	}
	return b.String()
}
