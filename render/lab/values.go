package lab

import (
	"fmt"
	"strconv"
	"strings"

	"inkflow/core/engine"
	"inkflow/render/controls"
)

// Number returns what a Range, Number, Toggle or Check control stands at.
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
	case controls.Tolerance:
		return l.settings.Tolerance
	case controls.Noisiness:
		return max(l.settings.Noise, 0)
	case controls.Reverse:
		return number(l.settings.Noise == engine.Reverse)
	case controls.Corrector:
		return float64(l.settings.Corrector)
	}
	switch c := controls.Find(id); {
	case c == nil:
	case c.Parameter > 0:
		return l.parameter(c)
	case c.Kind == controls.Check:
		return number(l.showing(id))
	}
	return 0
}

// SetNumber turns a Range, Number, Toggle or Check control. Values out of
// range are brought into it.
func (l *Lab) SetNumber(id string, v float64) {
	c := controls.Find(id)
	if c == nil {
		return
	}
	if c.Kind == controls.Toggle || c.Kind == controls.Check {
		v = number(v != 0)
	} else {
		v = c.Clamp(v)
	}
	l.revision++
	s := l.settings
	switch id {
	case controls.BrushSize:
		l.brush = v
	case controls.Softness:
		l.softness = round(v, 2)
	case controls.Train:
		l.setTraining(v != 0)
	case controls.Seed:
		s.Seed = uint64(v)
		l.configure(s, true) // the same seed starts afresh all the same
		return
	case controls.Steps:
		s.Steps = int(v)
	case controls.Particles:
		s.Particles = int(v)
	case controls.Tolerance:
		s.Tolerance = v
	case controls.Noisiness:
		s.Noise = round(v, 2)
	case controls.Reverse:
		s.Noise = -v
	case controls.Corrector:
		s.Corrector = int(v)
	case controls.Play:
		l.flow.play(v != 0)
	case controls.Time:
		l.flow.scrub(v)
	default:
		if c.Parameter > 0 {
			l.setParameter(c, v)
		} else if c.Kind == controls.Check {
			l.setShowing(id, v != 0)
		}
		return
	}
	if s.Validate() == nil {
		l.apply(s)
	}
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
	case controls.GridTimes:
		return strings.ReplaceAll(l.gridTimes, ",", ", ")
	case controls.Speed:
		return strconv.FormatFloat(l.flow.speed, 'g', -1, 64)
	}
	v, _ := l.choice(id)
	return v
}

// SetText turns a Select, Choice or Text control. The error says what is
// wrong with the value; nothing has changed then.
func (l *Lab) SetText(id, v string) error {
	c := controls.Find(id)
	if c == nil {
		return fmt.Errorf("there is no control %q", id)
	}
	if (c.Kind == controls.Select || c.Kind == controls.Choice) && !c.Has(v) && id != controls.Preset && id != controls.Source {
		return fmt.Errorf("%s has no choice %q", c.Label, v)
	}
	if c.Kind != controls.Select && c.Kind != controls.Choice && c.Kind != controls.Text {
		return fmt.Errorf("%s is not turned by a word", c.Label)
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
	case controls.GridTimes:
		return l.setGridTimes(v)
	case controls.Speed:
		l.flow.speed, _ = strconv.ParseFloat(v, 64)
	default:
		return l.choose(id, v)
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
	case controls.Keep:
		l.keepSource()
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

func number(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
