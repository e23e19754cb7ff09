//go:build js && wasm

package main

import (
	"fmt"
	"math"
	"strconv"
	"syscall/js"
	"time"

	"inkflow/render"
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
	invite    *shown
	revision  int
	night     bool
	themed    bool      // night has been put on the page
	next      time.Time // of a full sync
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
	options map[string]js.Value // radio buttons by value
	last    string              // value on show
	enabled bool
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
	p := &panel{lab: l, summaries: map[string]*shown{}, revision: -1,
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

// sync shows what has changed: the flow's time every frame, the rest a few
// times a second.
func (p *panel) sync() {
	p.syncTime()
	p.paintTile()
	now := time.Now()
	if p.lab.Revision() == p.revision && now.Before(p.next) {
		return
	}
	if p.lab.Revision() != p.revision && now.Before(p.next.Add(-200*time.Millisecond)) {
		return // changed again within 50 ms
	}
	p.revision, p.next = p.lab.Revision(), now.Add(250*time.Millisecond)
	p.syncTheme()
	for _, r := range p.rows {
		if r.c.ID != controls.Time {
			p.syncRow(r)
		}
	}
	for id, s := range p.summaries {
		s.set(p.lab.Summary(id))
	}
	n := p.lab.Notice()
	if n.Text != p.notice.text {
		p.notice.e.Get("classList").Call("toggle", "fault", n.Fault)
		p.notice.e.Set("hidden", n.Text == "")
		p.notice.set(n.Text)
	}
	if text := p.lab.Invitation(); text == "" {
		p.invite.e.Get("classList").Call("add", "gone")
	} else {
		p.invite.e.Get("classList").Call("remove", "gone")
		p.invite.set(text)
	}
}

func (p *panel) syncTime() {
	for _, r := range p.rows {
		if r.c.ID != controls.Time {
			continue
		}
		if v := strconv.FormatFloat(p.lab.Time(), 'f', 3, 64); v != r.last {
			r.last = v
			r.input.Set("value", v)
			r.output.set("t = " + v[:4])
		}
	}
}

func (p *panel) syncTheme() {
	if night := p.lab.Night(); night != p.night || !p.themed {
		p.night, p.themed = night, true
		document.Get("documentElement").Get("dataset").Set("theme", p.lab.Text(controls.Theme))
		colour := render.Day.Paper
		if night {
			colour = render.Night.Paper
		}
		query("meta[name=theme-color]").Set("content", fmt.Sprintf("#%02x%02x%02x", colour.R, colour.G, colour.B))
		p.unpainted = len(p.tiles)
	}
}

func (p *panel) syncRow(r *row) {
	l, c := p.lab, r.c
	if on := l.Enabled(c.ID); on != r.enabled && !r.input.IsUndefined() {
		r.enabled = on
		r.input.Set("disabled", !on)
	}
	switch c.Kind {
	case controls.Reading:
		r.output.set(l.Reading(c.ID))
	case controls.Toggle:
		on := l.Number(c.ID) != 0
		if v := strconv.FormatBool(on); v != r.last {
			r.last = v
			p.face(r, on)
		}
	case controls.Choice:
		if v := l.Text(c.ID); v != r.last {
			r.last = v
			for value, e := range r.options {
				e.Set("checked", value == v)
			}
		}
	case controls.Select, controls.Text:
		if v := l.Text(c.ID); v != r.last {
			r.last = v
			r.input.Set("value", v)
		}
	case controls.Range, controls.Number:
		if v := strconv.FormatFloat(l.Number(c.ID), 'f', -1, 64); v != r.last {
			r.last = v
			r.input.Set("value", v)
			if !r.slider.IsUndefined() {
				r.slider.Set("value", toSlider(c, l.Number(c.ID)))
				r.slider.Call("setAttribute", "aria-valuetext", l.Value(c.ID))
			}
			r.output.set(l.Value(c.ID))
		}
	}
}

// face gives a button that stays down the look of what pressing it will do.
func (p *panel) face(r *row, on bool) {
	switch r.c.ID {
	case controls.Play:
		name := "play"
		label := "Play"
		if on {
			name, label = "pause", "Pause"
		}
		r.input.Call("replaceChildren", icon(controls.Icon(name)))
		r.input.Call("setAttribute", "aria-label", label)
	case controls.Train:
		if on {
			r.label.set("Pause training")
		} else {
			r.label.set("Train")
		}
	}
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
