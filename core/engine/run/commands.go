package run

import (
	"bytes"
	"math"

	"inkflow/core/cfm"
	"inkflow/core/density"
	"inkflow/core/engine"
	"inkflow/core/flow"
	"inkflow/core/model"
	"inkflow/core/nn"
	"inkflow/core/ode"
	"inkflow/core/path"
)

func (r *Runner) carryOut(c *engine.Command) error {
	if err := c.Validate(); err != nil {
		return err
	}
	switch c.Op {
	case engine.OpTarget:
		return r.aim(c.Target)
	case engine.OpConfigure:
		r.configure(c.Settings)
	case engine.OpTrain:
		r.on = c.On
		if c.On && r.diverged != nil {
			return r.goOn()
		}
	case engine.OpVisible:
		r.visible = c.On
	case engine.OpReset:
		return r.restart(r.target, r.label)
	case engine.OpSave:
		return r.save()
	case engine.OpLoad:
		return r.load(c.Model)
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
		return r.restart(target, t.Preset)
	}
	if err := r.trainer.Retarget(target); err != nil {
		return err
	}
	r.target, r.label = target, t.Preset
	r.replaced()
	return nil
}

// restart makes new weights for a target.
func (r *Runner) restart(target density.Target, label string) error {
	tr, err := cfm.New(target, path.CondOT{}, r.config())
	if err != nil {
		return err
	}
	r.target, r.label = target, label
	r.adopt(tr)
	return nil
}

// config is open-ended training.
func (r *Runner) config() cfm.Config {
	cfg := cfm.DefaultConfig()
	cfg.Steps = 0
	cfg.Seed = r.settings.Seed
	return cfg
}

// adopt takes a trainer with new weights.
func (r *Runner) adopt(tr *cfm.Trainer) {
	r.trainer = tr
	r.trained = 0
	r.rate = rate{}
	r.replaced()
}

// replaced says that the weights or the target are others: nothing measured or
// drawn before holds any longer, nor does a divergence.
func (r *Runner) replaced() {
	r.diverged = nil
	r.version++
	r.rebuild()
	r.measure.restart(r.target, r.settings.Seed)
}

// rebuild makes the sampler for the network and settings at hand, and room for
// its particles.
func (r *Runner) rebuild() {
	tab, err := ode.Parse(r.settings.Solver)
	if err != nil {
		panic("run: the menu of solvers names one that core/ode does not have: " + r.settings.Solver)
	}
	net := r.trainer.Net()
	r.sampler = flow.NewSampler(nn.NewField(net), net.Config.Dim, tab, ode.Uniform(r.settings.Steps))
	reach := 0.0
	for _, m := range net.Scale.Mean {
		reach = max(reach, math.Abs(m)+8*net.Scale.Std)
	}
	r.cloud.unit = float32(max(half, reach) / math.MaxInt16)
	r.cloud.shape(r.settings.Particles, r.sampler)
}

func (r *Runner) configure(s engine.Settings) {
	was := r.settings
	r.settings = s
	if s == was {
		return
	}
	r.rebuild()
	if s.Solver != was.Solver || s.Steps != was.Steps {
		r.measure.stale()
	}
}

func (r *Runner) save() error {
	var b bytes.Buffer
	err := model.Write(&b, &model.Checkpoint{Net: r.trainer.Net(), Scheduler: path.CondOT{}.Name(),
		Seed: r.settings.Seed, Step: r.trainer.Steps(), Target: r.label})
	if err != nil {
		return err
	}
	r.saved = b.Bytes()
	return nil
}

func (r *Runner) load(b []byte) error {
	c, err := model.Read(bytes.NewReader(b))
	if err != nil {
		return err
	}
	sched, err := path.Parse(c.Scheduler)
	if err != nil {
		return err
	}
	tr, err := cfm.Resume(r.target, sched, r.config(), c.Net, c.Step)
	if err != nil {
		return err
	}
	r.adopt(tr)
	return nil
}
