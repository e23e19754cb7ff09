package lab

import (
	"math"

	"inkflow/core/density"
	"inkflow/core/engine"
)

// maxHistory bounds the undo steps. A state shares its grid with the history
// and is never changed once it is there.
const maxHistory = 120

// state is one thing the laboratory can be asked to learn: a preset, or a
// grid with a word, a picture or strokes on it.
type state struct {
	preset string
	word   string // as it was typed
	file   string // the name of a picture
	own    bool   // strokes of the user's own are on it
	grid   *density.Grid
	half   float64 // of the view it was drawn in, where it is the user's own
}

func (s state) empty() bool { return s.preset == "" && (s.grid == nil || s.grid.Empty()) }

// drawing is the current state with its past and its undone future.
type drawing struct {
	current      state
	past, future []state
	revision     int // changes with what is to be seen

	seen   string // the preset that was last rasterised
	seenAs *density.Grid
}

func (d *drawing) push(s state) {
	d.revision++
	d.past = append(d.past, d.current)
	if len(d.past) > maxHistory {
		d.past = append(d.past[:0], d.past[1:]...)
	}
	d.future = d.future[:0]
	d.current = s
}

func (d *drawing) undo() bool {
	if len(d.past) == 0 {
		return false
	}
	d.revision++
	d.future = append(d.future, d.current)
	d.current = d.past[len(d.past)-1]
	d.past = d.past[:len(d.past)-1]
	return true
}

func (d *drawing) redo() bool {
	if len(d.future) == 0 {
		return false
	}
	d.revision++
	d.past = append(d.past, d.current)
	d.current = d.future[len(d.future)-1]
	d.future = d.future[:len(d.future)-1]
	return true
}

// change makes s the drawing, with a step of undo.
func (l *Lab) change(s state, fresh bool) (uint32, error) {
	l.PenUp()
	l.drawing.push(s)
	l.view.fit(s)
	return l.show(fresh)
}

// show tells the engine what the drawing now is. An empty paper is not a
// distribution: the engine holds until there is ink.
func (l *Lab) show(fresh bool) (uint32, error) {
	l.revision++
	s := l.drawing.current
	if s.empty() {
		l.cloud.clear()
		return l.dispatch(engine.Command{Op: engine.OpTrain, On: false})
	}
	generation, err := l.dispatch(engine.Command{Op: engine.OpTarget, Target: s.target(fresh)})
	if err == nil && l.idle() {
		return l.dispatch(engine.Command{Op: engine.OpTrain, On: true})
	}
	return generation, err
}

// idle reports whether the engine does not train, though the user wants it to.
// Its last snapshot may be older than what it was told.
func (l *Lab) idle() bool { return l.training && (!l.told || !l.snap.Training) }

func (s state) target(fresh bool) engine.Target {
	t := engine.Target{Fresh: fresh, Preset: s.preset}
	if g := s.grid; s.preset == "" {
		t.W, t.H, t.X0, t.Y0, t.Cell, t.Ink = g.W, g.H, g.X0, g.Y0, g.Cell, g.Ink
	}
	return t
}

func gridOf(t engine.Target) *density.Grid {
	return &density.Grid{W: t.W, H: t.H, X0: t.X0, Y0: t.Y0, Cell: t.Cell,
		Ink: append([]float32(nil), t.Ink...)}
}

func known(preset string) error {
	_, err := density.Lookup(preset)
	return err
}

// Target returns the drawing as a grid to show under the particles, nil where
// there is none, and a number that changes with it.
func (l *Lab) Target() (*density.Grid, int) {
	d := &l.drawing
	if l.pen.canvas != nil {
		return l.pen.canvas, d.revision
	}
	if d.current.preset == "" {
		return d.current.grid, d.revision
	}
	if d.seen != d.current.preset {
		d.seen, d.seenAs = d.current.preset, nil
		if p, err := density.Lookup(d.seen); err == nil {
			d.seenAs = p.Grid(presetCells)
		}
	}
	return d.seenAs, d.revision
}

// Source returns the shape that the flow starts from as a grid, nil where that
// is noise, and a number that changes with it.
func (l *Lab) Source() (*density.Grid, int) {
	name := l.settings.Source
	if name == "" {
		return nil, 0
	}
	if name == engine.Kept && l.source.preset == "" {
		return l.source.grid, l.kepts
	}
	if name == engine.Kept {
		name = l.source.preset
	}
	if d := &l.start; d.seen != name {
		d.seen, d.seenAs = name, nil
		d.revision = l.chose
		if p, err := density.Lookup(name); err == nil {
			d.seenAs = p.Grid(presetCells)
		}
	}
	return l.start.seenAs, l.start.revision
}

// presetCells is the resolution at which presets are shown.
const presetCells = 192

// canvas returns a grid to draw on that covers what the stage shows and holds
// what is being drawn over: nothing for the first stroke of the user's own,
// the shape itself where it is to be erased from.
func (l *Lab) canvas() *density.Grid {
	s := l.drawing.current
	if s.own && s.grid != nil {
		return s.grid.Clone()
	}
	g := l.view.blank()
	if under, _ := l.Target(); l.tool == "erase" && under != nil {
		g.Resample(under)
	}
	return g
}

// blank is an empty grid over what the stage shows.
func (v *View) blank() *density.Grid {
	cell := v.goal / (squareCells / 2)
	w, h := v.free()
	w, h = cells(w/min(w, h)), cells(h/min(w, h))
	return density.NewGrid(int(w), int(h), -cell*w/2, -cell*h/2, cell)
}

// squareCells is the resolution of the square that always fits the view.
const squareCells = 200

// cells is the number of them along a side that is so many times the shorter
// one. A very long side is not covered to its ends.
func cells(ratio float64) float64 {
	return 2 * math.Ceil(squareCells/2*min(max(ratio, 1.5), 3))
}
