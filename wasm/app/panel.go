//go:build js && wasm

package main

import (
	"math"
	"strconv"
	"syscall/js"
	"time"

	"inkflow/render/controls"
	"inkflow/render/lab"
)

// panel renders the table of controls as native HTML and keeps it in step
// with the laboratory.
type panel struct {
	lab       *lab.Lab
	rows      []*row
	summaries map[string]*shown // by group
	notice    *shown
	start     *shown // the beginning of the time line
	invite    *shown
	revision  int
	night     bool
	themed    bool      // night has been put on the page
	next      time.Time // of a full sync
	legend    js.Value  // of the exact answer's colour
	exact     bool      // it is on show
	choices   int       // of the laboratory, when the menus were last looked at
	tiles     []tile
	unpainted int // how many of them wait for their picture
	frames    int
}

// row is a control on the page.
type row struct {
	c       *controls.Control
	input   js.Value            // the element that holds the value
	slider  js.Value            // beside a number field, or undefined
	output  *shown              // the value with its unit, or nil
	label   *shown              // of a button whose label changes, or nil
	options map[string]js.Value // radio buttons, or lines of a menu, by value
	place   js.Value            // the whole row, where it may come and go
	tells   *shown              // the line under it that explains, or nil
	chart   *chart              // of a Chart
	hint    string              // on show
	last    string              // value on show
	enabled bool
	hidden  bool
}

// shown is a text on the page that is only written when it changes.
type shown struct {
	e    js.Value
	text string
}

func (s *shown) set(text string) {
	if s != nil && s.text != text {
		s.text = text
		s.e.Set("textContent", text)
	}
}

func newPanel(l *lab.Lab) *panel {
	p := &panel{lab: l, summaries: map[string]*shown{}, revision: -1, choices: -1,
		notice: &shown{e: element("notice")}, invite: &shown{e: element("invitation")}}
	groups := map[string]js.Value{}
	for _, g := range controls.Groups() {
		groups[g.ID] = p.group(g)
	}
	for i := range controls.All() {
		c := &controls.All()[i]
		r := &row{c: c, enabled: true}
		p.rows = append(p.rows, r)
		p.build(r, groups)
	}
	p.helpDialog()
	sheet := element("sheet")
	listen(sheet, "click", func(js.Value) {
		open := element("panel").Get("classList").Call("toggle", "open").Bool()
		sheet.Call("setAttribute", "aria-expanded", strconv.FormatBool(open))
	})
	// The system's choice of paper was made by the page before this program ran.
	l.SetText(controls.Theme, document.Get("documentElement").Get("dataset").Get("theme").String())
	return p
}

// group makes a question of the panel.
func (p *panel) group(g controls.Group) js.Value {
	d := create(element("groups"), "details", "group")
	d.Set("id", "group-"+g.ID)
	d.Set("open", g.Open)
	s := create(d, "summary", "")
	create(s, "h2", "").Set("textContent", g.Question)
	p.summaries[g.ID] = &shown{e: create(s, "output", "")}
	return create(d, "div", "rows")
}

// press presses a button by its shortcut.
func (p *panel) press(id string) { p.lab.Press(id) }

// toggle turns a toggle over by its shortcut.
func (p *panel) toggle(id string) {
	if p.lab.Enabled(id) {
		p.lab.SetNumber(id, 1-p.lab.Number(id))
	}
}

// choose sets a text value and says what is wrong with it, if anything is.
func (p *panel) choose(id, value string) {
	if err := p.lab.SetText(id, value); err != nil {
		p.lab.Say(lab.Sentence(err), true)
		p.redo(id)
	} else if n := p.lab.Notice(); n.Fault {
		p.lab.Say("", false)
	}
}

// redo writes a control's value again where what was typed was not taken.
func (p *panel) redo(id string) {
	for _, r := range p.rows {
		if r.c.ID == id && r.c.Kind != controls.Text {
			r.last = "\x00"
		}
	}
}

// sliderSteps is the resolution of a slider that moves by ratios.
const sliderSteps = 1000

func toSlider(c *controls.Control, v float64) float64 {
	return math.Round(sliderSteps * math.Log(v/c.Min) / math.Log(c.Max/c.Min))
}

// fromSlider rounds to two figures: nobody wants 20,137 particles.
func fromSlider(c *controls.Control, s float64) float64 {
	v := c.Min * math.Pow(c.Max/c.Min, s/sliderSteps)
	unit := math.Max(math.Pow(10, math.Floor(math.Log10(v))-1), c.Step)
	return c.Clamp(math.Round(v/unit) * unit)
}
