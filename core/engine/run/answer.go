package run

import (
	"inkflow/core/density"
	"inkflow/core/engine"
	"inkflow/core/exact"
)

// shape is what is learned, or started from: to draw from, and, made when it
// is first asked for, in closed form.
type shape struct {
	density.Target
	preset string        // or empty
	grid   *density.Grid // of a drawing

	closed exact.Target
	failed bool
}

// open makes a shape of what a command holds.
func open(t engine.Target) (*shape, error) {
	if err := t.Validate(); err != nil {
		return nil, err
	}
	if t.Preset != "" {
		return openPreset(t.Preset)
	}
	g := &density.Grid{W: t.W, H: t.H, X0: t.X0, Y0: t.Y0, Cell: t.Cell, Ink: t.Ink}
	s, err := density.NewSampler(g)
	if err != nil {
		return nil, prefixed("the drawing cannot be learned: ", err)
	}
	return &shape{Target: s, grid: g}, nil
}

func openPreset(name string) (*shape, error) {
	p, err := density.Lookup(name)
	if err != nil {
		return nil, err
	}
	return &shape{Target: p.Target(), preset: name}, nil
}

// answer is the shape in closed form, or nil where that cannot be.
func (s *shape) answer() exact.Target {
	if s.closed != nil || s.failed {
		return s.closed
	}
	switch {
	case s.preset != "":
		if p, err := density.Lookup(s.preset); err == nil {
			if a, _, err := exact.Preset(p); err == nil {
				s.closed = a
			}
		}
	case s.grid != nil:
		if a, err := exact.NewDrawing(s.grid); err == nil {
			s.closed = a
		}
	}
	s.failed = s.closed == nil
	return s.closed
}

// prefixed puts words before an error.
func prefixed(words string, err error) error { return &wrapped{words, err} }

type wrapped struct {
	words string
	err   error
}

func (w *wrapped) Error() string { return w.words + w.err.Error() }
func (w *wrapped) Unwrap() error { return w.err }
