package enginetest

import (
	"errors"
	"math"

	"inkflow/core/engine"
)

// What is malformed is refused on the spot, with a sentence, and not sent: the
// next command gets the next generation.
func refusedBySend(s *session) {
	before := s.hold()
	_, good := engine.Opening()
	turned := func(f func(s *engine.Settings)) engine.Command {
		c := engine.Command{Op: engine.OpConfigure, Settings: good}
		f(&c.Settings)
		return c
	}
	for _, c := range []engine.Command{
		{},
		{Op: 200},
		{Op: engine.OpLoad},
		{Op: engine.OpTarget},
		{Op: engine.OpTarget, Target: engine.Target{W: 1 << 32, H: 1 << 32, Cell: 1}},
		{Op: engine.OpTarget, Target: engine.Target{W: 1, H: 1, Cell: 1, Ink: []float32{float32(math.NaN())}}},
		turned(func(s *engine.Settings) { s.Solver = "nope" }),
		turned(func(s *engine.Settings) { s.Steps = 0 }),
		turned(func(s *engine.Settings) { s.Scheduler = "condot:n=2" }),
		turned(func(s *engine.Settings) { s.Coupling, s.Noise = "ot", 1 }),
		turned(func(s *engine.Settings) { s.Source, s.Scheduler = "moons", "ve" }),
		{Op: engine.OpShow, Layers: []engine.Layer{{Kind: engine.Gap, Time: 2, Cell: 1, W: 1, H: 1}}},
		{Op: engine.OpSource},
		turned(func(s *engine.Settings) { s.Particles = 1 << 40 }),
	} {
		g, err := s.client.Send(c)
		if err == nil || errors.Is(err, engine.ErrClosed) || !sentence(err.Error()) || g != 0 {
			s.t.Errorf("Send(%v) gave generation %d and %v", c.Op, g, err)
		}
	}
	s.send(engine.Command{Op: engine.OpConfigure, Settings: good})
	s.unchanged(before, s.answer())
}

// refused are commands that only the runner can tell are wrong.
var refused = []struct {
	name    string
	command engine.Command
}{
	{"an unknown preset", engine.Command{Op: engine.OpTarget, Target: engine.Target{Preset: "no such thing"}}},
	{"an unknown preset afresh", engine.Command{Op: engine.OpTarget, Target: engine.Target{Preset: "no such thing", Fresh: true}}},
	{"an empty drawing", engine.Command{Op: engine.OpTarget, Target: engine.Target{W: 4, H: 4, Cell: 1, Ink: make([]float32, 16)}}},
	{"a drawing beyond all scale", engine.Command{Op: engine.OpTarget,
		Target: engine.Target{W: 1, H: 1, X0: 1e300, Cell: 1, Ink: []float32{1}, Fresh: true}}},
	{"a source that is not there", configured(func(s *engine.Settings) { s.Source = engine.Kept })},
	{"a source of no such name", configured(func(s *engine.Settings) { s.Source = "no such thing" })},
	{"a parameter that cannot be", configured(func(s *engine.Settings) { s.Scheduler = "ve:min=5,max=1" })},
	{"sampling along what cannot be", engine.Command{Op: engine.OpConfigure,
		Settings: configured(func(s *engine.Settings) { s.Along = "polynomial:n=-3" }).Settings}},
	{"learning afresh what cannot be sampled along", configured(func(s *engine.Settings) { s.Scheduler, s.Along = "vp", "polynomial:n=-3" })},
	{"an empty source", engine.Command{Op: engine.OpSource, Target: engine.Target{W: 1, H: 1, Cell: 1, Ink: []float32{0}}}},
	{"a checkpoint of something else", engine.Command{Op: engine.OpLoad, Model: []byte("GIF89a and what follows")}},
	{"a checkpoint cut short", engine.Command{Op: engine.OpLoad, Model: []byte{8, 0, 0, 0, 0, 0, 0, 0, '{', '}'}}},
}

// What the runner refuses leaves everything as it was, and training goes on
// afterwards from where it stood, on what it stood.
func refusedByRunner(s *session) {
	s.learn(3)
	before := s.hold()
	for _, row := range refused {
		s.send(row.command)
		p := s.answer()
		if p.Status != engine.Refused || p.Message == "" {
			s.t.Errorf("%s: status %v, message %q", row.name, p.Status, p.Message)
		}
		s.unchanged(before, p)
	}
	s.send(engine.Command{Op: engine.OpTrain, On: true})
	p := s.learn(before.Step + 1)
	if p.Status != engine.Training || p.Message != "" {
		s.t.Errorf("training on: status %v, message %q", p.Status, p.Message)
	}
	// The target is still there to start afresh on.
	s.send(engine.Command{Op: engine.OpReset})
	if p := s.answer(); p.Status == engine.Refused {
		s.t.Errorf("afresh after what was refused: %s", p.Message)
	}
}

// A command that comes right behind does not hide what was refused.
func refusalIsNotLost(s *session) {
	_, good := engine.Opening()
	s.send(refused[0].command)
	s.send(engine.Command{Op: engine.OpConfigure, Settings: good})
	s.until("the refusal", func(p *engine.Snapshot) bool { return p.Status == engine.Refused && p.Message != "" })
	s.send(engine.Command{Op: engine.OpConfigure, Settings: good})
	s.until("its end", func(p *engine.Snapshot) bool { return p.Status != engine.Refused })
}

// A refused command that would have broken with the past has made the client
// drop what was on its way. It comes again.
func refusalLosesNoParticles(s *session) {
	s.hold()
	_, settings := engine.Opening()
	settings.Particles = 3000
	s.send(engine.Command{Op: engine.OpConfigure, Settings: settings})
	s.whole()
	s.send(engine.Command{Op: engine.OpLoad, Model: []byte("nothing of the kind")})
	s.whole()
}

// unchanged asserts that two snapshots of held runners are of one network.
func (s *session) unchanged(was, is *engine.Snapshot) {
	s.t.Helper()
	if is.Step != was.Step || is.Seconds != was.Seconds || is.Loss != was.Loss ||
		is.Parameters != was.Parameters || is.Settings != was.Settings || is.Training != was.Training {
		s.t.Errorf("step %d, %g s, loss %g, %d parameters, training %v, %+v became step %d, %g s, loss %g, %d parameters, training %v, %+v",
			was.Step, was.Seconds, was.Loss, was.Parameters, was.Training, was.Settings,
			is.Step, is.Seconds, is.Loss, is.Parameters, is.Training, is.Settings)
	}
}

// configured is the opening, turned, to be learned afresh.
func configured(f func(s *engine.Settings)) engine.Command {
	_, s := engine.Opening()
	f(&s)
	return engine.Command{Op: engine.OpConfigure, Settings: s, On: true}
}
