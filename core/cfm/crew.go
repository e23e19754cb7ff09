package cfm

import (
	"runtime"
	"sync"

	"inkflow/core/nn/kernel"
)

// The gradient of a batch is a sum over its columns, so columns can be shared out:
// each worker goes through its own shard, forward and backward, and the parts are
// added in the order of the shards. Who is done first changes nothing, and the same
// number of workers gives the same bits; another number splits the sums elsewhere
// and differs in rounding.

// crew is the goroutines that work on all shards but the first. They wait between
// steps and allocate nothing. They know their shards and not their trainer, so that
// a trainer nobody holds any more can be collected, which sends them home.
type crew struct {
	work   work
	shards []*shard
	start  []chan struct{} // one a goroutine; nil before the first step
	done   sync.WaitGroup
	closed bool
}

// hire splits the batch into shards, and whole tiles of the kernels where there
// are enough.
func (t *Trainer) hire(w work) {
	n := t.cfg.Batch
	most := (n + kernel.Align - 1) / kernel.Align
	count := max(1, min(t.cfg.Workers, most))
	c := &crew{work: w}
	first := firstShare(most, count)
	from := 0
	for k := range count {
		tiles := first // of the shards up to this one
		if k > 0 {
			tiles += k * (most - first) / (count - 1)
		}
		to := min(n, tiles*kernel.Align)
		c.shards = append(c.shards, newShard(t.net, from, to-from))
		from = to
	}
	t.shards, t.crew = c.shards, c
	if count > 1 {
		runtime.AddCleanup(t, (*crew).close, c)
	}
}

// firstShare is how many of the tiles the caller's own shard gets. It also draws
// the next batch, about a tenth of the work of them all.
func firstShare(tiles, shards int) int {
	const draw = .1
	share := (1+draw)/float64(shards) - draw
	if shards == 1 {
		share = 1
	}
	return min(max(int(share*float64(tiles)+.5), 1), tiles-shards+1)
}

// run has every shard worked on. (Goroutines that look for work in a loop instead
// of sleeping between steps were slower wherever two cores share anything.)
func (c *crew) run() {
	if c.start == nil && len(c.shards) > 1 && !c.closed {
		c.begin()
	}
	if c.start == nil {
		if len(c.shards) > 1 { // the same order of draws as with goroutines
			c.work.batch.drawAhead()
		}
		for _, s := range c.shards {
			s.do(&c.work)
		}
		return
	}
	c.done.Add(len(c.start))
	for _, start := range c.start {
		start <- struct{}{}
	}
	c.work.batch.drawAhead()
	c.shards[0].do(&c.work)
	c.done.Wait()
}

func (c *crew) begin() {
	for _, s := range c.shards[1:] {
		start := make(chan struct{}, 1)
		c.start = append(c.start, start)
		go func() {
			for range start {
				s.do(&c.work)
				c.done.Done()
			}
		}()
	}
}

// close sends the goroutines home.
func (c *crew) close() {
	for _, start := range c.start {
		close(start)
	}
	c.start, c.closed = nil, true
}

// Close ends the goroutines of a trainer with several workers. It may still take
// steps, to the same result, in the caller's goroutine. A trainer that is dropped
// without Close ends them when it is collected.
func (t *Trainer) Close() { t.crew.close() }

// total adds up the parts of the shards: the gradient in the first one's, and the
// two losses.
func (t *Trainer) total() (scaled, natural float64) {
	sum := t.shards[0].grad
	for _, s := range t.shards[1:] {
		grad := s.grad[:len(sum)]
		for i := range sum {
			sum[i] += grad[i]
		}
	}
	for _, s := range t.shards {
		scaled += s.scaled
		natural += s.natural
	}
	return scaled, natural
}
