package run

import (
	"runtime"
	"sync"
	"time"

	"inkflow/core/engine"
)

// Local is a client whose runner lives in a goroutine of this process.
type Local struct {
	mu       sync.Mutex
	gate     engine.Gate
	queue    []engine.Command
	snapshot *engine.Snapshot // made and not yet taken
	closed   bool

	wake chan struct{} // something has changed for a runner at rest
	done chan struct{} // the goroutine has ended
}

var _ engine.Client = (*Local)(nil)

// NewLocal starts a runner. It computes on all cores but one, which is left to
// whoever draws.
func NewLocal() *Local { return NewLocalTeam(runtime.GOMAXPROCS(0) - 2) }

// NewLocalTeam starts a runner with up to so many helpers for large clouds.
func NewLocalTeam(helpers int) *Local {
	c := &Local{wake: make(chan struct{}, 1), done: make(chan struct{})}
	start := time.Now()
	r := New(func() time.Duration { return time.Since(start) })
	team := NewTeam(helpers, c.nudge)
	if helpers > 0 {
		r.Share(team)
	}
	go func() {
		defer close(c.done)
		defer team.Close()
		c.loop(r)
	}()
	return c
}

// Send implements engine.Client.
func (c *Local) Send(cmd engine.Command) (uint32, error) {
	if err := cmd.Validate(); err != nil {
		return 0, err
	}
	// What is sent belongs to the runner: the sender may draw on.
	cmd.Target.Ink = append([]float32(nil), cmd.Target.Ink...)
	cmd.Model = append([]byte(nil), cmd.Model...)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return 0, engine.ErrClosed
	}
	g := c.gate.Stamp(&cmd)
	c.queue = append(c.queue, cmd)
	c.nudge()
	return g, nil
}

// Poll implements engine.Client.
func (c *Local) Poll() *engine.Snapshot {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.snapshot
	if s == nil {
		return nil
	}
	c.snapshot = nil
	c.nudge()
	if c.closed || !c.gate.Admit(s) {
		return nil
	}
	return s
}

// Close implements engine.Client. It returns when the runner has ended.
func (c *Local) Close() error {
	c.mu.Lock()
	c.closed = true
	c.nudge()
	c.mu.Unlock()
	<-c.done
	return nil
}

// nudge wakes a runner at rest. The channel holds one wake-up, which is
// enough: the loop looks at everything when it wakes.
func (c *Local) nudge() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// turn is how long the runner works between two looks at the queue.
const turn = 8 * time.Millisecond

func (c *Local) loop(r *Runner) {
	for {
		commands, closed := c.take()
		if closed {
			return
		}
		for i := range commands {
			if c.ended() {
				return
			}
			r.Handle(&commands[i])
		}
		more := r.Work(turn)
		c.publish(r)
		if !more {
			<-c.wake
		}
	}
}

func (c *Local) take() (commands []engine.Command, closed bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	commands, c.queue = c.queue, nil
	return commands, c.closed
}

func (c *Local) ended() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closed
}

// publish makes the next snapshot once the last one was taken.
func (c *Local) publish(r *Runner) {
	c.mu.Lock()
	free := c.snapshot == nil
	c.mu.Unlock()
	if !free {
		return
	}
	s := new(engine.Snapshot)
	if !r.Snapshot(s) {
		return
	}
	c.mu.Lock()
	c.snapshot = s
	c.mu.Unlock()
}
