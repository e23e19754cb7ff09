package enginetest

import (
	"testing"
	"time"

	"inkflow/core/engine"
)

// Runner is the far side of the seam, as engine/run has it.
type Runner interface {
	Handle(c *engine.Command)
	Work(budget time.Duration) (more bool)
	Snapshot(s *engine.Snapshot) bool
}

// Wire is a client whose commands and snapshots cross as bytes and whose
// runner works while it is polled: what a page and its Worker do, on one
// thread. A message that cannot be read fails the test.
type Wire struct {
	t        *testing.T
	runner   Runner
	gate     engine.Gate
	commands [][]byte
	snapshot []byte // made and not yet taken
	closed   bool
}

var _ engine.Client = (*Wire)(nil)

// NewWire returns a client of the runner.
func NewWire(t *testing.T, runner Runner) *Wire { return &Wire{t: t, runner: runner} }

// Send implements engine.Client.
func (w *Wire) Send(c engine.Command) (uint32, error) {
	if err := c.Validate(); err != nil {
		return 0, err
	}
	if w.closed {
		return 0, engine.ErrClosed
	}
	g := w.gate.Stamp(&c)
	w.commands = append(w.commands, engine.AppendCommand(nil, &c))
	return g, nil
}

// Poll implements engine.Client.
func (w *Wire) Poll() *engine.Snapshot {
	if w.closed {
		return nil
	}
	taken := w.snapshot
	w.snapshot = nil
	w.turn()
	if taken == nil {
		return nil
	}
	s, err := engine.DecodeSnapshot(taken)
	if err != nil {
		w.t.Fatalf("a snapshot cannot be read: %v", err)
	}
	if !w.gate.Admit(s) {
		return nil
	}
	return s
}

// turn is one turn of the runner's event loop.
func (w *Wire) turn() {
	for _, b := range w.commands {
		c, err := engine.DecodeCommand(b)
		if err != nil {
			w.t.Fatalf("a command cannot be read: %v", err)
		}
		w.runner.Handle(c)
	}
	w.commands = w.commands[:0]
	w.runner.Work(8 * time.Millisecond)
	var s engine.Snapshot
	if w.runner.Snapshot(&s) {
		w.snapshot = engine.AppendSnapshot(nil, &s)
	}
}

// Close implements engine.Client.
func (w *Wire) Close() error {
	w.closed, w.snapshot = true, nil
	return nil
}
