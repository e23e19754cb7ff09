package cfm

import "inkflow/core/nn"

// How the learning rate moves: 2 % warm-up, then decay to 0 by the planned end.
// Without a plan: warm-up, a stable stretch, then a slow decay that never ends,
// so that a run can be stopped, or go on, at any time.
const (
	warmUpShare = .02
	freshWarmUp = 100 // steps, whenever the optimiser's moments are new
	openStable  = 1000
	openFloor   = .02
)

// schedule is the factor on the peak rate at a step of a run of the planned
// length, 0 for an open end.
func schedule(step, planned int) float64 {
	if planned == 0 {
		return nn.InverseRoot(step, openStable, openFloor)
	}
	warm := int(warmUpShare * float64(planned))
	if step < warm {
		return nn.WarmUp(step, warm)
	}
	return nn.CosineDecay(step-warm, planned-warm)
}
