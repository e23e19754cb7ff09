package enginetest

import (
	"errors"

	"inkflow/core/engine"
)

// A closed client does nothing, and says so.
func afterClose(s *session) {
	s.learn(1)
	for range 2 {
		s.close()
		if p := s.client.Poll(); p != nil {
			s.t.Errorf("a closed client shows generation %d", p.Generation)
		}
		for _, op := range []engine.Op{engine.OpTrain, engine.OpReset, engine.OpSave} {
			if _, err := s.client.Send(engine.Command{Op: op}); !errors.Is(err, engine.ErrClosed) {
				s.t.Errorf("Send(%v) to a closed client: %v, want ErrClosed", op, err)
			}
		}
	}
}

// Ten thousand commands while nobody looks: all are carried out, in order, and
// the end of a second flood does not keep Close waiting (fault 23).
func flood(s *session) {
	const commands = 10_000
	_, settings := engine.Opening()
	settings.Particles = engine.MinParticles
	pour := func() {
		for i := range commands {
			switch {
			case i%100 == 0:
				s.send(engine.Command{Op: engine.OpTarget, Target: engine.Target{W: 2, H: 1, X0: -1, Cell: 1, Ink: []float32{1, float32(i)}}})
			case i%100 == 50:
				s.send(engine.Command{Op: engine.OpReset})
			case i%10 == 0:
				settings.Steps = 1 + i/10%8
				s.send(engine.Command{Op: engine.OpConfigure, Settings: settings})
			case i%10 == 5:
				s.send(engine.Command{Op: engine.OpVisible, On: i%20 == 5})
			default:
				s.send(engine.Command{Op: engine.OpTrain, On: i%2 == 0})
			}
		}
	}
	pour()
	if p := s.answer(); p.Settings != settings {
		s.t.Errorf("after the flood the settings are %+v, not %+v", p.Settings, settings)
	}
	pour()
	s.poll()
	s.close()
}
