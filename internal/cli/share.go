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
