package cli

import (
	"context"
	"sync"
	"sync/atomic"
)

// share does the pieces 0 … n−1 of a piece of work on some goroutines, each
// piece once and by one worker; what a piece computes must not depend on which.
// It stops early when a piece fails or outer ends, and returns that error: of
// several failures, one.
func share(outer context.Context, workers, n int, work func(worker, piece int) error) error {
	ctx, stop := context.WithCancelCause(outer)
	defer stop(nil)
	var next atomic.Int64
	var wg sync.WaitGroup
	for w := range min(workers, n) {
		wg.Go(func() {
			for ctx.Err() == nil {
				piece := int(next.Add(1)) - 1
				if piece >= n {
					return
				}
				if err := work(w, piece); err != nil {
					stop(err)
				}
			}
		})
	}
	wg.Wait()
	if err := outer.Err(); err != nil {
		return err
	}
	return context.Cause(ctx)
}

// turns brings the results of pieces that share does side by side into order.
type turns struct {
	mu   sync.Mutex
	next *sync.Cond // turn or err has changed
	turn int
	err  error // of the piece that ended the row
}

func newTurns() *turns {
	t := new(turns)
	t.next = sync.NewCond(&t.mu)
	return t
}

// take waits until the pieces 0 … piece−1 have had their turn and then calls
// f, one caller at a time. After a failure no more turns are given, and all
// return its error. Every piece must take its turn, even to fail: the next one
// waits for it.
func (t *turns) take(piece int, f func() error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.turn != piece && t.err == nil {
		t.next.Wait()
	}
	if t.err == nil {
		t.err = f()
		t.turn++
		t.next.Broadcast()
	}
	return t.err
}
