package lab

import (
	"strings"
	"testing"

	"inkflow/core/engine"
	"inkflow/render/controls"
)

// A model that is opened is held and seen as it is; one that is refused leaves
// training as it was.
func TestOpenModel(t *testing.T) {
	l, f := newLab(t)
	if err := l.Open(controls.OpenModel, "m.safetensors", []byte("a model")); err != nil {
		t.Fatal(err)
	}
	if l.Number(controls.Train) != 0 {
		t.Error("it trains on while the model is opened")
	}
	generation := f.sent[len(f.sent)-1].Generation
	f.ops()
	l.say(f, engine.Snapshot{Generation: generation, Step: 1234})
	if n := l.Notice(); n.Fault || !strings.Contains(n.Text, "m.safetensors") || !strings.Contains(n.Text, "1,234") {
		t.Errorf("the notice is %+v", n)
	}
	if ops := f.ops(); len(ops) != 0 || l.Number(controls.Train) != 0 {
		t.Errorf("an open model is followed by %v", ops)
	}

	l.SetNumber(controls.Train, 1)
	f.ops()
	if err := l.Open(controls.OpenModel, "other", []byte("no model")); err != nil {
		t.Fatal(err)
	}
	generation = f.sent[len(f.sent)-1].Generation
	f.ops()
	l.say(f, engine.Snapshot{Generation: generation, Status: engine.Refused, Message: "this is no model"})
	if len(f.sent) != 1 || f.sent[0].Op != engine.OpTrain || !f.sent[0].On || l.Number(controls.Train) != 1 {
		t.Errorf("a refused model is followed by %v, training %v", f.ops(), l.Number(controls.Train))
	}
	if n := l.Notice(); !n.Fault || n.Text != "This is no model." {
		t.Errorf("the notice is %+v", n)
	}

	if err := l.Open(controls.OpenModel, "empty", nil); err == nil || !strings.Contains(err.Error(), "empty") {
		t.Errorf("an empty file: %v", err)
	}
}

// A fault is told until the next thing is done.
func TestFaultsGo(t *testing.T) {
	l, f := newLab(t)
	l.Say("It went wrong.", true)
	l.send(engine.Command{Op: engine.OpSave})
	if !l.Notice().Fault {
		t.Error("a model kept in passing takes a fault away")
	}
	l.SetNumber(controls.Steps, 5)
	if l.Notice().Text != "" {
		t.Error("the fault is still told after the next thing was done")
	}
	f.ops()
}

// An empty paper has no figures.
func TestEmptyPaperReadsNothing(t *testing.T) {
	l, f := newLab(t)
	l.say(f, engine.Snapshot{Generation: 0, Step: 10, Seconds: 3, Loss: 1, W2: 1, W2Draws: 1, Floor: 1, FloorDraws: 1, Points: 500})
	for _, id := range []string{controls.ReadTrained, controls.ReadRatio, controls.ReadStep, controls.ReadLoss, controls.ReadW2, controls.ReadFloor} {
		if l.Reading(id) == unknown {
			t.Errorf("%s is unknown though it was told", id)
		}
	}
	l.Press(controls.Clear)
	for _, id := range []string{controls.ReadTrained, controls.ReadRatio, controls.ReadStep, controls.ReadLoss, controls.ReadW2, controls.ReadFloor} {
		if got := l.Reading(id); got != unknown {
			t.Errorf("on an empty paper %s reads %q", id, got)
		}
	}
	if !l.Empty() || l.Number(controls.Train) != 0 {
		t.Error("an empty paper is trained on")
	}
	f.ops()
}
