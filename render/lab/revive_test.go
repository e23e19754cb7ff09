package lab

import (
	"slices"
	"testing"
	"time"

	"inkflow/core/engine"
	"inkflow/render/controls"
)

func TestSave(t *testing.T) {
	l, f := newLab(t)
	if l.Enabled(controls.SaveModel) {
		t.Error("a network that has learned nothing can be saved")
	}
	l.Press(controls.SaveModel)
	f.none()
	var got []byte
	n := 0
	l.OnSaved(func(model []byte) { got, n = model, n+1 })
	l.say(f, engine.Snapshot{Step: 3, Training: true})
	l.say(f, engine.Snapshot{Step: 3, Model: []byte("unasked"), Training: true})
	if n != 0 {
		t.Error("a model that nobody asked for is handed over")
	}
	l.Press(controls.SaveModel)
	f.only(engine.OpSave)
	l.say(f, engine.Snapshot{Step: 4, Model: []byte("weights"), Training: true})
	if n != 1 || string(got) != "weights" {
		t.Errorf("%q is handed over %d times", got, n)
	}
	l.say(f, engine.Snapshot{Step: 5, Model: []byte("unasked"), Training: true})
	if n != 1 {
		t.Error("a model that nobody asked for is handed over")
	}
}

// While it trains the model is kept, and an engine started anew goes on from
// it.
func TestRevive(t *testing.T) {
	l, f := newLab(t)
	l.SetNumber(controls.Steps, 3)
	f.ops()
	saves := 0
	for range 60 * 60 {
		l.say(f, engine.Snapshot{Step: 3, Training: true})
		l.Update(frame)
		for _, op := range f.ops() {
			if op == engine.OpSave {
				saves++
			}
		}
	}
	if saves < 5 || saves > 6 { // a minute, one every ten seconds
		t.Errorf("in a minute the model was kept %d times", saves)
	}
	l.Revive()
	if ops := f.ops(); !slices.Equal(ops, []engine.Op{engine.OpConfigure, engine.OpTarget, engine.OpTrain, engine.OpVisible}) {
		t.Errorf("without a model, reviving sends %v", ops)
	}
	l.say(f, engine.Snapshot{Step: 3, Model: []byte("weights"), Training: true})
	l.Revive()
	if len(f.sent) != 5 || string(f.sent[2].Model) != "weights" || f.sent[0].Settings.Steps != 3 ||
		f.sent[1].Target.Preset != "word" || !f.sent[3].On || !f.sent[4].On {
		t.Errorf("reviving sends %+v", f.sent)
	}
	if n := l.Notice(); n.Text == "" || n.Fault {
		t.Errorf("the notice is %+v", n)
	}
	f.ops()
	// Again, from the same model; but not after a fresh start.
	l.Revive()
	if ops := f.ops(); !slices.Contains(ops, engine.OpLoad) {
		t.Errorf("reviving twice sends %v", ops)
	}
	l.Press(controls.Reset)
	l.Revive()
	if ops := f.ops(); slices.Contains(ops, engine.OpLoad) {
		t.Errorf("after a fresh start the old model is loaded: %v", ops)
	}
	l.Press(controls.Clear)
	f.ops()
	l.Revive()
	for _, c := range f.sent {
		if c.Op == engine.OpTarget || c.Op == engine.OpLoad || c.Op == engine.OpTrain && c.On {
			t.Errorf("on an empty paper reviving sends %v", c.Op)
		}
	}
	// A model is not asked for while nothing is learned.
	l.say(f, engine.Snapshot{})
	f.ops()
	l.Update(time.Minute)
	f.none()
}
