package lab

import (
	"math"
	"slices"
	"testing"
	"time"

	"inkflow/core/density"
	"inkflow/core/engine"
	"inkflow/render/controls"
)

func TestFirstStrokeReplacesThePreset(t *testing.T) {
	l, f := newLab(t)
	l.stroke(300, 300, 500, 300)
	c := f.only(engine.OpTarget)
	if !c.Target.Fresh || c.Target.Preset != "" {
		t.Errorf("fresh %v, preset %q", c.Target.Fresh, c.Target.Preset)
	}
	if l.inkAt(400, 300) == 0 || l.inkAt(400, 200) != 0 {
		t.Errorf("the ink on the stroke is %g and off it %g", l.inkAt(400, 300), l.inkAt(400, 200))
	}
	if l.Text(controls.Preset) != "" {
		t.Errorf("the shape is still %q", l.Text(controls.Preset))
	}
	// The next ones add to it, and training goes on.
	l.stroke(300, 200, 500, 200)
	if c := f.only(engine.OpTarget); c.Target.Fresh {
		t.Error("a second stroke starts the network afresh")
	}
	if l.inkAt(400, 300) == 0 || l.inkAt(400, 200) == 0 {
		t.Error("a second stroke has replaced the first")
	}
}

func TestEraseOnAPresetStartsFromItsInk(t *testing.T) {
	l, f := newLab(t)
	if err := l.SetText(controls.Preset, "ring"); err != nil {
		t.Fatal(err)
	}
	for range 60 {
		l.Update(frame) // the view comes to rest
	}
	if err := l.SetText(controls.Tool, controls.ToolErase); err != nil {
		t.Fatal(err)
	}
	under, _ := l.Target()
	x0, _, x1, _ := under.Bounds()
	right, y := l.view.Screen((x0+x1)/2+(x1-x0)/2*0.85, 0)
	left, _ := l.view.Screen((x0+x1)/2-(x1-x0)/2*0.85, 0)
	if l.inkAt(right, y) == 0 || l.inkAt(left, y) == 0 {
		t.Fatal("the ring has no ink where the test looks for it")
	}
	f.ops()
	l.SetNumber(controls.BrushSize, 60)
	l.stroke(right, y, right, y)
	c := f.only(engine.OpTarget)
	if c.Target.Fresh || c.Target.Preset != "" {
		t.Errorf("fresh %v, preset %q; erasing goes on from what was learned", c.Target.Fresh, c.Target.Preset)
	}
	if l.inkAt(right, y) != 0 {
		t.Error("what was erased is still there")
	}
	if l.inkAt(left, y) == 0 {
		t.Error("what was not erased is gone")
	}
}

func TestUndoAndRedo(t *testing.T) {
	l, f := newLab(t)
	const strokes = 120
	at := func(i int) (x, y float64) { return 250 + float64(i%12)*25, 150 + float64(i/12)*25 }
	var states []*density.Grid
	if l.Enabled(controls.Undo) || l.Enabled(controls.Redo) {
		t.Error("there is something to undo or redo before the first stroke")
	}
	l.SetNumber(controls.BrushSize, 6)
	for i := range strokes {
		x, y := at(i)
		l.stroke(x, y, x, y)
		g, _ := l.Target()
		states = append(states, g.Clone())
	}
	f.ops()
	for i := strokes - 2; i >= 0; i-- {
		l.Press(controls.Undo)
		c := f.only(engine.OpTarget)
		g, _ := l.Target()
		if c.Target.Fresh || !slices.Equal(c.Target.Ink, states[i].Ink) || !slices.Equal(g.Ink, states[i].Ink) {
			t.Fatalf("undone to stroke %d: fresh %v, or another drawing", i, c.Target.Fresh)
		}
	}
	l.Press(controls.Undo)
	if c := f.only(engine.OpTarget); !c.Target.Fresh || c.Target.Preset != "word" || l.Text(controls.Preset) != "word" {
		t.Errorf("undone to the start: fresh %v, %q", c.Target.Fresh, c.Target.Preset)
	}
	l.Press(controls.Undo)
	f.none()
	for i := range strokes {
		l.Press(controls.Redo)
		if c := f.only(engine.OpTarget); c.Target.Fresh != (i == 0) || !slices.Equal(c.Target.Ink, states[i].Ink) {
			t.Fatalf("redone to stroke %d: fresh %v, or another drawing", i, c.Target.Fresh)
		}
	}
	l.Press(controls.Redo)
	f.none()
	// A new stroke ends the future.
	l.Press(controls.Undo)
	l.stroke(100, 100, 120, 120)
	if l.Enabled(controls.Redo) {
		t.Error("what was undone can be brought back after another stroke")
	}
}

