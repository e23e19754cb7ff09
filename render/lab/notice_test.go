package lab

import (
	"errors"
	"testing"
	"time"

	"inkflow/core/engine"
	"inkflow/render/controls"
)

func TestEngineGone(t *testing.T) {
	l, f := newLab(t)
	f.closed = true
	l.SetNumber(controls.Steps, 3)
	n := l.Notice()
	if !n.Fault || n.Text != "The engine has stopped. Reload to go on." {
		t.Errorf("the notice is %+v", n)
	}
	l.Say("", false)
	l.Press(controls.Clear)
	if !l.Notice().Fault {
		t.Error("clearing without an engine says nothing")
	}
	l.Say("", false)
	l.stroke(300, 300, 400, 300)
	if !l.Notice().Fault {
		t.Error("drawing without an engine says nothing")
	}
	if err := l.SetText(controls.Preset, "ring"); !errors.Is(err, engine.ErrClosed) {
		t.Errorf("a shape without an engine: %v", err)
	}
}

func TestNotices(t *testing.T) {
	l, f := newLab(t)
	l.Say("A hint.", false)
	l.Update(5 * time.Second)
	if l.Notice().Text != "A hint." || l.Notice().Age != 5*time.Second {
		t.Errorf("after 5 s the notice is %+v", l.Notice())
	}
	was := l.Revision()
	l.Update(2 * time.Second)
	if l.Notice().Text != "" || l.Revision() == was {
		t.Errorf("after 7 s the notice is %+v, revision %d of %d", l.Notice(), l.Revision(), was)
	}
	l.Say("A fault.", true)
	l.Update(time.Hour)
	if l.Notice().Text != "A fault." || !l.Notice().Fault {
		t.Errorf("after an hour the fault is %+v", l.Notice())
	}
	// What the engine says is shown until it is over.
	l.say(f, engine.Snapshot{Status: engine.Refused, Message: "That was refused."})
	if n := l.Notice(); n.Text != "That was refused." || !n.Fault {
		t.Errorf("refused, the notice is %+v", n)
	}
	l.Update(time.Second)
	l.say(f, engine.Snapshot{Status: engine.Refused, Message: "That was refused."})
	if l.Notice().Age < time.Second {
		t.Error("the same words are said anew")
	}
	l.say(f, engine.Snapshot{Status: engine.Diverged, Message: "It blew up."})
	if n := l.Notice(); n.Text != "It blew up." || !n.Fault {
		t.Errorf("diverged, the notice is %+v", n)
	}
	l.say(f, engine.Snapshot{Status: engine.Training})
	if n := l.Notice(); n.Text != "" {
		t.Errorf("it is over and the notice is %+v", n)
	}
	// But another's words are left alone.
	l.say(f, engine.Snapshot{Status: engine.Refused, Message: "That was refused."})
	l.Say("A fault.", true)
	l.say(f, engine.Snapshot{Status: engine.Training})
	if n := l.Notice(); n.Text != "A fault." {
		t.Errorf("the engine's silence has ended %+v", n)
	}
}

func TestSentence(t *testing.T) {
	for _, row := range [][2]string{
		{"there is no preset", "There is no preset."},
		{"Fine already.", "Fine already."},
		{"ärger", "Ärger."},
		{"7 is wrong", "7 is wrong."},
	} {
		if got := Sentence(errors.New(row[0])); got != row[1] {
			t.Errorf("%q becomes %q, want %q", row[0], got, row[1])
		}
	}
}
