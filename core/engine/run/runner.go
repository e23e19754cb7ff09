package run

import (
	"errors"
	"math"
	"time"

	"inkflow/core/cfm"
	"inkflow/core/engine"
	"inkflow/core/flow"
)

// Runner trains, samples and measures in turns. It belongs to one goroutine.
type Runner struct {
	now func() time.Duration

	generation uint32
	settings   engine.Settings
	lesson     lesson // of the settings
	kept       *shape // put aside as a source, or nil
	target     *shape
	label      string // of the target, for checkpoints
	trainer    *cfm.Trainer
	sampler    *flow.Sampler
	cloud      cloud
	share      share
	measure    *measure
	painter    *painter
	fields     *fields
	theory     theory
	painted    int // what had the last turn of painting
	turns      turns
	rate       rate

	on, visible bool
	diverged    *cfm.Diverged // why the guard has stopped training, or nil
	refusal     string        // why a command was not carried out, or empty
	told        bool          // a snapshot has said so
	version     int64         // of the weights: rises with every step and replacement
	trained     time.Duration
	last        time.Duration // when Work was last left or entered
	changed     bool          // since the last snapshot
	saved       []byte
}

// New returns a runner that trains on what engine.Opening names. now is a
// monotonic clock.
func New(now func() time.Duration) *Runner {
	target, settings := engine.Opening()
	r := &Runner{now: now, settings: settings, on: true, visible: true, measure: newMeasure(), painter: newPainter()}
	r.last = now()
	if err := r.aim(target); err != nil {
		panic("run: the opening cannot be learned: " + err.Error())
	}
	return r
}

// Handle carries out a command. What cannot be carried out is refused with a
// sentence in the next snapshot, whatever commands follow before it, and
// leaves everything as it was.
func (r *Runner) Handle(c *engine.Command) {
	r.generation = c.Generation
	if r.told && c.Op != engine.OpShow { // which a stage sends all by itself
		r.refusal, r.told = "", false
	}
	r.changed = true
	was := r.training()
	if err := r.carryOut(c); err != nil {
		r.refusal, r.told = err.Error(), false
		if c.Breaking() {
			// The client lets nothing older through: it has lost what was on
			// its way.
			r.cloud.resend()
			r.painter.resend()
		}
	}
	if r.training() && !was {
		r.last = r.now() // the time held was not spent on training
	}
}

// training reports whether steps are being taken.
func (r *Runner) training() bool {
	return r.on && r.visible && r.diverged == nil
}

// Work spends about the budget and reports whether there is more to do. A
// single piece of work is a few milliseconds, but a slice of particles under
// an expensive solver can take longer than the budget.
func (r *Runner) Work(budget time.Duration) (more bool) {
	start := r.now()
	if r.training() {
		// The time between two budgets is the price of yielding, and counts.
		r.trained += min(start-r.last, time.Second)
	}
	defer func() { r.last = r.now() }()
	if !r.visible {
		r.share.rest(&r.cloud)
		return false
	}
	end := start + budget
	for t := start; t < end; {
		training := r.training()
		r.share.tend(r, t)
		r.painter.now = t
		stale := r.cloud.wanting(r.version, t, training)
		a, ok := r.turns.next([activities]bool{
			train: training,
			trace: stale,
			gauge: r.measure.wanting(r.version, training),
			paint: r.painting(training),
		})
		if !ok {
			return false
		}
		r.turn(a, min(end, t+piece))
		now := r.now()
		r.turns.charge(a, r.share.price(a, now-t, stale && !training))
		if training {
			r.trained += now - t
			r.rate.tick(now, r.trainer.Steps())
		}
		r.changed = true
		t = now
	}
	return true
}

// piece is how long one activity is let run at a time.
const piece = 4 * time.Millisecond

func (r *Runner) turn(a activity, end time.Duration) {
	switch a {
	case train:
		for ok := true; ok; ok = r.training() && r.now() < end {
			r.step()
		}
	case trace:
		r.cloud.traceNext(r.sampler, r.settings.Seed, r.version, r.share.now)
	case gauge:
		r.measure.advance(r.sampler, r.version, r.trained, !r.training(), func() bool { return r.now() >= end })
	case paint:
		r.paint(func() bool { return r.now() >= end })
	}
}

func (r *Runner) step() {
	r.version++
	errors.As(r.trainer.Step(), &r.diverged) // the one error there is
}

// Snapshot fills s with what has changed since the last one and reports
// whether anything has.
func (r *Runner) Snapshot(s *engine.Snapshot) bool {
	if !r.changed && !r.cloud.waiting() && !r.painter.waiting() && r.saved == nil {
		return false
	}
	r.changed = false
	*s = engine.Snapshot{Generation: r.generation, Status: r.status(), Training: r.training(),
		Message: r.message(), Seconds: r.trained.Seconds(), Settings: r.settings, NFE: r.cloud.tracer.spent, Model: r.saved}
	r.saved, r.told = nil, true
	s.Step = r.trainer.Steps()
	if v := r.trainer.Loss(); !math.IsNaN(v) { // before the first step
		s.Loss = v
	}
	s.Parameters = r.trainer.Net().NumParams()
	if s.Training {
		s.StepsPerSecond = r.rate.perSecond
	}
	r.measure.report(s)
	s.Fresh, s.Workers = r.cloud.fresh(r.version), r.share.workers()
	r.cloud.unsent(&s.Cloud)
	r.painter.unsent(s)
	r.fields.report(s)
	r.theory.report(s)
	return true
}

func (r *Runner) status() engine.Status {
	switch {
	case r.refusal != "":
		return engine.Refused
	case r.diverged != nil:
		return engine.Diverged
	case r.training():
		return engine.Training
	}
	return engine.Paused
}

func (r *Runner) message() string {
	switch {
	case r.refusal != "":
		return r.refusal
	case r.diverged != nil:
		return r.diverged.Advice()
	}
	return ""
}

// rate is steps a second over about the last second.
type rate struct {
	since     time.Duration
	steps     int
	perSecond float64
}

func (m *rate) tick(now time.Duration, steps int) {
	if m.since == 0 || now-m.since > 5*time.Second {
		m.since, m.steps = now, steps
		return
	}
	if d := now - m.since; d >= 500*time.Millisecond {
		v := float64(steps-m.steps) / d.Seconds()
		if m.perSecond == 0 {
			m.perSecond = v
		}
		m.perSecond += (v - m.perSecond) / 2
		m.since, m.steps = now, steps
	}
}
