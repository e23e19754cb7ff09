package cfm

import (
	"errors"
	"fmt"

	"inkflow/core/nn"
	"inkflow/core/nn/kernel"
	"inkflow/core/path"
)

// Resume makes a trainer that goes on from a network, saved after so many steps.
// The network is copied and keeps its own scale, without which its weights mean
// nothing; cfg.Net is ignored. The optimiser's moments and the average begin
// anew, with a short warm-up, and the random numbers are not those of the first
// run. An open-ended run takes up its rate schedule where it was; a planned one
// begins another plan of cfg.Steps.
func Resume(target Target, sched path.Scheduler, cfg Config, net *nn.Net, steps int) (*Trainer, error) {
	cfg.Net = net.Config
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if err := fits(target, sched, cfg); err != nil {
		return nil, err
	}
	if steps < 0 {
		return nil, fmt.Errorf("cfm: a network cannot have had %d steps", steps)
	}
	if !kernel.Finite(net.Weights) {
		return nil, errors.New("cfm: the saved network has weights that are not finite numbers; train it again")
	}
	net = net.Clone()
	net.Schedule = sched
	t := assemble(target, net, cfg, steps)
	if cfg.Steps == 0 {
		t.age = steps
		t.save()
	}
	return t, nil
}
