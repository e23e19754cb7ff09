package run

import (
	"math"
	"math/rand/v2"

	"inkflow/core/engine"
	"inkflow/core/flow"
	"inkflow/core/model"
	"inkflow/core/nn"
	"inkflow/core/ode"
	"inkflow/core/path"
)

// newSampler is all that carries particles. Helpers on other threads make it
// from the same checkpoint and settings, and find the same paths. source is
// what the flow starts from, nil for Gaussian noise.
func newSampler(c *model.Checkpoint, s engine.Settings, source *shape) (*flow.Sampler, error) {
	plan, err := planOf(s)
	if err != nil {
		return nil, err
	}
	m, err := modelOf(c, s, source)
	if err != nil {
		return nil, err
	}
	return flow.New(m, plan)
}

// modelOf is a checkpoint as something to sample.
func modelOf(c *model.Checkpoint, s engine.Settings, source *shape) (flow.Model, error) {
	p, err := path.Parse(c.Scheduler)
	if err != nil {
		return flow.Model{}, err
	}
	m := flow.Model{Field: nn.NewField(c.Net), Dim: c.Net.Config.Dim, Path: p, HasScore: s.Scored(), Bridge: s.Bridge()}
	if source != nil {
		m.Source = func(rng *rand.Rand, x []float32) { source.Sample(rng, x) }
	}
	return m, nil
}

// adaptiveFrames is how many pieces of its way are looked at where the solver
// chooses its own steps.
const adaptiveFrames = 16

// planOf is the settings as a way of sampling.
func planOf(s engine.Settings) (flow.Plan, error) {
	method, err := ode.ParseMethod(s.Solver)
	if err != nil {
		return flow.Plan{}, err
	}
	p := flow.Plan{Method: method, Steps: s.Steps, Grid: s.Grid, Rtol: s.Tolerance, Atol: s.Tolerance,
		Noise: s.Noise, Corrector: s.Corrector}
	if method.Adaptive() {
		p.Steps, p.Grid = adaptiveFrames, "uniform"
	}
	if s.Along != "" {
		if p.Along, err = path.Parse(s.Along); err != nil {
			return flow.Plan{}, err
		}
	}
	return p, nil
}

// unitOf is what a count of a particle's coordinate stands for: far enough for
// any path of a network of that scale, and for the noise it starts from.
func unitOf(c *model.Checkpoint, s engine.Settings) float32 {
	spread := 1.0
	for _, name := range []string{c.Scheduler, s.Along} {
		if p, err := path.Parse(name); err == nil && name != "" {
			spread = p.Source()
		}
	}
	reach := 5 * spread
	for _, m := range c.Net.Scale.Mean {
		reach = max(reach, math.Abs(m)+8*c.Net.Scale.Std)
	}
	return float32(max(half, reach) / math.MaxInt16)
}
