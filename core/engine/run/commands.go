package run

import (
	"inkflow/core/engine"
	"inkflow/core/flow"
)

func (r *Runner) carryOut(c *engine.Command) error {
	if err := c.Validate(); err != nil {
		return err
	}
	switch c.Op {
	case engine.OpTarget:
		return r.aim(c.Target)
	case engine.OpConfigure:
		return r.configure(c.Settings, c.On)
	case engine.OpTrain:
		r.on = c.On
		if c.On && r.diverged != nil {
			return r.goOn()
		}
	case engine.OpVisible:
		r.visible = c.On
	case engine.OpReset:
		return r.restart(r.target, r.label, r.settings)
	case engine.OpSave:
		return r.save()
	case engine.OpLoad:
		return r.load(c.Model)
	case engine.OpSource:
		kept, err := open(c.Target)
		if err != nil {
			return err
		}
		r.kept = kept
	case engine.OpShow:
		r.painter.show(c.Layers)
	}
	return nil
}

// goOn takes up training after a divergence as its advice has it, at a lower
// rate. Where the data is at fault, no rate helps.
func (r *Runner) goOn() error {
	if r.diverged.Target {
		return nil
	}
	if err := r.trainer.SetRate(r.diverged.Lower()); err != nil {
		return err
	}
	r.diverged = nil
	return nil
}

// aim takes another target, with the weights at hand unless it is a fresh one.
func (r *Runner) aim(t engine.Target) error {
	target, err := open(t)
	if err != nil {
		return err
	}
	if r.trainer == nil || t.Fresh {
		return r.restart(target, t.Preset, r.settings)
	}
	if err := r.trainer.Retarget(target); err != nil {
		return err
	}
	r.target, r.label = target, t.Preset
	r.replaced()
	return nil
}

// replaced says that the weights or the target are others: nothing measured or
// drawn before holds any longer, nor does a divergence.
func (r *Runner) replaced() {
	r.diverged = nil
	r.version++
	r.rebuild()
	r.measure.restart(r.target, r.settings.Seed)
	r.painter.forget()
	r.fields = newFields(r)
	r.theory.forget(r.settings.Seed)
}

// rebuild makes the sampler for the network and settings at hand, and room for
// its particles. The settings have been found to go together before.
func (r *Runner) rebuild() {
	sampler, err := newSampler(r.checkpoint(), r.settings, r.lesson.source)
	if err != nil {
		panic("run: settings that were let through cannot be sampled: " + err.Error())
	}
	r.use(sampler)
}

// use has the particles carried by a sampler.
func (r *Runner) use(s *flow.Sampler) {
	r.sampler = s
	r.cloud.unit = unitOf(r.checkpoint(), r.settings)
	r.cloud.shape(r.settings.Particles, s)
	if r.fields != nil && r.fields.along != r.settings.Along {
		r.painter.forget()
		r.fields = newFields(r)
	}
	r.cloud.tracer.spent = 0
}
