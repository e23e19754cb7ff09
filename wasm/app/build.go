//go:build js && wasm

package main

import (
	"strconv"
	"syscall/js"

	"inkflow/render/controls"
)

// build makes the elements of a control and wires them to the laboratory.
func (p *panel) build(r *row, groups map[string]js.Value) {
	r.slider, r.place = js.Undefined(), js.Undefined()
	c := r.c
	switch c.Place {
	case controls.Bar:
		parent := element("tools")
		if c.ID == controls.Theme {
			parent = element("looks")
		}
		if c.Kind == controls.Choice {
			p.choice(r, parent, "choice")
		} else {
			p.button(r, parent)
		}
	case controls.Stage:
		d := create(element("readings"), "div", c.ID)
		d.Set("title", c.Hint)
		create(d, "dt", "").Set("textContent", c.Label)
		r.input = js.Undefined()
		e := create(d, "dd", "")
		e.Set("id", c.ID)
		r.output = &shown{e: e}
	case controls.Timeline:
		p.buildTimeline(r)
	case controls.Panel:
		p.buildPanel(r, groups[c.Group])
	}
}

func (p *panel) buildTimeline(r *row) {
	parent := element("timeline")
	switch r.c.Kind {
	case controls.Choice:
		p.choice(r, parent, "choice")
	case controls.Toggle:
		r.input = create(parent, "button", "")
		r.input.Set("id", r.c.ID)
		r.input.Set("type", "button")
		r.input.Set("title", r.c.Title())
		listen(r.input, "click", func(js.Value) { p.toggle(r.c.ID) })
	case controls.Range:
		track := create(parent, "div", "track")
		r.input = p.rangeInput(r.c, track)
		r.input.Call("setAttribute", "aria-label", r.c.Label)
		ends := create(track, "div", "ends")
		p.start = &shown{e: create(ends, "span", "")}
		r.output = &shown{e: create(ends, "output", "")}
		create(ends, "span", "").Set("textContent", "drawing · t = 1")
		listen(r.input, "input", func(js.Value) { p.lab.SetNumber(r.c.ID, p.valueOf(r.input)) })
	}
}

func (p *panel) buildPanel(r *row, rows js.Value) {
	c := r.c
	switch c.Kind {
	case controls.Choice:
		p.choice(r, rows, "choice tiles")
		r.place = r.input
		return
	case controls.Button, controls.Toggle:
		pair := rows.Get("lastElementChild")
		if !pair.Truthy() || !pair.Get("classList").Call("contains", "pair").Bool() {
			pair = create(rows, "div", "pair")
		}
		p.button(r, pair)
		r.place = r.input
		return
	case controls.Chart:
		r.input = js.Undefined()
		r.chart = newChart(c, rows)
		r.place = r.chart.picture.Call("closest", "figure")
		return
	case controls.Check:
		p.check(r, rows)
		return
	}
	line := create(rows, "div", "row")
	r.place = line
	label := create(line, "label", "")
	label.Set("textContent", c.Label)
	if c.Symbol != "" {
		create(label, "span", "symbol").Set("textContent", c.Symbol)
	}
	label.Set("htmlFor", c.ID)
	switch c.Kind {
	case controls.Reading:
		line.Get("classList").Call("add", "reading")
		r.input = js.Undefined()
		r.output = &shown{e: create(line, "output", "")}
		r.output.e.Set("id", c.ID)
		return
	case controls.Range:
		if c.Log {
			p.sliderAndField(r, line)
			return
		}
		r.input = p.rangeInput(c, line)
		r.output = &shown{e: create(line, "output", "")}
		p.listenRange(r)
	case controls.Number:
		r.input = p.numberInput(r, line)
	case controls.Select:
		r.input = create(line, "select", "")
		r.options = map[string]js.Value{}
		for _, o := range c.Options {
			e := create(r.input, "option", "")
			e.Set("value", o.Value)
			e.Set("textContent", o.Label)
			r.options[o.Value] = e
		}
		listen(r.input, "change", func(js.Value) { p.choose(c.ID, r.input.Get("value").String()) })
	case controls.Text:
		r.input = create(line, "input", "")
		r.input.Set("type", "text")
		r.input.Set("maxLength", 40)
		r.input.Set("autocomplete", "off")
		r.input.Set("placeholder", "type, then Enter")
		listen(r.input, "change", func(js.Value) {
			if v := r.input.Get("value").String(); v != "" {
				p.choose(c.ID, v)
			}
		})
	case controls.File:
		p.fileInput(r, line)
	}
	r.input.Set("id", c.ID)
	if c.Kind == controls.Range || c.Kind == controls.Select {
		r.tells = p.tells(r, line)
	}
}

func (p *panel) button(r *row, parent js.Value) {
	c := r.c
	r.input = create(parent, "button", "button")
	r.input.Set("type", "button")
	r.input.Set("id", c.ID)
	r.input.Set("title", c.Title())
	if path := controls.Icon(c.ID); path != "" {
		r.input.Call("appendChild", icon(path))
	}
	text := create(r.input, "span", "text")
	text.Set("textContent", c.Label)
	r.label = &shown{text, c.Label}
	if c.Place == controls.Bar {
		r.input.Call("setAttribute", "aria-label", c.Label)
	}
	listen(r.input, "click", func(js.Value) {
		if c.Kind == controls.Toggle {
			p.toggle(c.ID)
		} else {
			p.press(c.ID)
		}
	})
}

// choice makes a set of radio buttons: one stop for Tab, arrows within.
func (p *panel) choice(r *row, parent js.Value, class string) {
	c := r.c
	set := create(parent, "fieldset", class)
	set.Set("id", c.ID)
	set.Set("title", c.Hint)
	create(set, "legend", "").Set("textContent", c.Label)
	r.input = set
	r.options = map[string]js.Value{}
	for _, o := range c.Options {
		label := create(set, "label", "")
		e := create(label, "input", "")
		e.Set("type", "radio")
		e.Set("name", c.ID)
		e.Set("value", o.Value)
		e.Set("id", c.ID+"-"+o.Value)
		if c.ID == controls.Preset {
			label.Set("title", o.Label)
			p.tiles = append(p.tiles, newTile(o.Value, label))
		} else if path := controls.Icon(o.Icon); path != "" {
			label.Call("appendChild", icon(path))
		}
		create(label, "span", "").Set("textContent", o.Label)
		listen(e, "change", func(js.Value) { p.choose(c.ID, o.Value) })
		r.options[o.Value] = e
	}
}

func (p *panel) valueOf(e js.Value) float64 {
	v, err := strconv.ParseFloat(e.Get("value").String(), 64)
	if err != nil {
		return p.lab.Number(e.Get("id").String())
	}
	return v
}

// helpDialog lists the keys of the table.
func (p *panel) helpDialog() {
	list := element("help-keys")
	for _, k := range controls.Keys() {
		create(create(list, "dt", ""), "kbd", "").Set("textContent", k.Name)
		create(list, "dd", "").Set("textContent", k.Does)
	}
	b := create(element("looks"), "button", "button")
	b.Set("id", "help-open")
	b.Set("type", "button")
	b.Set("textContent", "?")
	b.Call("setAttribute", "aria-label", "Keys")
	b.Set("title", "Keys (?)")
	listen(b, "click", func(js.Value) { element("help").Call("showModal") })
}
