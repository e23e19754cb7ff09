package enginetest

import (
	"time"

	"inkflow/core/engine"
)

// The opening needs no word: it trains, and all its particles come.
func opening(s *session) {
	_, want := engine.Opening()
	p := s.until("training", func(p *engine.Snapshot) bool { return p.Step > 0 })
	if p.Generation != 0 || p.Status != engine.Training || !p.Training {
		s.t.Errorf("generation %d, status %v, training %v without a command", p.Generation, p.Status, p.Training)
	}
	if p.Settings != want {
		s.t.Errorf("it opens with %+v, not %+v", p.Settings, want)
	}
	if p.Loss == 0 || p.Seconds == 0 {
		s.t.Errorf("after %d steps the loss is %g and the time %g", p.Step, p.Loss, p.Seconds)
	}
	s.until("all particles", s.covers)
	s.until("W2 and its floor", func(p *engine.Snapshot) bool { return p.W2Draws > 0 && p.FloorDraws > 0 })
}

// Every command gets the next generation, and a snapshot answers it.
func generations(s *session) {
	_, settings := engine.Opening()
	for i := range 5 {
		settings.Steps = 2 + i
		s.send(engine.Command{Op: engine.OpConfigure, Settings: settings})
		if p := s.answer(); p.Settings != settings {
			s.t.Errorf("generation %d has the settings %+v, not %+v", p.Generation, p.Settings, settings)
		}
	}
}

// After a command that makes the past meaningless, nothing of the past comes,
// although a snapshot of it was waiting to be taken (fault 18).
func breakingDropsOlder(s *session) {
	s.learn(1)
	s.send(engine.Command{Op: engine.OpSave})
	s.until("the model", func(*engine.Snapshot) bool { return s.model != nil })
	for _, c := range []engine.Command{
		{Op: engine.OpReset},
		{Op: engine.OpTarget, Target: engine.Target{Preset: "ring", Fresh: true}},
		{Op: engine.OpLoad, Model: s.model},
	} {
		time.Sleep(50 * time.Millisecond) // a snapshot is waiting
		g := s.send(c)
		for range 3 {
			p := s.until("a snapshot", func(*engine.Snapshot) bool { return true })
			if p.Generation < g {
				s.t.Errorf("after %v, generation %d, a snapshot of generation %d came", c.Op, g, p.Generation)
			}
		}
	}
}

// A pen in motion sends all the time, and the stage still gets its pictures:
// each is a command behind, and all the same admitted.
func refiningDoesNotStarve(s *session) {
	target := engine.Target{W: 8, H: 8, X0: -2, Y0: -2, Cell: 0.5, Ink: make([]float32, 64)}
	got := 0
	for end := time.Now().Add(patience); got < 5; time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			s.t.Fatalf("%d snapshots came while %d strokes were sent", got, s.sent)
		}
		target.Ink[int(s.sent)%64] = 1
		s.send(engine.Command{Op: engine.OpTarget, Target: target})
		if s.poll() != nil {
			got++
		}
	}
}

// A stage that does not look for a while finds one picture of the time before,
// and the one after it is of the time after: nothing has queued up, and
// nothing was made in vain.
func oneInFlight(s *session) {
	const asleep = 800 * time.Millisecond
	s.learn(1)
	time.Sleep(asleep)
	first := s.until("a snapshot", func(*engine.Snapshot) bool { return true })
	next := s.until("a snapshot", func(*engine.Snapshot) bool { return true })
	if d := next.Seconds - first.Seconds; d < asleep.Seconds()/2 {
		s.t.Errorf("after %v asleep, the second snapshot was made %.3f s of training after the first", asleep, d)
	}
}
