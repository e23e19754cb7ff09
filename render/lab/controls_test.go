package lab

import (
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"inkflow/core/engine"
	"inkflow/render/controls"
)

// effects says what turning a control sends to the engine. A row for every
// control of the table: a new one fails here until it does something.
var effects = map[string][]engine.Op{
	controls.Tool: nil, controls.Theme: nil, controls.BrushSize: nil, controls.Softness: nil,
	controls.Play: nil, controls.Time: nil, controls.Speed: nil,
	controls.Undo:    {engine.OpTarget},
	controls.Redo:    {engine.OpTarget},
	controls.Clear:   {engine.OpTrain},
	controls.Preset:  {engine.OpTarget},
	controls.Word:    {engine.OpTarget},
	controls.Picture: {engine.OpTarget},
	controls.Train:   {engine.OpTrain},
	controls.Reset:   {engine.OpReset},
	controls.Seed:    {engine.OpConfigure},
	controls.Keep:    {engine.OpSource, engine.OpConfigure},

	controls.ShowParticles: nil, controls.ShowTarget: nil,
	controls.ShowVelocity: {engine.OpShow}, controls.ShowExact: {engine.OpShow}, controls.ShowError: {engine.OpShow},
	controls.ShowDensity: {engine.OpShow}, controls.ShowLikelihood: {engine.OpShow}, controls.ShowTheorem: {engine.OpShow},
	controls.OpenModel: {engine.OpTrain, engine.OpLoad}, // held, so that it is the model itself that is seen
	controls.SaveModel: {engine.OpSave},
}

func dot(t *testing.T) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/dot.png")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// effectOf is what turning a control is to send.
func effectOf(c *controls.Control) (ops []engine.Op, known bool) {
	if ops, known = effects[c.ID]; known {
		return ops, true
	}
	switch c.Group {
	case "path", "training", "sampling": // everything else there is a setting
		return []engine.Op{engine.OpConfigure}, true
	}
	return nil, false
}

// Every control of the table does something, and what it stands at is what it
// was turned to.
func TestEveryControl(t *testing.T) {
	for _, c := range controls.All() {
		l, f := newLab(t)
		l.say(f, engine.Snapshot{Step: 5, Training: true})
		l.SetText(controls.Word, "abc") // something to undo
		l.SetText(controls.Preset, "moons")
		l.Press(controls.Undo) // and to redo
		f.ops()
		if !l.Enabled(c.ID) {
			t.Errorf("%s cannot be used", c.ID)
		}
		revision := l.Revision()
		switch c.Kind {
		case controls.Button:
			l.Press(c.ID)
		case controls.Toggle, controls.Check:
			was := l.Number(c.ID)
			l.SetNumber(c.ID, 1-was)
			if got := l.Number(c.ID); got != 1-was {
				t.Errorf("%s was turned from %g and stands at %g", c.ID, was, got)
			}
		case controls.Range, controls.Number:
			was := l.Number(c.ID)
			if was < c.Min || was > c.Max {
				t.Errorf("%s starts at %g, out of %g … %g", c.ID, was, c.Min, c.Max)
			}
			to := c.Max
			if to == was {
				to = c.Min
			}
			l.SetNumber(c.ID, to)
			if got := l.Number(c.ID); got != to {
				t.Errorf("%s was turned to %g and stands at %g", c.ID, to, got)
			}
		case controls.Select, controls.Choice:
			was := l.Text(c.ID)
			for _, o := range c.Options {
				if o.Value != was {
					if err := l.SetText(c.ID, o.Value); err != nil || l.Text(c.ID) != o.Value {
						t.Errorf("%s was turned to %q and stands at %q: %v", c.ID, o.Value, l.Text(c.ID), err)
					}
					break
				}
			}
		case controls.Text:
			if c.ID == controls.GridTimes {
				if err := l.SetText(c.ID, "0; .25 1"); err != nil || l.Text(c.ID) != "0, .25, 1" || l.Text(controls.Grid) != controls.CustomGrid {
					t.Errorf("%s stands at %q: %v", c.ID, l.Text(c.ID), err)
				}
				break
			}
			if err := l.SetText(c.ID, " hello "); err != nil || l.Text(c.ID) != "hello" {
				t.Errorf("%s stands at %q: %v", c.ID, l.Text(c.ID), err)
			}
		case controls.File:
			if err := l.Open(c.ID, "dot.png", dot(t)); err != nil {
				t.Errorf("%s: %v", c.ID, err)
			}
		case controls.Reading:
			if l.Reading(c.ID) == "" {
				t.Errorf("%s reads nothing", c.ID)
			}
			continue
		case controls.Chart:
			if k := l.Chart(c.ID); len(k.Curves) == 0 && k.Wait == "" {
				t.Errorf("%s shows nothing and does not say why", c.ID)
			}
			continue
		}
		want, known := effectOf(&c)
		if ops := f.ops(); !known || !slices.Equal(ops, want) {
			t.Errorf("%s sends %v, want %v", c.ID, ops, want)
		}
		if l.Revision() == revision {
			t.Errorf("%s was turned and nothing may have changed", c.ID)
		}
	}
}

