//go:build js && wasm

package main

import (
	"syscall/js"

	"inkflow/render/lab"
)

// listenPointer turns pointer events of the stage into strokes: mouse, pen and
// touch alike, with the points a slow frame has gathered, captured so that a
// stroke goes on beyond the stage's edge and ends wherever it is let go.
func listenPointer(l *lab.Lab) {
	stage := element("stage")
	drawing := js.Undefined() // the pointer that draws
	at := func(e js.Value) (x, y, pressure float64) {
		pressure = 1
		if e.Get("pointerType").String() == "pen" {
			pressure = e.Get("pressure").Float()
		}
		return e.Get("clientX").Float(), e.Get("clientY").Float(), pressure
	}
	lift := func(e js.Value) {
		if !drawing.Equal(e.Get("pointerId")) {
			return
		}
		drawing = js.Undefined()
		l.PenUp()
		if e.Get("pointerType").String() != "mouse" {
			l.Leave()
		}
	}
	listen(stage, "pointerdown", func(e js.Value) {
		if !drawing.IsUndefined() || e.Get("button").Int() != 0 {
			return
		}
		e.Call("preventDefault")
		stage.Call("focus", map[string]any{"preventScroll": true, "focusVisible": false})
		drawing = e.Get("pointerId")
		stage.Call("setPointerCapture", drawing)
		x, y, pressure := at(e)
		l.Hover(x, y)
		l.PenDown(x, y, pressure)
	})
	listen(stage, "pointermove", func(e js.Value) {
		if drawing.IsUndefined() {
			if e.Get("pointerType").String() != "touch" {
				x, y, _ := at(e)
				l.Hover(x, y)
			}
			return
		}
		if !drawing.Equal(e.Get("pointerId")) {
			return
		}
		points := e.Call("getCoalescedEvents")
		for i := range points.Length() {
			l.PenMove(at(points.Index(i)))
		}
		if points.Length() == 0 {
			l.PenMove(at(e))
		}
	})
	for _, event := range []string{"pointerup", "pointercancel", "lostpointercapture"} {
		listen(stage, event, lift)
	}
	listen(stage, "pointerleave", func(js.Value) {
		if drawing.IsUndefined() {
			l.Leave()
		}
	})
	listen(stage, "contextmenu", func(e js.Value) { e.Call("preventDefault") })
}

// listenVisible tells the engine when nobody is looking.
func listenVisible(l *lab.Lab) {
	listen(document, "visibilitychange", func(js.Value) {
		l.SetVisible(!document.Get("hidden").Bool())
	})
}
