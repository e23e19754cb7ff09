package run

import (
	"math/rand/v2"
	"time"

	"inkflow/core/engine"
	"inkflow/core/nn"
)

// Evaluation times the network by itself: so many points through its velocity
// field so many times, and nothing else. It is what the particles' integration
// is compared with.
type Evaluation struct {
	now   func() time.Duration
	field *nn.Field
	x, v  []float32 // [2 × SliceLen]
	left  int       // points still to go
	times int
	done  int // evaluations of the points at hand
	spent time.Duration
}

// Evaluation prepares to evaluate the network at hand at N(0, I) points, times
// times each, at rising t. Points go through in slices, as particles do.
func (r *Runner) Evaluation(points, times int) *Evaluation {
	e := &Evaluation{now: r.now, field: nn.NewField(r.trainer.Net()),
		x: make([]float32, 2*engine.SliceLen), v: make([]float32, 2*engine.SliceLen), left: points, times: times}
	rng := rand.New(rand.NewPCG(1, 1))
	for i := range e.x {
		e.x[i] = float32(rng.NormFloat64())
	}
	return e
}

// Advance evaluates for about the budget and reports whether all is done.
func (e *Evaluation) Advance(budget time.Duration) (done bool) {
	start := e.now()
	end := start + budget
	now := start
	for now < end && e.left > 0 && e.times > 0 {
		n := 2 * min(engine.SliceLen, e.left)
		e.field.Velocity(e.v[:n], e.x[:n], float64(e.done)/float64(e.times))
		if e.done++; e.done == e.times {
			e.left -= n / 2
			e.done = 0
		}
		now = e.now()
	}
	e.spent += now - start
	return e.left <= 0 || e.times <= 0
}

// Spent is the time that the evaluations took so far.
func (e *Evaluation) Spent() time.Duration { return e.spent }
