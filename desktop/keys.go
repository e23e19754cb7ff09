package main

import (
	"slices"

	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/inpututil"

	"inkflow/render/controls"
)

// keys carries out the shortcuts of the controls' table, and lets the brush be
// moved with the arrow keys. Keys are left to a field that is typed in, and
// Enter, the space bar and the arrows to a widget that has the focus, before
// this tick or after it: the Enter that leaves a field does nothing else.
func (w *window) keys(typing, pressing bool) {
	if inpututil.IsKeyJustPressed(ebiten.KeyEscape) {
		w.lab.PenUp()
		w.page.Escape()
	}
	if typing || ebiten.IsKeyPressed(ebiten.KeyAlt) {
		return
	}
	shift := ebiten.IsKeyPressed(ebiten.KeyShift)
	command := ebiten.IsKeyPressed(ebiten.KeyControl) || ebiten.IsKeyPressed(ebiten.KeyMeta)
	for _, key := range inpututil.AppendJustPressedKeys(nil) {
		if name := keyName(key); name != "" {
			w.shortcut(name, command, shift, pressing)
		}
	}
	if !pressing && !w.pointer.drawing {
		w.drawByKey(shift)
	}
}

// keyName is the key as the table of controls writes it, by its place on the
// keyboard's layout in use; empty where it has none.
func keyName(key ebiten.Key) string {
	if key == ebiten.KeySpace {
		return " "
	}
	name := ebiten.KeyName(key)
	if name == "" && key >= ebiten.KeyA && key <= ebiten.KeyZ {
		name = string(rune('a' + key - ebiten.KeyA))
	}
	return name
}

// shortcut carries out what a key asks for.
func (w *window) shortcut(name string, command, shift, pressing bool) {
	switch name {
	case "z", "y":
		if name == "y" || shift {
			w.lab.Press(controls.Redo)
		} else {
			w.lab.Press(controls.Undo)
		}
		return
	}
	if command {
		return
	}
	switch {
	case name == "b":
		w.page.Choose(controls.Tool, controls.ToolDraw)
	case name == "e":
		w.page.Choose(controls.Tool, controls.ToolErase)
	case name == "/" && shift, name == "?":
		w.page.Help()
	case name == " " && pressing: // presses the widget
	default:
		all := controls.All()
		if i := slices.IndexFunc(all, func(c controls.Control) bool { return c.Key == name }); i >= 0 {
			w.page.Do(&all[i])
		}
	}
}

// drawByKey moves the brush by arrow keys and lowers or lifts it by Enter,
// once an arrow has taken it up: an Enter that strayed here draws nothing.
func (w *window) drawByKey(far bool) {
	step := 4.0 // a tick
	if far {
		step = 12
	}
	dx, dy := 0.0, 0.0
	for key, d := range map[ebiten.Key][2]float64{ebiten.KeyArrowLeft: {-1, 0}, ebiten.KeyArrowRight: {1, 0},
		ebiten.KeyArrowUp: {0, -1}, ebiten.KeyArrowDown: {0, 1}} {
		if ebiten.IsKeyPressed(key) {
			dx, dy = dx+d[0]*step, dy+d[1]*step
		}
	}
	enter := inpututil.IsKeyJustPressed(ebiten.KeyEnter)
	w.pointer.keyed = w.pointer.keyed || dx != 0 || dy != 0
	if dx == 0 && dy == 0 && !enter || !w.pointer.keyed {
		return
	}
	x, y, _, _, ok := w.lab.BrushAt()
	if !ok {
		x, y = w.lab.View().Center()
		w.lab.Hover(x, y)
	}
	switch {
	case !enter:
		w.lab.PenMove(x+dx, y+dy, 1)
	case w.lab.Drawing():
		w.lab.PenUp()
	default:
		w.lab.PenDown(x, y, 1)
	}
}
