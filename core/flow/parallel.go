package flow

import (
	"sync"
	"sync/atomic"

	"inkflow/core/ode"
)

// Parallel is Sample by several samplers at once, each on a goroutine of its
// own: the points do not depend on how many there are. The samplers must be
// alike, and each must own its field, or share one that is safe for concurrent
// use. dst is [dim × n] for any n.
func Parallel(workers []*Sampler, dst []float32, seed uint64) ode.Result {
	if len(workers) == 0 {
		panic("flow: no samplers")
	}
	chunks := Chunks(workers[0].count(dst))
	results := make([]ode.Result, len(workers))
	var next atomic.Int64
	var wg sync.WaitGroup
	for w, s := range workers {
		wg.Go(func() {
			for {
				c := int(next.Add(1)) - 1
				if c >= chunks {
					return
				}
				results[w] = worst(results[w], s.SampleChunk(dst, seed, c))
			}
		})
	}
	wg.Wait()
	var res ode.Result
	for _, r := range results {
		res = worst(res, r)
	}
	return res
}