func TestHistoryIsBounded(t *testing.T) {
	l, _ := newLab(t)
	for i := range maxHistory + 50 {
		l.SetText(controls.Word, "word"[:1+i%4])
	}
	n := 0
	for ; l.Enabled(controls.Undo); n++ {
		l.Press(controls.Undo)
	}
	if n != maxHistory {
		t.Errorf("%d steps of undo, want %d", n, maxHistory)
	}
}

func TestClear(t *testing.T) {
	l, f := newLab(t)
	l.say(f, engine.Snapshot{Training: true, Cloud: cloudOf(2000, 3)})
	if l.Cloud().Count != 2000 {
		t.Fatalf("%d particles", l.Cloud().Count)
	}
	l.Press(controls.Clear)
	if c := f.only(engine.OpTrain); c.On {
		t.Error("an empty paper is being learned")
	}
	if g, _ := l.Target(); !g.Empty() || l.Cloud().Count != 0 {
		t.Error("there is ink, or there are particles, on an empty paper")
	}
	// The engine's last words about the old drawing change nothing.
	l.say(f, engine.Snapshot{Generation: 1, Training: true, Cloud: cloudOf(2000, 3)})
	if l.Cloud().Count != 0 {
		t.Error("particles come back on an empty paper")
	}
	for _, id := range []string{controls.Clear, controls.Train, controls.Reset} {
		if l.Enabled(id) {
			t.Errorf("%s can be used on an empty paper", id)
		}
		l.Press(id)
	}
	f.none()
	// Nor can it be trained by other ways.
	if _, err := l.Do(engine.Command{Op: engine.OpTrain, On: true}); err != nil {
		t.Fatal(err)
	}
	if c := f.only(engine.OpTrain); c.On {
		t.Error("an empty paper is being learned")
	}
	// A stroke, and it trains again, afresh: what was learned was of another shape.
	l.say(f, engine.Snapshot{Generation: 2})
	l.stroke(300, 300, 500, 300)
	if len(f.sent) != 2 || f.sent[0].Op != engine.OpTarget || !f.sent[0].Target.Fresh || f.sent[1].Op != engine.OpTrain || !f.sent[1].On {
		t.Errorf("the first stroke on an empty paper sends %v", f.ops())
	}
}

// The engine is told to go on although its last snapshot, older than the
// order to hold, says that it trains.
func TestUndoOfClearTrainsAgain(t *testing.T) {
	l, f := newLab(t)
	l.Press(controls.Clear)
	f.ops()
	l.Press(controls.Undo)
	if len(f.sent) != 2 || f.sent[0].Op != engine.OpTarget || f.sent[0].Target.Preset != "word" || f.sent[1].Op != engine.OpTrain || !f.sent[1].On {
		t.Errorf("undoing sends %+v", f.sent)
	}
	f.ops()
	// Unless the user holds it.
	l.SetNumber(controls.Train, 0)
	l.Press(controls.Clear)
	f.ops()
	l.Press(controls.Undo)
	f.only(engine.OpTarget)
}

func TestHeldOnEmptyPaper(t *testing.T) {
	l, f := newLab(t)
	l.Press(controls.Clear)
	f.ops()
	l.SetNumber(controls.Train, 0)
	f.none()
	l.stroke(300, 300, 500, 300)
	f.only(engine.OpTarget) // and is not trained
	if l.Number(controls.Train) != 0 {
		t.Error("the user held training and it is on")
	}
}

