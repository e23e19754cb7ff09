package lab

import (
	"testing"

	"inkflow/core/engine"
	"inkflow/render/controls"
)

func TestWorldAndScreen(t *testing.T) {
	for _, w := range [][6]float64{
		{800, 600, 0, 0, 0, 0}, {600, 800, 0, 40, 0, 60}, {1920, 1080, 0, 48, 360, 64},
		{7680, 4320, 0, 0, 0, 0}, {1, 1, 0, 0, 0, 0}, {0, 0, 10, 10, 10, 10}, {200, 100, 300, 0, 0, 0},
	} {
		l, _ := newLab(t)
		l.Resize(w[0], w[1], w[2], w[3], w[4], w[5])
		v := l.View()
		if s := v.Scale(); !(s > 0) {
			t.Fatalf("%v: a scale of %g", w, s)
		}
		for _, p := range [][2]float64{{0, 0}, {1, -2}, {-3.5, 4}, {1e3, 1e-3}} {
			x, y := v.Screen(p[0], p[1])
			// Rounding, at most of the centre's size over the scale.
			if wx, wy := v.World(x, y); !near(wx, p[0], 1e-9) || !near(wy, p[1], 1e-9) {
				t.Errorf("%v: (%g, %g) comes back as (%g, %g)", w, p[0], p[1], wx, wy)
			}
		}
		x0, y0 := v.Screen(0, 0)
		x1, y1 := v.Screen(1, 1)
		if !(x1 > x0) || !(y1 < y0) {
			t.Errorf("%v: right and up is (%g, %g)", w, x1-x0, y1-y0)
		}
	}
	// The square of half width Half fits between the bars, and touches them.
	l, _ := newLab(t)
	l.Resize(1000, 700, 100, 50, 200, 70)
	v := l.View()
	x, y := v.Screen(0, 0)
	if x != 450 || y != 340 {
		t.Errorf("the origin is at (%g, %g), the middle of what is free at (450, 340)", x, y)
	}
	if _, top := v.Screen(0, v.Half); !near(top, 50, 1e-9) {
		t.Errorf("the square ends at %g, the bar at 50", top)
	}
}

// Shapes fit the view, and it eases to them.
func TestViewFits(t *testing.T) {
	l, _ := newLab(t)
	was := l.View().Half
	l.SetText(controls.Preset, "8gaussians")
	if l.View().Half != was {
		t.Error("the view jumps")
	}
	last := was
	for range 60 {
		l.Update(frame)
		if h := l.View().Half; h < last {
			t.Fatalf("the view goes back from %g to %g", last, h)
		} else {
			last = h
		}
	}
	if last != l.view.goal || last < 9 {
		t.Errorf("after a second the view is at %g of %g", last, l.view.goal)
	}
	ink := make([]float32, 4)
	ink[3] = 1
	l.Do(engine.Command{Op: engine.OpTarget, Target: engine.Target{W: 2, H: 2, X0: 0, Y0: 0, Cell: 10, Ink: ink}})
	if l.view.goal < 20 {
		t.Errorf("a drawing up to 20 in a view of half width %g", l.view.goal)
	}
	l.SetText(controls.Word, "i")
	if l.view.goal != minHalf {
		t.Errorf("a small word in a view of half width %g, a Gaussian wants %g", l.view.goal, minHalf)
	}
}

// The view never moves under the pen, even where it was on its way.
func TestViewRestsUnderThePen(t *testing.T) {
	l, _ := newLab(t)
	l.SetText(controls.Preset, "8gaussians")
	l.Update(frame)
	l.PenDown(100, 300, 1)
	was := l.View().Half
	for range 60 {
		l.PenMove(150, 300, 1)
		l.Update(frame)
	}
	if got := l.View().Half; got != was {
		t.Errorf("the view went from %g to %g under the pen", was, got)
	}
	l.PenUp()
	for range 60 {
		l.Update(frame)
	}
	if got := l.View().Half; got != was {
		t.Errorf("the view went from %g to %g when the pen was lifted", was, got)
	}
	if l.inkAt(150, 300) == 0 {
		t.Error("there is no ink where the pen was")
	}
	// And it comes back with the drawing.
	l.SetText(controls.Preset, "ring")
	for range 60 {
		l.Update(frame)
	}
	l.Press(controls.Undo)
	for range 60 {
		l.Update(frame)
	}
	if got := l.View().Half; got != was {
		t.Errorf("the drawing was made in a view of %g and is shown in one of %g", was, got)
	}
	l.Press(controls.Clear)
	for range 60 {
		l.Update(frame)
	}
	if got := l.View().Half; got != was {
		t.Errorf("clearing the paper moves the view from %g to %g", was, got)
	}
}

func TestBrush(t *testing.T) {
	l, _ := newLab(t)
	if _, _, _, _, ok := l.BrushAt(); ok {
		t.Error("there is a brush where no pointer is")
	}
	l.SetNumber(controls.BrushSize, 30)
	l.Hover(10, 20)
	if x, y, r, erase, ok := l.BrushAt(); x != 10 || y != 20 || r != 15 || erase || !ok {
		t.Errorf("the brush is at (%g, %g), radius %g, erase %v, %v", x, y, r, erase, ok)
	}
	l.SetText(controls.Tool, controls.ToolErase)
	l.PenMove(30, 40, 1)
	if x, y, _, erase, _ := l.BrushAt(); x != 30 || y != 40 || !erase {
		t.Errorf("the eraser is at (%g, %g), erase %v", x, y, erase)
	}
	l.Leave()
	if _, _, _, _, ok := l.BrushAt(); ok {
		t.Error("the pointer has left and the brush is there")
	}
}
