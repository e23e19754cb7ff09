package lab

import (
	"errors"
	"math"
	"testing"
	"time"

	"inkflow/core/density"
	"inkflow/core/engine"
)

// fake is an engine that does nothing but remember what it was told, and says
// what the test puts on its tongue. It fails the test for a command that no
// engine would take.
type fake struct {
	t        *testing.T
	gate     engine.Gate
	sent     []engine.Command
	snapshot *engine.Snapshot
	closed   bool
}

func (f *fake) Send(c engine.Command) (uint32, error) {
	f.t.Helper()
	if err := c.Validate(); err != nil {
		f.t.Errorf("the laboratory sends %v: %v", c.Op, err)
		return 0, err
	}
	if c.Op == engine.OpTarget && c.Target.Preset == "" {
		if (&density.Grid{W: c.Target.W, H: c.Target.H, Cell: 1, Ink: c.Target.Ink}).Empty() {
			f.t.Error("the laboratory sends an empty drawing")
		}
	}
	if f.closed {
		return 0, engine.ErrClosed
	}
	c.Target.Ink = append([]float32(nil), c.Target.Ink...)
	g := f.gate.Stamp(&c)
	f.sent = append(f.sent, c)
	return g, nil
}

func (f *fake) Poll() *engine.Snapshot {
	s := f.snapshot
	f.snapshot = nil
	return s
}

func (f *fake) Close() error { return nil }

// ops returns what was sent since the last call.
func (f *fake) ops() (ops []engine.Op) {
	for _, c := range f.sent {
		ops = append(ops, c.Op)
	}
	f.sent = nil
	return ops
}

// only returns the one command that was sent since the last call of ops or
// only.
func (f *fake) only(op engine.Op) engine.Command {
	f.t.Helper()
	if len(f.sent) != 1 || f.sent[0].Op != op {
		f.t.Fatalf("%v were sent, want one %v", f.ops(), op)
	}
	c := f.sent[0]
	f.sent = nil
	return c
}

func (f *fake) none() {
	f.t.Helper()
	if ops := f.ops(); len(ops) != 0 {
		f.t.Errorf("%v were sent, want nothing", ops)
	}
}

// newLab is a laboratory on a stage of 800 × 600, with an engine that trains.
func newLab(t *testing.T) (*Lab, *fake) {
	t.Helper()
	f := &fake{t: t}
	l := New(f, func(word string) (*density.Grid, error) {
		if word == "" {
			return nil, errors.New("the text is empty; type a word")
		}
		g := density.NewGrid(len(word), 1, -0.5*float64(len(word)), -0.5, 1)
		for i := range g.Ink {
			g.Ink[i] = 1
		}
		return g, nil
	})
	l.Resize(800, 600, 0, 0, 0, 0)
	l.say(f, engine.Snapshot{Status: engine.Training, Training: true})
	f.none()
	return l, f
}

// say lets the engine say something, and no time pass.
func (l *Lab) say(f *fake, s engine.Snapshot) {
	if s.Settings == (engine.Settings{}) {
		s.Settings = l.settings // as it was told
	}
	f.snapshot = &s
	l.Update(0)
}

// stroke draws a line.
func (l *Lab) stroke(x0, y0, x1, y1 float64) {
	l.PenDown(x0, y0, 1)
	l.PenMove(x1, y1, 1)
	l.PenUp()
}

// inkAt is the ink under a point of the stage.
func (l *Lab) inkAt(x, y float64) float64 {
	g, _ := l.Target()
	if g == nil {
		return 0
	}
	wx, wy := l.view.World(x, y)
	return g.Density(wx, wy)
}

func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance }

const frame = time.Second / 60