// A stroke is sent at most every 100 ms, and at last whole.
func TestStrokesAreSentNowAndThen(t *testing.T) {
	l, f := newLab(t)
	l.PenDown(200, 300, 1)
	const long = 2 * time.Second
	var last time.Duration = -strokeInterval
	n := 0
	for at := time.Duration(0); at < long; at += frame {
		l.PenMove(200+200*at.Seconds(), 300, 1)
		l.Update(frame)
		for _, c := range f.sent {
			if c.Op != engine.OpTarget {
				t.Errorf("%v while drawing", c.Op)
				continue
			}
			if at-last < strokeInterval-time.Millisecond {
				t.Errorf("a stroke was sent at %v and at %v", last, at)
			}
			if c.Target.Fresh != (n == 0) {
				t.Errorf("part %d of the first stroke: fresh %v", n, c.Target.Fresh)
			}
			last = at
			n++
		}
		f.ops()
	}
	if n < 12 || n > 21 {
		t.Errorf("a stroke of %v was sent %d times", long, n)
	}
	l.PenMove(600, 500, 1)
	l.PenUp()
	c := f.only(engine.OpTarget)
	g, _ := l.Target()
	if c.Target.Fresh || !slices.Equal(c.Target.Ink, g.Ink) || l.inkAt(600, 500) == 0 {
		t.Errorf("what is sent at last is fresh %v, or not the drawing", c.Target.Fresh)
	}
	l.Update(time.Second)
	f.none()
	l.PenUp()
	f.none()
}

// A pen at rest sends nothing.
func TestRestingPen(t *testing.T) {
	l, f := newLab(t)
	l.PenDown(200, 300, 1)
	l.Update(frame)
	f.only(engine.OpTarget)
	for range 60 {
		l.Update(frame)
	}
	f.none()
	if !l.Drawing() {
		t.Error("the pen is down and does not draw")
	}
}

// Erasing all there is holds training while the pen is down already.
func TestEraseEverything(t *testing.T) {
	l, f := newLab(t)
	l.stroke(400, 300, 400, 300)
	l.SetText(controls.Tool, controls.ToolErase)
	l.SetNumber(controls.BrushSize, 80)
	f.ops()
	l.PenDown(400, 300, 1)
	for range 30 {
		l.Update(frame)
	}
	f.none()
	l.PenUp()
	if c := f.only(engine.OpTrain); c.On {
		t.Error("an empty paper is being learned")
	}
}

// The particles of a first stroke on an empty paper are shown while it is
// drawn.
func TestFlowFollowsTheFirstStroke(t *testing.T) {
	l, f := newLab(t)
	l.Press(controls.Clear)
	l.say(f, engine.Snapshot{Generation: 1})
	l.PenDown(300, 300, 1)
	l.PenMove(500, 300, 1)
	l.say(f, engine.Snapshot{Generation: 1, Cloud: cloudOf(1000, 3)})
	if l.Cloud().Count != 0 {
		t.Error("particles of the past are shown")
	}
	l.Update(frame)
	f.ops()
	l.say(f, engine.Snapshot{Generation: 3, Training: true, Cloud: cloudOf(1000, 3)})
	if l.Cloud().Count != 1000 {
		t.Error("no particles while the first stroke is drawn")
	}
}

// Whatever comes while the pen is down ends the stroke first: it is not lost,
// and does not come back over what replaced it.
func TestChangesEndTheStroke(t *testing.T) {
	for _, row := range []struct {
		name   string
		change func(l *Lab)
		undos  int // back to the stroke
	}{
		{"preset", func(l *Lab) { l.SetText(controls.Preset, "ring") }, 1},
		{"word", func(l *Lab) { l.SetText(controls.Word, "ink") }, 1},
		{"clear", func(l *Lab) { l.Press(controls.Clear) }, 1},
		{"another pen", func(l *Lab) { l.stroke(100, 100, 120, 100) }, 1},
		{"command", func(l *Lab) {
			l.Do(engine.Command{Op: engine.OpTarget, Target: engine.Target{Preset: "moons", Fresh: true}})
		}, 1},
	} {
		l, _ := newLab(t)
		l.PenDown(300, 300, 1)
		l.PenMove(500, 300, 1)
		row.change(l)
		if l.Drawing() {
			t.Errorf("%s: the stroke goes on", row.name)
		}
		was := l.drawing.current
		l.PenMove(500, 400, 1)
		l.PenUp()
		if l.drawing.current != was {
			t.Errorf("%s: the stroke came back over it", row.name)
		}
		for range row.undos {
			l.Press(controls.Undo)
		}
		if !l.drawing.current.own || l.inkAt(400, 300) == 0 {
			t.Errorf("%s: undone, the stroke is not there", row.name)
		}
	}
	l, _ := newLab(t)
	l.stroke(300, 200, 500, 200)
	l.PenDown(300, 300, 1)
	l.PenMove(500, 300, 1)
	l.Press(controls.Undo)
	if l.Drawing() || l.inkAt(400, 300) != 0 || l.inkAt(400, 200) == 0 {
		t.Error("undone in mid-stroke, the stroke is not what was undone")
	}
}

