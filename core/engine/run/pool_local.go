package run

import (
	"slices"
	"sync"
)

// Team is a pool of goroutines in this process.
type Team struct {
	most int
	wake func() // something can be collected
	wg   sync.WaitGroup

	mu      sync.Mutex
	more    *sync.Cond // a task, or another era
	era     int        // rises when all helpers are let go
	helpers int        // of this era
	pending int        // tasks given in this era and not finished
	tasks   []*Task
	traced  []Traced
	spare   [][]int16
}

var _ Pool = (*Team)(nil)

// NewTeam returns a pool of at most so many goroutines, which start when they
// are wanted. wake is called, on any goroutine, when there is something to
// collect.
func NewTeam(most int, wake func()) *Team {
	t := &Team{most: most, wake: wake}
	t.more = sync.NewCond(&t.mu)
	return t
}

// Free implements Pool.
func (t *Team) Free(helpers int) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	helpers = min(helpers, t.most)
	for t.helpers < helpers {
		t.helpers++
		era := t.era
		t.wg.Go(func() { t.help(era) })
	}
	return max(0, 2*helpers-t.pending) // one in work, one in hand
}

// Give implements Pool.
func (t *Team) Give(task *Task) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.pending++
	t.tasks = append(t.tasks, task)
	t.more.Signal()
}

// Collect implements Pool.
func (t *Team) Collect(take func(v Traced)) {
	t.mu.Lock()
	traced := t.traced
	t.traced = nil
	t.mu.Unlock()
	if traced == nil {
		return
	}
	for _, v := range traced {
		take(v)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, v := range traced {
		if len(t.spare) < 2*maxBatch*t.most {
			t.spare = append(t.spare, v.XY)
		}
	}
}

// Helpers implements Pool.
func (t *Team) Helpers() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.helpers
}

// Rest implements Pool.
func (t *Team) Rest() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.era++
	t.helpers, t.pending = 0, 0
	t.tasks, t.traced, t.spare = nil, nil, nil
	t.more.Broadcast()
}

// Close lets all helpers go and returns when they have.
func (t *Team) Close() {
	t.Rest()
	t.wg.Wait()
}

// help is the life of one helper.
func (t *Team) help(era int) {
	var h Helper
	for task := t.next(era); task != nil; task = t.next(era) {
		for _, slice := range task.Slices {
			xy, err := h.Trace(task.Plan, slice)
			if err != nil {
				panic("run: a plan of this process cannot be followed: " + err.Error())
			}
			if !t.deliver(era, Traced{task.Plan, slice, xy}) {
				return
			}
		}
		t.mu.Lock()
		if t.era == era {
			t.pending--
		}
		t.mu.Unlock()
		t.wake()
	}
}

// next waits for a task; nil when the era is over.
func (t *Team) next(era int) *Task {
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.era == era && len(t.tasks) == 0 {
		t.more.Wait()
	}
	if t.era != era {
		return nil
	}
	task := t.tasks[0]
	t.tasks = slices.Delete(t.tasks, 0, 1)
	return task
}

// deliver keeps a copy of the paths until they are collected. It reports
// whether anybody still waits for them.
func (t *Team) deliver(era int, v Traced) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.era != era {
		return false
	}
	var b []int16
	if n := len(t.spare); n > 0 {
		b, t.spare = t.spare[n-1], t.spare[:n-1]
	}
	v.XY = append(b[:0], v.XY...)
	t.traced = append(t.traced, v)
	return true
}
