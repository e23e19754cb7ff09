//go:build js && wasm

package main

import (
	"math"
	"strconv"
	"syscall/js"

	"inkflow/render/controls"
	"inkflow/render/lab"
)

// tells makes the line under a control that explains it.
func (p *panel) tells(r *row, parent js.Value) *shown {
	e := create(parent, "p", "tells")
	e.Set("id", r.c.ID+"-tells")
	e.Set("hidden", true)
	r.input.Call("setAttribute", "aria-describedby", r.c.ID+"-tells")
	return &shown{e: e}
}

// check makes a box to tick, in the colour of what it switches on.
func (p *panel) check(r *row, rows js.Value) {
	c := r.c
	line := create(rows, "div", "row check "+roles[c.Colour])
	r.place = line
	label := create(line, "label", "")
	r.input = create(label, "input", "")
	r.input.Set("type", "checkbox")
	r.input.Set("id", c.ID)
	create(label, "span", "").Set("textContent", c.Label)
	if c.Symbol != "" {
		create(label, "span", "symbol").Set("textContent", c.Symbol)
	}
	r.tells = p.tells(r, line)
	listen(r.input, "change", func(js.Value) {
		v := 0.0
		if r.input.Get("checked").Bool() {
			v = 1
		}
		r.last = "" // what was ticked may not have been taken
		p.lab.SetNumber(c.ID, v)
	})
}

// listenRange takes a slider's value: as it moves, or, where that is costly,
// once it is let go.
func (p *panel) listenRange(r *row) {
	c := r.c
	listen(r.input, "input", func(js.Value) {
		if c.OnRelease {
			r.output.set(strconv.FormatFloat(p.valueOf(r.input), 'f', -1, 64))
		} else {
			p.lab.SetNumber(c.ID, p.valueOf(r.input))
		}
	})
	listen(r.input, "change", func(js.Value) {
		if c.OnRelease {
			p.lab.SetNumber(c.ID, p.valueOf(r.input))
		}
	})
}

// sliderAndField puts a slider that moves by ratios beside a field that takes
// the exact number.
func (p *panel) sliderAndField(r *row, line js.Value) {
	c := r.c
	r.slider = create(line, "input", "")
	r.slider.Set("type", "range")
	r.slider.Set("id", c.ID+"-slider")
	r.slider.Set("min", 0)
	r.slider.Set("max", sliderSteps)
	r.slider.Call("setAttribute", "aria-label", c.Label)
	r.input = p.numberInput(r, line)
	r.input.Get("classList").Call("add", "short")
	listen(r.slider, "input", func(js.Value) {
		v := fromSlider(c, p.valueOf(r.slider))
		r.input.Set("value", v)
		if !c.OnRelease {
			p.lab.SetNumber(c.ID, v)
		}
	})
	listen(r.slider, "change", func(js.Value) { p.lab.SetNumber(c.ID, fromSlider(c, p.valueOf(r.slider))) })
}

func (p *panel) rangeInput(c *controls.Control, parent js.Value) js.Value {
	e := create(parent, "input", "")
	e.Set("type", "range")
	e.Set("id", c.ID)
	e.Set("min", c.Min)
	e.Set("max", c.Max)
	e.Set("step", c.Step)
	e.Set("title", c.Hint)
	return e
}

func (p *panel) numberInput(r *row, parent js.Value) js.Value {
	c := r.c
	e := create(parent, "input", "")
	e.Set("type", "number")
	e.Set("id", c.ID)
	e.Set("min", c.Min)
	e.Set("max", c.Max)
	if c.Step == math.Trunc(c.Step) {
		e.Set("inputMode", "numeric")
	} else {
		e.Set("inputMode", "decimal")
		e.Set("step", "any")
	}
	listen(e, "change", func(js.Value) {
		r.last = "\x00" // what was typed may be out of range: show what was taken
		if v := p.valueOf(e); v == v {
			p.lab.SetNumber(c.ID, v)
		}
	})
	return e
}

func (p *panel) fileInput(r *row, line js.Value) {
	c := r.c
	box := create(line, "div", "file")
	r.input = create(box, "input", "")
	r.input.Set("type", "file")
	r.input.Set("accept", c.Accept)
	face := create(box, "div", "button")
	face.Set("textContent", "Choose a file")
	face.Call("setAttribute", "aria-hidden", "true")
	listen(r.input, "change", func(js.Value) {
		files := r.input.Get("files")
		if files.Length() == 0 {
			return
		}
		file := files.Index(0)
		name := file.Get("name").String()
		if file.Get("size").Float() > maxFile {
			p.lab.Say("The file "+name+" is larger than 64 MiB, the most that is read.", true)
			return
		}
		readFile(file, func(b []byte) {
			if err := p.lab.Open(c.ID, name, b); err != nil {
				p.lab.Say(lab.Sentence(err), true)
			}
			r.input.Set("value", "")
		}, func(why string) {
			p.lab.Say("The file "+name+" cannot be read: "+why, true)
		})
	})
}

// maxFile is the size of the largest file that is read into memory at all.
const maxFile = 64 << 20
