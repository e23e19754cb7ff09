package run

import (
	"math"
	"time"

	"inkflow/core/engine"
)

// share is the hand-out of a cloud's slices to a pool. Slices are lent, not
// given away: the runner goes on with those that are not lent, and when none
// is left it takes back those that were lent last. So whatever becomes of a
// helper, the cloud is finished, and by the same paths.
type share struct {
	pool    Pool          // or nil
	now     time.Duration // of the last look
	plan    *Plan
	planned time.Duration // when it was made
	plans   int64         // made so far
	epoch   int64         // of the cloud that mean is about
	mean    float64       // seconds that the runner itself takes for a slice; 0 not known
	asleep  bool
	collect func(Traced)
}

const (
	largeCloud = 50_000                 // particles; fewer are not shared while the network learns
	worthIt    = 0.5                    // seconds of work for one thread; less is not shared
	eachHelper = 0.25                   // seconds of work that call for one more helper
	taskTime   = 0.02                   // seconds that a task should take
	maxBatch   = 8                      // slices of a task
	later      = 10                     // times over that others pay while particles are waited for
	planAge    = 100 * time.Millisecond // of weights that are lent while newer ones are being learned
)

// Share lets helpers take part in the integration of large clouds from now on.
func (r *Runner) Share(p Pool) {
	r.share = share{pool: p, collect: func(v Traced) { r.cloud.put(v) }}
}

// tend puts in what helpers have integrated and gives them more.
func (s *share) tend(r *Runner, now time.Duration) {
	s.now = now
	if s.pool == nil {
		return
	}
	s.asleep = false
	s.pool.Collect(s.collect)
	if s.epoch != r.cloud.epoch {
		s.epoch, s.mean = r.cloud.epoch, 0
	}
	if r.settings.Source == engine.Kept {
		return // the drawing that it stands for is the runner's own
	}
	held := !r.training()
	stale, open := r.cloud.left(r.version, held)
	helpers := s.wanted(stale, r.cloud.total, held)
	free := s.pool.Free(helpers)
	if helpers == 0 || free == 0 {
		return
	}
	plan := s.current(r, now, held)
	if plan == nil {
		return
	}
	// A task is a part of what is left, so that all are done at about the same
	// time (guided self-scheduling, Polychronopoulos and Kuck 1987).
	batch := min(maxBatch, int(taskTime/s.mean), open/(2*(s.pool.Helpers()+1)))
	batch = max(batch, 1)
	lease := 2*time.Second + time.Duration(40*s.mean*float64(batch)*float64(time.Second))
	for ; free > 0 && open > 1; free-- { // the last one is the runner's
		slices := r.cloud.lend(min(batch, open-1), r.version, now+lease, held)
		if len(slices) == 0 {
			return
		}
		open -= len(slices)
		s.pool.Give(&Task{Plan: plan, Slices: slices, Lease: lease})
	}
}

// wanted is how many helpers are worth their start.
func (s *share) wanted(stale, total int, held bool) int {
	work, there := s.mean*float64(stale), s.pool.Helpers()
	if !held && total < largeCloud || there == 0 && work < worthIt {
		return 0
	}
	return max(there, int(math.Ceil(work/eachHelper)))
}

// current is a plan with the weights at hand, or nearly so while they move.
func (s *share) current(r *Runner, now time.Duration, held bool) *Plan {
	if p := s.plan; p != nil && p.epoch == r.cloud.epoch &&
		(p.version == r.version || !held && now-s.planned < planAge) {
		return p
	}
	p, err := newPlan(r.checkpoint(), r.settings)
	if err != nil {
		return nil // what cannot be kept cannot be lent
	}
	s.plans++
	p.Number, p.epoch, p.version = s.plans, r.cloud.epoch, r.version
	s.plan, s.planned = p, now
	return p
}

// price is what a turn is charged. It notes how long the runner itself takes
// for a slice. While a held network's particles are still on their way, all
// else pays many times over and so comes after them, nearly: a measure wants
// thousands of particles of its own.
func (s *share) price(a activity, took time.Duration, waited bool) time.Duration {
	switch {
	case a == trace && s.mean == 0:
		s.mean = took.Seconds()
	case a == trace:
		s.mean += (took.Seconds() - s.mean) / 4
	case waited:
		return later * took
	}
	return took
}

// rest lets the helpers go: nobody looks.
func (s *share) rest(c *cloud) {
	if s.pool == nil || s.asleep {
		return
	}
	s.pool.Rest()
	s.asleep = true
	for i := range c.slices {
		c.slices[i].due = 0
	}
}

// workers is how many threads integrate particles.
func (s *share) workers() int {
	if s.pool == nil {
		return 1
	}
	return 1 + s.pool.Helpers()
}
