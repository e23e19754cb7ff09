package enginetest

import (
	"bytes"
	"maps"
	"time"

	"inkflow/core/engine"
)

func trainOffAndOn(s *session) {
	s.learn(1)
	held := s.hold()
	if held.Training || held.Status != engine.Paused || held.StepsPerSecond != 0 {
		s.t.Errorf("held: training %v, status %v, %g steps/s", held.Training, held.Status, held.StepsPerSecond)
	}
	time.Sleep(50 * time.Millisecond)
	if again := s.hold(); again.Step != held.Step || again.Seconds != held.Seconds {
		s.t.Errorf("held at step %d and %g s, and now it is %d and %g", held.Step, held.Seconds, again.Step, again.Seconds)
	}
	s.send(engine.Command{Op: engine.OpTrain, On: true})
	p := s.learn(held.Step + 1)
	if !p.Training || p.Status != engine.Training {
		s.t.Errorf("on again: training %v, status %v", p.Training, p.Status)
	}
}

// Nobody looks: no step is taken. Commands are carried out all the same.
func hidden(s *session) {
	s.learn(1)
	s.send(engine.Command{Op: engine.OpVisible, On: false})
	asleep := s.answer()
	if asleep.Training || asleep.Status != engine.Paused {
		s.t.Errorf("hidden: training %v, status %v", asleep.Training, asleep.Status)
	}
	time.Sleep(50 * time.Millisecond)
	s.send(engine.Command{Op: engine.OpSave})
	if p := s.answer(); p.Step != asleep.Step || p.Seconds != asleep.Seconds {
		s.t.Errorf("hidden at step %d and %g s, and now it is %d and %g", asleep.Step, asleep.Seconds, p.Step, p.Seconds)
	}
	if s.model == nil {
		s.t.Error("nothing was saved while hidden")
	}
	s.send(engine.Command{Op: engine.OpVisible, On: true})
	s.learn(asleep.Step + 1)
}

// A model saved and opened again is the same model: it stands at the same
// step, draws the same particles and is saved as the same bytes.
func saveAndLoad(s *session) {
	s.fewParticles()
	s.learn(20)
	held := s.hold()
	cloud := s.settled()
	model := s.save()

	s.send(engine.Command{Op: engine.OpReset})
	if p := s.answer(); p.Step != 0 || p.Loss != 0 {
		s.t.Errorf("afresh: step %d, loss %g", p.Step, p.Loss)
	}
	if blank := s.save(); bytes.Equal(blank, model) {
		s.t.Error("afresh, the same model was saved")
	}
	s.send(engine.Command{Op: engine.OpLoad, Model: model})
	if p := s.answer(); p.Step != held.Step || p.Parameters != held.Parameters || p.Status == engine.Refused {
		s.t.Errorf("saved at step %d with %d parameters, opened at %d with %d: %v %s",
			held.Step, held.Parameters, p.Step, p.Parameters, p.Status, p.Message)
	}
	if !sameCloud(cloud, s.settled()) {
		s.t.Error("the opened model draws other particles")
	}
	if again := s.save(); !bytes.Equal(again, model) {
		s.t.Errorf("saved again, %d bytes are not those %d", len(again), len(model))
	}
	s.send(engine.Command{Op: engine.OpTrain, On: true})
	s.learn(held.Step + 1)
}

// Two clients with one seed draw the same particles, before the first step and
// with the same model. Another seed draws others.
func sameSeedTwice(s *session) {
	first := func() *session {
		s := begin(s.t, s.open)
		s.hold()
		s.fewParticles()
		s.send(engine.Command{Op: engine.OpReset})
		return s
	}
	a := first()
	blank := a.settled()
	a.send(engine.Command{Op: engine.OpTrain, On: true})
	a.learn(10)
	a.hold()
	model, learned := a.save(), a.settled()
	a.close()
	if sameCloud(blank, learned) {
		s.t.Error("training has moved no particle")
	}

	b := first()
	if !sameCloud(blank, b.settled()) {
		s.t.Error("a network that has learned nothing draws other particles the second time")
	}
	b.send(engine.Command{Op: engine.OpLoad, Model: model})
	if !sameCloud(learned, b.settled()) {
		s.t.Error("the same model draws other particles the second time")
	}
	settings := b.last.Settings
	settings.Seed++
	b.send(engine.Command{Op: engine.OpConfigure, Settings: settings})
	b.whole()
	if sameCloud(learned, b.cloud) {
		s.t.Error("another seed draws the same particles")
	}
	b.close()
}

// fewParticles keeps a case short. Not a whole number of slices.
func (s *session) fewParticles() {
	s.t.Helper()
	_, settings := engine.Opening()
	settings.Particles, settings.Steps = 2500, 4
	s.send(engine.Command{Op: engine.OpConfigure, Settings: settings})
	s.answer()
}

// settled returns the particles of a runner that is held, all integrated with
// the weights at hand: another number of them and back has it done anew.
func (s *session) settled() map[int]paths {
	s.t.Helper()
	settings := s.reply().Settings
	other := settings
	other.Particles = engine.MinParticles
	s.send(engine.Command{Op: engine.OpConfigure, Settings: other})
	s.whole()
	s.send(engine.Command{Op: engine.OpConfigure, Settings: settings})
	s.whole()
	return maps.Clone(s.cloud)
}

// reply is the answer to the last command, which may have come already.
func (s *session) reply() *engine.Snapshot {
	s.t.Helper()
	if s.last.Generation == s.sent {
		return s.last
	}
	return s.answer()
}

func (s *session) save() []byte {
	s.t.Helper()
	s.model = nil
	s.send(engine.Command{Op: engine.OpSave})
	s.until("the model", func(*engine.Snapshot) bool { return s.model != nil })
	return s.model
}
