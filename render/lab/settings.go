package lab

import (
	"errors"
	"strings"

	"inkflow/core/engine"
	"inkflow/render/controls"
)

// setting is the text of the settings that a menu chooses, with the menu; nil
// where the control is none.
func setting(s *engine.Settings, id string) (*string, engine.Menu) {
	switch id {
	case controls.Scheduler:
		return &s.Scheduler, engine.Schedulers()
	case controls.Predict:
		return &s.Predict, engine.Predictions()
	case controls.Coupling:
		return &s.Coupling, engine.Couplings()
	case controls.Weight:
		return &s.Weight, engine.Weights()
	case controls.Times:
		return &s.Times, engine.Samplings()
	case controls.Solver:
		return &s.Solver, engine.Solvers()
	case controls.Along:
		return &s.Along, engine.Schedulers()
	}
	return nil, nil
}

// choice is what a menu of the settings stands at; ok is false where the
// control is none.
func (l *Lab) choice(id string) (value string, ok bool) {
	s := l.settings
	switch id {
	case controls.Source:
		if s.Source == "" {
			return controls.FromGaussian, true
		}
		return s.Source, true
	case controls.Grid:
		switch {
		case s.Grid == "":
			return controls.OwnGrid, true
		case strings.Contains(s.Grid, ","):
			return controls.CustomGrid, true
		}
		return s.Grid, true
	case controls.Along:
		if s.Along == "" {
			return controls.AsTrained, true
		}
	}
	text, menu := setting(&s, id)
	if text == nil {
		return "", false
	}
	if line, _, err := menu.Read("choice", *text); err == nil {
		return line.Name, true
	}
	return *text, true
}

// chosen is the settings with a menu turned to a value. A line that was not
// chosen before comes with its parameters' defaults.
func (l *Lab) chosen(id, value string) engine.Settings {
	s := l.settings
	if now, _ := l.choice(id); now == value {
		return s
	}
	switch id {
	case controls.Source:
		s.Source = value
		if value == controls.FromGaussian {
			s.Source = ""
		}
	case controls.Grid:
		s.Grid = value
		switch value {
		case controls.OwnGrid:
			s.Grid = ""
		case controls.CustomGrid:
			s.Grid = l.gridTimes
		}
	case controls.Along:
		s.Along = value
		if value == controls.AsTrained {
			s.Along = ""
		}
	default:
		text, _ := setting(&s, id)
		*text = value
	}
	return s
}

// choose turns a menu of the settings, or says why it cannot be turned so.
func (l *Lab) choose(id, value string) error {
	if why := l.Objection(id, value); why != "" {
		return errors.New(why)
	}
	l.apply(l.chosen(id, value))
	return nil
}

// apply makes the settings these. Where they change what is learned, it is
// learned afresh.
func (l *Lab) apply(s engine.Settings) {
	if s != l.settings {
		l.configure(s, !s.SameLesson(l.settings))
	}
}

func (l *Lab) configure(s engine.Settings, afresh bool) {
	l.settings = s
	l.chose++
	l.send(engine.Command{Op: engine.OpConfigure, Settings: s, On: afresh})
}

// parameter is what a parameter of a menu's line stands at: its default while
// another line is chosen.
func (l *Lab) parameter(c *controls.Control) float64 {
	s := l.settings
	text, menu := setting(&s, c.Of)
	line, values, err := menu.Read("choice", *text)
	if err != nil || line.Name != c.When {
		values = menu.Find(c.When).Defaults()
	}
	return values[c.Parameter-1]
}

// setParameter turns a parameter, and chooses the line it belongs to.
func (l *Lab) setParameter(c *controls.Control, v float64) {
	s := l.chosen(c.Of, c.When)
	text, menu := setting(&s, c.Of)
	line, values, err := menu.Read("choice", *text)
	if err != nil || line.Name != c.When {
		return
	}
	values[c.Parameter-1] = round(v, 6)
	*text = line.Write(values)
	if s.Validate() == nil {
		l.apply(s)
	}
}

// setGridTimes takes a list of times for the solver's steps.
func (l *Lab) setGridTimes(list string) error {
	s := l.settings
	s.Grid = strings.Join(strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' || r == ';' }), ",")
	if !strings.Contains(s.Grid, ",") {
		return errors.New("a list of times rises from 0 to 1, as in 0, 0.3, 1")
	}
	if err := s.Validate(); err != nil {
		return err
	}
	l.gridTimes = s.Grid
	l.apply(s)
	return nil
}

// keepSource puts the shape on the paper aside and lets the flow start from it.
func (l *Lab) keepSource() {
	l.PenUp()
	l.source = l.drawing.current
	l.chose++
	l.kepts = -l.chose
	s := l.settings
	s.Source = l.source.preset
	if s.Source == "" {
		s.Source = engine.Kept
		l.send(engine.Command{Op: engine.OpSource, Target: l.source.target(false)})
	}
	l.configure(s, true)
	l.Say("The flow now starts from this shape. Draw or choose where it should go.", false)
}

// Settings are what the panel stands at.
func (l *Lab) Settings() engine.Settings { return l.settings }

// Choices changes whenever other options of the menus may be open than before.
func (l *Lab) Choices() int { return l.chose }
