package cfm

import (
	"errors"
	"strconv"

	"inkflow/core/nn"
	"inkflow/core/nn/kernel"
	"inkflow/core/path"
)

// Resume makes a trainer that goes on from a network, saved after so many steps.
// The network is copied and keeps its shape, its scale and what it predicts,
// without which its weights mean nothing; cfg.Net and cfg.Predict are ignored. The optimiser's moments and the average begin
// anew, with a short warm-up, and the random numbers are not those of the first
// run. An open-ended run takes up its rate schedule where it was; a planned one
// begins another plan of cfg.Steps.
func Resume(target Target, sched path.Scheduler, cfg Config, net *nn.Net, steps int) (*Trainer, error) {
	cfg.Net, cfg.Predict = net.Config, path.Velocity
	if net.Predict != nil {
		p, ok := net.Predict.(path.Prediction)
		if !ok {
			return nil, errors.New("cfm: the saved network predicts no quantity that can be trained here, want velocity, x1, epsilon or score")
		}
		cfg.Predict = p
	}
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if err := fits(target, sched, cfg); err != nil {
		return nil, err
	}
	if steps < 0 {
		return nil, errors.New("cfm: a network cannot have had " + strconv.Itoa(steps) + " steps")
	}
	if !kernel.Finite(net.Weights) {
		return nil, errors.New("cfm: the saved network has weights that are not finite numbers; train it again")
	}
	net = net.Clone()
	net.Schedule = sched
	t := assemble(target, sched, net, cfg, steps)
	if cfg.Steps == 0 {
		t.age = steps
		t.save()
	}
	return t, nil
}