// Every choice of every menu can be made.
func TestEveryOption(t *testing.T) {
	for _, c := range controls.All() {
		for _, o := range c.Options {
			l, _ := newLab(t)
			if o.Value == engine.Kept {
				l.SetText(controls.Word, "abc")
				l.Press(controls.Keep)
			}
			if err := l.SetText(c.ID, o.Value); err != nil || l.Text(c.ID) != o.Value {
				t.Errorf("%s was turned to %q and stands at %q: %v", c.ID, o.Value, l.Text(c.ID), err)
			}
		}
	}
}

// Values out of range are brought into it, whatever they are.
func TestNumbersOutOfRange(t *testing.T) {
	for _, c := range controls.All() {
		if c.Kind != controls.Range && c.Kind != controls.Number {
			continue
		}
		for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), -1, 1e300} {
			l, _ := newLab(t) // whose engine takes nothing that is out of range
			l.SetNumber(c.ID, v)
			if got := l.Number(c.ID); !(got >= c.Min && got <= c.Max) {
				t.Errorf("%s was turned to %g and stands at %g", c.ID, v, got)
			}
		}
	}
	l, f := newLab(t)
	was := l.Revision()
	l.SetNumber("no such control", 1)
	if f.none(); l.Revision() != was {
		t.Error("a control that is not there was turned")
	}
	if l.Number("no such control") != 0 || l.Text("no such control") != "" || l.Reading("no such reading") != unknown {
		t.Error("what is not there has a value")
	}
}

func TestSettingsThatAreSent(t *testing.T) {
	l, f := newLab(t)
	_, want := engine.Opening()
	check := func(afresh bool, change func(s *engine.Settings)) {
		t.Helper()
		change(&want)
		if c := f.only(engine.OpConfigure); c.Settings != want || c.On != afresh {
			t.Errorf("%+v is sent, afresh %v, want %+v", c.Settings, c.On, want)
		}
	}
	l.SetNumber(controls.Steps, 12.7)
	check(false, func(s *engine.Settings) { s.Steps = 12 })
	l.SetNumber(controls.Particles, 1e9)
	check(false, func(s *engine.Settings) { s.Particles = engine.MaxParticles })
	l.SetText(controls.Solver, "rk4")
	check(false, func(s *engine.Settings) { s.Solver = "rk4" })
	l.SetNumber(controls.Seed, 42)
	check(true, func(s *engine.Settings) { s.Seed = 42 })
	// The same again changes nothing; the same seed starts afresh all the same.
	l.SetText(controls.Solver, "rk4")
	l.SetNumber(controls.Steps, 12)
	f.none()
	l.SetNumber(controls.Seed, 42)
	if c := f.only(engine.OpConfigure); !c.On {
		t.Error("the same seed does not start afresh")
	}
}

func TestSetTextErrors(t *testing.T) {
	for _, row := range []struct{ id, value, says string }{
		{"no such control", "x", "no control"},
		{controls.Tool, "hammer", "hammer"},
		{controls.Theme, "", "no choice"},
		{controls.Solver, "dopri8", "dopri8"},
		{controls.Speed, "3", "no choice"},
		{controls.Preset, "no such shape", "ring"},
		{controls.Word, "", "type a word"},
	} {
		l, f := newLab(t)
		was := l.drawing.current
		text := l.Text(row.id)
		err := l.SetText(row.id, row.value)
		if err == nil || !strings.Contains(err.Error(), row.says) {
			t.Errorf("%s %q: %v, want something about %q", row.id, row.value, err, row.says)
		}
		f.none()
		if l.drawing.current != was || l.Text(row.id) != text || l.Enabled(controls.Undo) {
			t.Errorf("%s %q: something has changed", row.id, row.value)
		}
	}
	// Shapes of the tables have no button, and can be asked for.
	l, f := newLab(t)
	if err := l.SetText(controls.Preset, "moons7"); err != nil {
		t.Error(err)
	}
	if c := f.only(engine.OpTarget); c.Target.Preset != "moons7" || !c.Target.Fresh {
		t.Errorf("sent %q, fresh %v", c.Target.Preset, c.Target.Fresh)
	}
}

