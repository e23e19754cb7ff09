//go:build js && wasm

package main

import (
	"strings"
	"syscall/js"

	"inkflow/render/controls"
	"inkflow/render/lab"
)

// listenKeys carries out the shortcuts of the controls' table, and lets the
// stage be drawn upon with the arrow keys.
func listenKeys(l *lab.Lab, p *panel) {
	listen(document, "keydown", func(e js.Value) {
		key := strings.ToLower(e.Get("key").String())
		target := e.Get("target")
		if typing(target) || element("help").Get("open").Bool() {
			return
		}
		if e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool() {
			if key == "z" || key == "y" {
				e.Call("preventDefault")
				p.press(undoOrRedo(key, e))
			}
			return
		}
		if e.Get("altKey").Bool() || e.Get("isComposing").Bool() {
			return
		}
		if target.Get("id").String() == "stage" && drawByKey(l, key, e.Get("shiftKey").Bool()) {
			e.Call("preventDefault")
			return
		}
		if e.Get("repeat").Bool() {
			return // a key held down presses once
		}
		switch key {
		case "?":
			element("help").Call("showModal")
		case "b":
			p.choose(controls.Tool, controls.ToolDraw)
		case "e":
			p.choose(controls.Tool, controls.ToolErase)
		case "z", "y":
			p.press(undoOrRedo(key, e))
		case " ":
			if presses(target) {
				return // the element has its own use for it
			}
			e.Call("preventDefault")
			p.toggle(controls.Play)
		default:
			for _, c := range controls.All() {
				if c.Key == key && c.Key != "" {
					e.Call("preventDefault")
					if c.Kind == controls.Toggle {
						p.toggle(c.ID)
					} else {
						p.press(c.ID)
					}
				}
			}
		}
	})
}

func undoOrRedo(key string, e js.Value) string {
	if key == "y" || e.Get("shiftKey").Bool() {
		return controls.Redo
	}
	return controls.Undo
}

// typing reports whether keys belong to a field of text.
func typing(target js.Value) bool {
	if target.Get("isContentEditable").Truthy() {
		return true
	}
	switch target.Get("tagName").String() {
	case "TEXTAREA", "SELECT":
		return true
	case "INPUT":
		switch target.Get("type").String() {
		case "text", "number", "search":
			return true
		}
	}
	return false
}

// presses reports whether the space bar presses an element.
func presses(target js.Value) bool {
	switch target.Get("tagName").String() {
	case "BUTTON", "SUMMARY", "INPUT", "A":
		return true
	}
	return false
}

// drawByKey moves the brush by arrow keys and lowers or lifts it by Enter.
func drawByKey(l *lab.Lab, key string, far bool) bool {
	step := 8.0
	if far {
		step = 32
	}
	dx, dy := 0.0, 0.0
	switch key {
	case "arrowleft":
		dx = -step
	case "arrowright":
		dx = step
	case "arrowup":
		dy = -step
	case "arrowdown":
		dy = step
	case "enter":
		x, y := brush(l)
		if l.Drawing() {
			l.PenUp()
		} else {
			l.PenDown(x, y, 1)
		}
		return true
	case "escape":
		l.PenUp()
		return true
	default:
		return false
	}
	x, y := brush(l)
	v := l.View()
	x = min(max(x+dx, v.Left), v.W-v.Right)
	y = min(max(y+dy, v.Top), v.H-v.Bottom)
	l.PenMove(x, y, 1)
	return true
}

// brush is where the brush is, the middle of the stage where it is nowhere.
func brush(l *lab.Lab) (x, y float64) {
	x, y, _, _, ok := l.BrushAt()
	if !ok {
		x, y = l.View().Center()
		l.Hover(x, y)
	}
	return x, y
}
