package run

import (
	"testing"
	"time"

	"inkflow/core/engine"
)

// clock is a time of the test's own: it goes on by tick whenever it is read.
// What a runner does under it is the same on every machine.
type clock struct{ at, tick time.Duration }

func (c *clock) now() time.Duration {
	c.at += c.tick
	return c.at
}

// one is a tick that ends every piece of work at its first look at the clock:
// a Work of any budget below is a single turn, and a turn of training a single
// step.
const one = time.Second / 50

func newRunner(tick time.Duration) (*Runner, *clock) {
	c := &clock{tick: tick}
	return New(c.now), c
}

// steps works until the network has had exactly n steps. The clock's tick is
// one.
func (r *Runner) steps(t *testing.T, n int) {
	t.Helper()
	for range 1_000_000 {
		if r.trainer.Steps() == n {
			return
		}
		if !r.Work(time.Nanosecond) {
			break
		}
	}
	t.Fatalf("%d steps, want %d", r.trainer.Steps(), n)
}

// finish works until there is nothing left to do.
func (r *Runner) finish(t *testing.T) {
	t.Helper()
	for range 1_000_000 {
		if !r.Work(time.Nanosecond) {
			return
		}
	}
	t.Fatal("there is always more to do")
}

func (r *Runner) do(t *testing.T, c engine.Command) {
	t.Helper()
	r.Handle(&c)
	if r.refusal != "" {
		t.Fatalf("%v was refused: %s", c.Op, r.refusal)
	}
}

func (r *Runner) shot(t *testing.T) *engine.Snapshot {
	t.Helper()
	s := new(engine.Snapshot)
	if !r.Snapshot(s) {
		t.Fatal("there is nothing new to show")
	}
	return s
}

func target(preset string, fresh bool) engine.Command {
	return engine.Command{Op: engine.OpTarget, Target: engine.Target{Preset: preset, Fresh: fresh}}
}

func configure(solver string, steps, particles int) engine.Command {
	return engine.Command{Op: engine.OpConfigure, Settings: settings(solver, steps, particles)}
}

func settings(solver string, steps, particles int) engine.Settings {
	_, s := engine.Opening()
	s.Solver, s.Steps, s.Particles = solver, steps, particles
	return s
}
