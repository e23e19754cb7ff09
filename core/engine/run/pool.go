package run

import (
	"bytes"
	"time"

	"inkflow/core/engine"
	"inkflow/core/model"
)

// A Pool is other threads that integrate slices of a large cloud for a runner:
// goroutines on a desktop ([Team]), further Workers in a browser. It is a
// convenience and never a necessity: a pool that loses tasks, answers late,
// twice or not at all makes the particles come later and changes none of them.
//
// The runner calls it from its own thread, and no method blocks.
type Pool interface {
	// Free asks for up to so many helpers, which may take a while to start,
	// and returns how many more tasks those that stand ready would take.
	Free(helpers int) (tasks int)

	// Give hands a task over. It belongs to the pool from then on.
	Give(t *Task)

	// Collect passes on what was integrated since the last call. XY belongs to
	// the pool again when take returns.
	Collect(take func(v Traced))

	// Helpers is how many there are.
	Helpers() int

	// Rest lets all helpers go. Whatever they were at is forgotten.
	Rest()
}

// Task asks for the paths of some slices.
type Task struct {
	Plan   *Plan
	Slices []int         // their numbers
	Lease  time.Duration // who takes longer than this has died or hangs
}

// Traced is the answer for one slice of a task.
type Traced struct {
	Plan  *Plan
	Slice int
	XY    []int16 // [frames × 2 × count], as in engine.Slice
}

// Plan is all that paths depend on, the weights among it, in a form that
// crosses to another thread. Plans of the same number are the same.
type Plan struct {
	Number int64
	Wire   []byte

	epoch, version int64 // of the cloud and the weights it was made for
}

// newPlan copies the weights of a checkpoint. The wire form of a command has
// room for all that a plan holds.
func newPlan(c *model.Checkpoint, s engine.Settings) (*Plan, error) {
	var b bytes.Buffer
	if err := model.Write(&b, c); err != nil {
		return nil, err
	}
	return &Plan{Wire: engine.AppendCommand(nil, &engine.Command{Op: engine.OpLoad, Settings: s, Model: b.Bytes()})}, nil
}
