package lab

import (
	"fmt"
	"strconv"
	"strings"

	"inkflow/core/engine"
	"inkflow/render/controls"
)

// Number returns what a Range, Number or Toggle control stands at.
func (l *Lab) Number(id string) float64 {
	switch id {
	case controls.BrushSize:
		return l.brush
	case controls.Softness:
		return l.softness
	case controls.Train:
		return number(l.training && !l.Empty())
	case controls.Seed:
		return float64(l.settings.Seed)
	case controls.Steps:
		return float64(l.settings.Steps)
	case controls.Particles:
		return float64(l.settings.Particles)
	case controls.Play:
		return number(l.flow.playing)
	case controls.Time:
		return l.flow.t
	}
	return 0
}

// SetNumber turns a Range, Number or Toggle control. Values out of range are
// brought into it.
func (l *Lab) SetNumber(id string, v float64) {
	c := controls.Find(id)
	if c == nil {
		return
	}
	if c.Kind == controls.Toggle {
		v = number(v != 0)
	} else {
		v = c.Clamp(v)
	}
	l.revision++
	switch id {
	case controls.BrushSize:
		l.brush = v
	case controls.Softness:
		l.softness = round(v, 2)
	case controls.Train:
		l.setTraining(v != 0)
	case controls.Seed:
		l.configure(func(s *engine.Settings) { s.Seed = uint64(v) })
		l.send(engine.Command{Op: engine.OpReset})
	case controls.Steps:
		l.configure(func(s *engine.Settings) { s.Steps = int(v) })
	case controls.Particles:
		l.configure(func(s *engine.Settings) { s.Particles = int(v) })
	case controls.Play:
		l.flow.play(v != 0)
	case controls.Time:
		l.flow.scrub(v)
	}
}

func (l *Lab) configure(f func(*engine.Settings)) {
	s := l.settings
	f(&s)
	if s == l.settings {
		return
	}
	l.settings = s
	l.send(engine.Command{Op: engine.OpConfigure, Settings: s})
}

func (l *Lab) setTraining(on bool) {
	l.training = on
	if !l.drawing.current.empty() {
		l.send(engine.Command{Op: engine.OpTrain, On: on})
	}
}

// Text returns what a Select, Choice or Text control stands at.
func (l *Lab) Text(id string) string {
	switch id {
	case controls.Tool:
		return l.tool
	case controls.Theme:
		if l.night {
			return "night"
		}
		return "day"
	case controls.Preset:
		return l.drawing.current.preset
	case controls.Word:
		return l.drawing.current.word
	case controls.Solver:
		return l.settings.Solver
	case controls.Speed:
		return strconv.FormatFloat(l.flow.speed, 'g', -1, 64)
	}
	return ""
}

// SetText turns a Select, Choice or Text control. The error says what is
// wrong with the value; nothing has changed then.
func (l *Lab) SetText(id, v string) error {
	c := controls.Find(id)
	if c == nil {
		return fmt.Errorf("there is no control %q", id)
	}
	if (c.Kind == controls.Select || c.Kind == controls.Choice) && !c.Has(v) && id != controls.Preset {
		return fmt.Errorf("%s has no choice %q", c.Label, v)
	}
	l.revision++
	switch id {
	case controls.Tool:
		l.tool = v
	case controls.Theme:
		l.night = v == "night"
	case controls.Preset:
		if err := known(v); err != nil {
			return err
		}
		_, err := l.change(state{preset: v}, true)
		return err
	case controls.Word:
		g, err := l.letter(v)
		if err != nil {
			return err
		}
		_, err = l.change(state{grid: g, word: strings.TrimSpace(v)}, true)
		return err
	case controls.Solver:
		l.configure(func(s *engine.Settings) { s.Solver = v })
	case controls.Speed:
		l.flow.speed, _ = strconv.ParseFloat(v, 64)
	}
	return nil
}

// Press presses a Button.
func (l *Lab) Press(id string) {
	if !l.Enabled(id) {
		return
	}
	switch id {
	case controls.Undo, controls.Redo:
		l.step(id == controls.Undo)
	case controls.Clear:
		l.PenUp()
		l.drawing.push(state{own: true, grid: l.view.blank(), half: l.view.goal})
		l.showOrSay(false)
	case controls.Reset:
		l.send(engine.Command{Op: engine.OpReset})
	case controls.SaveModel:
		l.asked = true
		l.send(engine.Command{Op: engine.OpSave})
	}
}

// step walks the history. Between two states of the user's own drawing the
// network goes on from where it is.
func (l *Lab) step(back bool) {
	l.PenUp()
	was := l.drawing.current
	if back {
		l.drawing.undo()
	} else {
		l.drawing.redo()
	}
	now := l.drawing.current
	l.view.fit(now)
	l.showOrSay(!(was.own && now.own && !was.empty()))
}

func (l *Lab) showOrSay(fresh bool) {
	if _, err := l.show(fresh); err != nil {
		l.Say(Sentence(err), true)
	}
}

// Enabled reports whether a control can be used now.
func (l *Lab) Enabled(id string) bool {
	switch id {
	case controls.Undo:
		return len(l.drawing.past) > 0
	case controls.Redo:
		return len(l.drawing.future) > 0
	case controls.Clear:
		return !l.drawing.current.empty()
	case controls.Train, controls.Reset:
		return !l.drawing.current.empty()
	case controls.SaveModel:
		return l.snap.Step > 0
	}
	return true
}

func number(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