func TestPressure(t *testing.T) {
	width := func(pressure float64) (n int) {
		l, _ := newLab(t)
		l.SetNumber(controls.BrushSize, 60)
		l.PenDown(400, 300, pressure)
		for y := 200.0; y < 400; y++ {
			if l.inkAt(400, y) > 0 {
				n++
			}
		}
		return n
	}
	full := width(1)
	if full < 50 || full > 66 { // a brush of 60 px on cells of 3.75 px
		t.Errorf("a brush of 60 px lays %d", full)
	}
	if half := width(0.5); half >= full || half < full/3 {
		t.Errorf("half the pressure lays %d px, all of it %d", half, full)
	}
	for _, odd := range []float64{0, -1, 7, math.NaN()} {
		if got := width(odd); got != full {
			t.Errorf("a pressure of %g lays %d px, a mouse %d", odd, got, full)
		}
	}
}

// What was sent is not changed by the strokes that follow: the history shares
// its grids.
func TestHistoryIsNotDrawnOn(t *testing.T) {
	l, _ := newLab(t)
	l.stroke(300, 300, 500, 300)
	g, _ := l.Target()
	was := slices.Clone(g.Ink)
	l.PenDown(300, 200, 1)
	l.PenMove(500, 200, 1)
	if !slices.Equal(g.Ink, was) {
		t.Error("a stroke changes the state before it")
	}
}

// Wherever the stage shows paper, there is paper: up to windows three times as
// wide as high.
func TestCanvasCoversTheStage(t *testing.T) {
	for _, w := range [][2]float64{{800, 600}, {600, 800}, {390, 844}, {1920, 1080}, {2400, 900}, {500, 500}} {
		l, _ := newLab(t)
		l.Resize(w[0], w[1], 0, 0, 0, 0)
		for _, p := range [][2]float64{{1, 1}, {w[0] - 1, 1}, {1, w[1] - 1}, {w[0] - 1, w[1] - 1}, {w[0] / 2, 1}, {1, w[1] / 2}} {
			l.stroke(p[0], p[1], p[0], p[1])
			if l.inkAt(p[0], p[1]) == 0 {
				t.Errorf("a window of %g × %g has no paper at (%g, %g)", w[0], w[1], p[0], p[1])
			}
		}
	}
	// The smallest windows have some too.
	l, _ := newLab(t)
	l.Resize(0, 0, 0, 0, 0, 0)
	l.stroke(0, 0, 1, 1)
	l, _ = newLab(t)
	l.Resize(300, 200, 400, 0, 400, 0)
	l.stroke(10, 10, 20, 20)
}

func TestTargetRevision(t *testing.T) {
	l, _ := newLab(t)
	_, was := l.Target()
	for i, change := range []func(){
		func() { l.PenDown(300, 300, 1) },
		func() { l.PenMove(400, 300, 1) },
		func() { l.PenUp() },
		func() { l.Press(controls.Undo) },
		func() { l.Press(controls.Redo) },
		func() { l.SetText(controls.Preset, "ring") },
		func() { l.Press(controls.Clear) },
	} {
		change()
		_, is := l.Target()
		if is == was {
			t.Errorf("change %d is not seen", i)
		}
		was = is
	}
	l.Update(frame)
	if _, is := l.Target(); is != was {
		t.Error("the drawing changes by itself")
	}
}
