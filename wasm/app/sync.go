//go:build js && wasm

package main

import (
	"fmt"
	"strconv"
	"time"

	"inkflow/render"
	"inkflow/render/controls"
)

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
	chose := p.lab.Choices() != p.choices
	p.choices = p.lab.Choices()
	for _, r := range p.rows {
		if r.c.ID == controls.Time {
			continue
		}
		if chose {
			p.syncChoices(r)
		}
		if !r.hidden {
			p.syncRow(r)
		}
	}
	for id, s := range p.summaries {
		s.set(p.lab.Summary(id))
	}
	if exact := p.lab.ShowsExact(); exact != p.exact || !p.legend.Truthy() {
		p.legend, p.exact = query("#legend .exact"), exact
		p.legend.Set("hidden", !exact)
	}
	p.start.set(p.lab.Start() + " · t = 0")
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

// syncChoices shows and hides rows, and closes the options that cannot be
// chosen, after a setting was turned.
func (p *panel) syncChoices(r *row) {
	if c := r.c; c.Place == controls.Panel {
		if hidden := !p.lab.Shown(c.ID); hidden != r.hidden {
			r.hidden = hidden
			r.place.Set("hidden", hidden)
		}
		if c.Kind == controls.Select {
			for value, e := range r.options {
				why := p.lab.Objection(c.ID, value)
				e.Set("disabled", why != "")
				e.Set("title", why)
			}
		}
	}
}

func (p *panel) syncRow(r *row) {
	l, c := p.lab, r.c
	if on := l.Enabled(c.ID); on != r.enabled && !r.input.IsUndefined() {
		r.enabled = on
		r.input.Set("disabled", !on)
		if !r.slider.IsUndefined() {
			r.slider.Set("disabled", !on)
		}
	}
	if hint := l.Hint(c.ID); hint != r.hint && !r.place.IsUndefined() {
		r.hint = hint
		r.place.Set("title", hint)
		if !r.input.IsUndefined() {
			r.input.Set("title", hint)
		}
	}
	if r.tells != nil {
		text := l.Tells(c.ID)
		r.tells.e.Set("hidden", text == "")
		r.tells.set(text)
	}
	switch c.Kind {
	case controls.Chart:
		r.chart.show(l.Chart(c.ID))
	case controls.Check:
		on := l.Number(c.ID) != 0
		if v := strconv.FormatBool(on); v != r.last {
			r.last = v
			r.input.Set("checked", on)
		}
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
