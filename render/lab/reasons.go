package lab

import (
	"strings"

	"inkflow/core/engine"
	"inkflow/render/controls"
)

// Objection is why a menu cannot be turned to one of its options now, as a
// sentence, or empty.
func (l *Lab) Objection(id, value string) string {
	if id == controls.Source && value == engine.Kept && l.source.empty() {
		return "No shape was put aside yet: press Flow from this shape first."
	}
	if _, ok := l.choice(id); !ok {
		return ""
	}
	if err := l.chosen(id, value).Validate(); err != nil {
		return capital(err.Error())
	}
	return ""
}

// Shown reports whether a control is there: some belong to a choice of
// another.
func (l *Lab) Shown(id string) bool {
	switch id {
	case controls.Tolerance:
		return l.settings.Adaptive()
	case controls.TheoremChart:
		return l.layers.on[engine.Theorem]
	}
	c := controls.Find(id)
	return c != nil && (c.Of == "" || l.Text(c.Of) == c.When)
}

// Enabled reports whether a control can be used now.
func (l *Lab) Enabled(id string) bool {
	switch id {
	case controls.Undo:
		return len(l.drawing.past) > 0
	case controls.Redo:
		return len(l.drawing.future) > 0
	case controls.Clear, controls.Train, controls.Reset:
		return !l.drawing.current.empty()
	case controls.SaveModel:
		return l.snap.Step > 0
	}
	return l.Why(id) == ""
}

// Why says why a control cannot be used now, as a sentence; empty where it
// can, or where a glance at the stage tells.
func (l *Lab) Why(id string) string {
	s := l.settings
	switch id {
	case controls.Steps:
		switch {
		case s.Adaptive():
			return "This solver chooses its own steps; turn its tolerance instead."
		case strings.Contains(s.Grid, ","):
			return "The steps are those of your own times."
		}
	case controls.Grid:
		if s.Adaptive() {
			return "This solver chooses where its steps fall."
		}
	case controls.Noisiness:
		if s.Noise == engine.Reverse {
			return "The level is the reverse diffusion's own."
		}
		s.Noise = 1
	case controls.Reverse:
		s.Noise = engine.Reverse
	case controls.Corrector:
		s.Corrector = 1
	case controls.Along:
		s.Along = "cosine"
	case controls.Keep:
		if l.drawing.current.empty() {
			return "There is nothing on the paper yet."
		}
		s.Source = engine.Kept
	default:
		if k, ok := kindOf(id); ok && k.Exact() && !s.Exact() {
			return "The exact answer is known for Gaussian noise in independent pairs only."
		}
		return ""
	}
	if err := s.Validate(); err != nil {
		return capital(err.Error())
	}
	return ""
}

// Hint is what a control does, with what is chosen in it, and why it cannot be
// used where that is so.
func (l *Lab) Hint(id string) string {
	c := controls.Find(id)
	if c == nil {
		return ""
	}
	hint := c.Title()
	if line := l.line(id); line != nil && line.Hint != "" {
		hint += " " + line.Title + ": " + line.Hint
	}
	if why := l.Why(id); why != "" {
		hint += " " + why
	}
	return hint
}

// line is the line that a menu stands at, or nil.
func (l *Lab) line(id string) *engine.Line {
	value, ok := l.choice(id)
	if !ok {
		return nil
	}
	s := l.settings
	if _, menu := setting(&s, id); menu != nil {
		return menu.Find(value)
	}
	if id == controls.Grid {
		return engine.Grids().Find(value)
	}
	return nil
}

// Tells is the line under a control that says why it cannot be used now, or
// explains what it stands at: a path, pairs, a layer that is on. Empty where
// there is nothing to say.
func (l *Lab) Tells(id string) string {
	if why := l.Why(id); why != "" {
		return why
	}
	c := controls.Find(id)
	switch {
	case id == controls.Scheduler, id == controls.Coupling:
		if line := l.line(id); line != nil {
			return line.Hint
		}
	case c != nil && c.Kind == controls.Check && l.Number(id) != 0:
		return c.Hint
	}
	return ""
}
