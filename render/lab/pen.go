package lab

import (
	"time"

	"inkflow/core/density"
	"inkflow/core/engine"
)

// strokeInterval is how often a drawing in progress is sent to be learned.
const strokeInterval = 100 * time.Millisecond

// pen lays the stroke in progress.
type pen struct {
	canvas *density.Grid // the drawing with the stroke so far, nil between strokes
	last   density.Dab
	fresh  bool // the stroke starts a drawing of the user's own
	sent   bool // the engine knows of this stroke
	dirty  bool
	since  time.Duration

	hover  bool
	hx, hy float64 // where the pointer is, stage pixels
}

// PenDown begins a stroke at a point of the stage, in device-independent
// pixels from the canvas's corner. Pressure is in (0, 1], 1 for a mouse.
func (l *Lab) PenDown(x, y, pressure float64) {
	if l.pen.canvas != nil {
		l.PenUp()
	}
	l.view.goal = l.view.Half // the paper rests under the pen
	s := l.drawing.current
	l.pen.fresh = s.empty() || !s.own && l.tool != "erase"
	l.pen.sent, l.pen.since = false, strokeInterval
	l.pen.canvas = l.canvas()
	l.pen.last = l.dab(x, y, pressure)
	l.lay(l.pen.last)
}

// PenMove draws on to a point.
func (l *Lab) PenMove(x, y, pressure float64) {
	l.Hover(x, y)
	if l.pen.canvas != nil {
		l.lay(l.dab(x, y, pressure))
	}
}

// PenUp ends the stroke and makes it a step of the history.
func (l *Lab) PenUp() {
	if l.pen.canvas == nil {
		return
	}
	fresh := l.pen.fresh && !l.pen.sent
	s := state{own: true, grid: l.pen.canvas, half: l.view.goal}
	l.pen.canvas = nil
	l.drawing.push(s)
	if _, err := l.show(fresh); err != nil {
		l.Say(Sentence(err), true)
	}
}

// Drawing reports whether a stroke is in progress.
func (l *Lab) Drawing() bool { return l.pen.canvas != nil }

// Hover says where the pointer is, so that the brush can be shown.
func (l *Lab) Hover(x, y float64) { l.pen.hover, l.pen.hx, l.pen.hy = true, x, y }

// Leave says that no pointer is over the stage.
func (l *Lab) Leave() { l.pen.hover = false }

// BrushAt returns where to show the brush and its radius, in device-independent
// pixels; ok is false where no pointer is.
func (l *Lab) BrushAt() (x, y, radius float64, erase, ok bool) {
	return l.pen.hx, l.pen.hy, l.brush / 2, l.tool == "erase", l.pen.hover
}

func (l *Lab) dab(x, y, pressure float64) density.Dab {
	wx, wy := l.view.World(x, y)
	if !(pressure > 0) || pressure > 1 {
		pressure = 1
	}
	return density.Dab{X: float32(wx), Y: float32(wy), Pressure: float32(pressure)}
}

func (l *Lab) lay(to density.Dab) {
	b := density.Brush{Radius: l.brush / 2 / l.view.Scale(), Softness: l.softness, Erase: l.tool == "erase"}
	l.pen.canvas.Line(b, l.pen.last, to)
	l.pen.last = to
	l.pen.dirty = true
	l.drawing.revision++
	l.revision++
}

// flush sends the stroke in progress every now and then, so that the flow
// follows the pen.
func (p *pen) flush(l *Lab, dt time.Duration) {
	p.since += dt
	if p.canvas == nil || !p.dirty || p.since < strokeInterval || p.canvas.Empty() {
		return
	}
	p.since, p.dirty = 0, false
	g := state{grid: p.canvas.Clone()}
	l.send(engine.Command{Op: engine.OpTarget, Target: g.target(p.fresh && !p.sent)})
	if l.idle() {
		l.send(engine.Command{Op: engine.OpTrain, On: true})
	}
	p.sent = true
}
