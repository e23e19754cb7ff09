package cfm

import (
	"math/rand/v2"

	"inkflow/core/nn"
	"inkflow/core/nn/kernel"
	"inkflow/core/path"
)

// Trainer fits a network to a target, one optimiser step at a time. It belongs
// to one goroutine.
type Trainer struct {
	cfg     Config
	target  Target
	sched   path.Scheduler
	net     *nn.Net // the weights being trained
	average *nn.Net // their moving average, what the world sees
	adam    *nn.AdamW
	ema     nn.EMA

	batch  *batch
	shards []*shard // of the batch, one a worker
	crew   *crew    // who works on them

	steps   int // done in all
	age     int // where in the rate schedule; Retarget begins a new one
	loss    smooth
	good    state
	stopped *Diverged
}

// Streams of random numbers: each use has its own, so that a longer sample for
// one does not change the other.
const (
	streamScale = 1 + iota
	streamWeights
	streamBatches
	streamRetarget
)

// New makes a trainer with a fresh network. The error says which setting is
// wrong, or that target and network do not fit.
func New(target Target, sched path.Scheduler, cfg Config) (*Trainer, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if err := fits(target, sched, cfg); err != nil {
		return nil, err
	}
	scale, err := estimate(target, cfg, streamScale)
	if err != nil {
		return nil, err
	}
	net, err := nn.New(cfg.Net, scale, sched, rand.New(rand.NewPCG(cfg.Seed, streamWeights)))
	if err != nil {
		return nil, err
	}
	if cfg.Predict != path.Velocity {
		net.Predict = cfg.Predict
	}
	return assemble(target, sched, net, cfg, 0), nil
}

// assemble makes a trainer around net, which is its own from here on.
func assemble(target Target, sched path.Scheduler, net *nn.Net, cfg Config, steps int) *Trainer {
	p := net.NumParams()
	stream := streamBatches + uint64(steps)<<8
	pairs := newPairs(target, cfg, cfg.Batch, rand.New(rand.NewPCG(cfg.Seed, stream)), kernel.NewNormal(cfg.Seed, stream))
	from, to := span(sched, cfg)
	t := &Trainer{
		cfg: cfg, target: target, sched: sched, steps: steps,
		net: net, average: net.Clone(),
		adam: nn.NewAdamW(p), ema: nn.EMA{Decay: cfg.EMA},
		batch: newBatch(pairs, cfg, from, to),
		good:  newState(p),
	}
	t.adam.Decay = cfg.WeightDecay
	w := work{net: net, batch: t.batch, weight: cfg.Weight}
	if cfg.Coupling != nil {
		w.noise = cfg.Coupling.Noise()
	}
	t.hire(w)
	t.save()
	return t
}

// Step takes one optimiser step. It allocates nothing.
//
// When training has blown up (a rate far too high, a target that gives NaN), the
// trainer returns to its last good weights and Step returns a *[Diverged]. It
// then stays there: every further Step returns the same error and changes
// nothing, until [Trainer.SetRate] or [Trainer.Retarget]. Whether to go on, and
// how, is the caller's choice, not the guard's.
func (t *Trainer) Step() error {
	if t.stopped != nil {
		return t.stopped
	}
	t.batch.draw()
	t.crew.run()
	scaled, natural := t.total()
	if !t.healthy(scaled) {
		return t.diverge(scaled)
	}
	// The weights have just been tried: they may join the average.
	t.ema.Update(t.average.Weights, t.net.Weights)
	t.loss.add(natural)
	if t.steps%copyEvery == 0 {
		t.save()
	}
	t.adam.Step(t.net.Weights, t.shards[0].grad, t.Rate())
	t.steps++
	t.age++
	return nil
}

// Steps is the number of steps done since New.
func (t *Trainer) Steps() int { return t.steps }

// Done reports whether the planned length is reached. Steps past it change
// nothing; an open-ended run is never done.
func (t *Trainer) Done() bool { return t.cfg.Steps > 0 && t.age >= t.cfg.Steps }

// Loss is the smoothed CFM loss of the last hundred steps or so: the squared error
// of the velocity, the mean over samples and coordinates in natural units, under
// uniform time on the scheduler's interval. It is that whatever the network
// predicts (the error is turned into one of the velocity) and whatever times and
// weights it is trained with. NaN before the first step.
func (t *Trainer) Loss() float64 { return t.loss.value() }

// Net is the network with the averaged weights, what is sampled and saved. It is
// finite always, valid until the next Step, and must not be changed; Clone it to
// keep it.
func (t *Trainer) Net() *nn.Net { return t.average }

// Rate is the learning rate of the next step.
func (t *Trainer) Rate() float64 {
	return t.cfg.Rate * min(schedule(t.age, t.cfg.Steps), nn.WarmUp(t.adam.Count, freshWarmUp))
}

// SetRate sets the peak learning rate. After a divergence it clears it, and the
// optimiser starts over with a short warm-up.
func (t *Trainer) SetRate(rate float64) error {
	c := t.cfg
	c.Rate = rate
	if err := c.Validate(); err != nil {
		return err
	}
	t.cfg = c
	if t.stopped != nil {
		t.stopped = nil
		t.adam.Reset()
		t.save()
	}
	return nil
}

// Retarget goes on with the same (averaged) weights on other data: the scale is
// estimated anew, with the same source and coupling, and the average, the
// optimiser's moments and the rate schedule start over. It clears a divergence. On
// an error nothing has changed.
func (t *Trainer) Retarget(target Target) error {
	if err := fits(target, t.sched, t.cfg); err != nil {
		return err
	}
	scale, err := estimate(target, t.cfg, streamRetarget+uint64(t.steps)<<8)
	if err != nil {
		return err
	}
	t.target, t.stopped = target, nil
	t.batch.aim(target)
	t.net.Scale, t.average.Scale = scale, scale
	copy(t.net.Weights, t.average.Weights)
	t.adam.Reset()
	t.ema.Reset()
	t.age, t.loss = 0, smooth{}
	t.save()
	return nil
}