func TestOpen(t *testing.T) {
	l, f := newLab(t)
	for _, row := range []struct {
		id   string
		data []byte
		says string
	}{
		{controls.Picture, []byte("no picture"), "cat.png"},
		{controls.Picture, nil, "cat.png"},
		{controls.OpenModel, nil, "checkpoint"},
		{controls.Tool, dot(t), "file"},
	} {
		if err := l.Open(row.id, "cat.png", row.data); err == nil || !strings.Contains(err.Error(), row.says) {
			t.Errorf("%s of %d bytes: %v, want something about %q", row.id, len(row.data), err, row.says)
		}
	}
	f.none()
	if err := l.Open(controls.Picture, "dot.png", dot(t)); err != nil {
		t.Fatal(err)
	}
	if c := f.only(engine.OpTarget); !c.Target.Fresh || c.Target.Ink == nil {
		t.Error("a picture does not start afresh")
	}
	if got := l.Summary("target"); !strings.Contains(got, "dot.png") {
		t.Errorf("the shape is summed up as %q", got)
	}
}

func TestDo(t *testing.T) {
	l, f := newLab(t)
	for _, c := range []engine.Command{
		{}, {Op: engine.OpLoad}, {Op: engine.OpConfigure}, {Op: engine.OpTarget},
		{Op: engine.OpTarget, Target: engine.Target{Preset: "no such shape"}},
	} {
		if g, err := l.Do(c); err == nil || g != 0 {
			t.Errorf("Do(%+v) gives generation %d and no error", c, g)
		}
	}
	f.none()
	// The panel keeps in step.
	_, s := engine.Opening()
	s.Solver, s.Steps, s.Particles = "euler", 3, 4000
	if g, err := l.Do(engine.Command{Op: engine.OpConfigure, Settings: s}); err != nil || g != 1 {
		t.Errorf("generation %d, %v", g, err)
	}
	f.only(engine.OpConfigure)
	if l.Text(controls.Solver) != "euler" || l.Number(controls.Steps) != 3 || l.Number(controls.Particles) != 4000 {
		t.Error("the panel shows other settings")
	}
	s.Seed = 9
	if g, err := l.Do(engine.Command{Op: engine.OpConfigure, Settings: s}); err != nil || g != 2 {
		t.Errorf("generation %d, %v", g, err)
	}
	if c := f.only(engine.OpConfigure); !c.On {
		t.Error("another seed does not start afresh")
	}
	l.Do(engine.Command{Op: engine.OpTrain, On: false})
	if c := f.only(engine.OpTrain); c.On || l.Number(controls.Train) != 0 {
		t.Error("training is not held")
	}
	l.Do(engine.Command{Op: engine.OpTarget, Target: engine.Target{W: 1, H: 1, X0: -1, Y0: -1, Cell: 2, Ink: []float32{1}}})
	if c := f.only(engine.OpTarget); c.Target.Fresh {
		t.Error("a drawing that was to refine starts afresh")
	}
	if g, _ := l.Target(); g == nil || g.W != 1 || g.Cell != 2 {
		t.Errorf("the stage shows %+v", g)
	}
	l.Do(engine.Command{Op: engine.OpVisible, On: false})
	f.only(engine.OpVisible)
	l.SetVisible(false)
	f.none()
	l.SetVisible(true)
	if c := f.only(engine.OpVisible); !c.On {
		t.Error("visible is sent as hidden")
	}
}

func TestThemeAndTool(t *testing.T) {
	l, _ := newLab(t)
	if !l.Night() || l.Text(controls.Theme) != "night" {
		t.Error("it does not open at night")
	}
	l.SetText(controls.Theme, "day")
	if l.Night() || l.Text(controls.Theme) != "day" {
		t.Error("it is night by day")
	}
	l.SetNumber(controls.Softness, 0.333333)
	if got := l.Number(controls.Softness); got != 0.33 {
		t.Errorf("a softness of %g", got)
	}
	if g, _ := l.Target(); g == nil || g.Empty() {
		t.Error("the opening's shape is not shown")
	}
}
