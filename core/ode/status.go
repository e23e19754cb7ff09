package ode

// Status says how an integration ended.
type Status int

const (
	// Done: the last time of the grid was reached.
	Done Status = iota
	// NonFinite: a step led to a NaN or an infinity, or every step that an
	// adaptive method tried did. It was not taken: the state is the last finite
	// one.
	NonFinite
	// TooManySteps: an adaptive method took Options.MaxSteps steps and was not at
	// the end.
	TooManySteps
	// StepTooSmall: an adaptive method met its tolerance with no step that moves
	// the time at all.
	StepTooSmall
)

// String is the status in words for a log.
func (s Status) String() string {
	switch s {
	case Done:
		return "done"
	case NonFinite:
		return "a step was not finite"
	case TooManySteps:
		return "too many steps"
	case StepTooSmall:
		return "the step became too small"
	}
	return "unknown status"
}

// Advice is what to do next, empty when there is nothing to mend.
func (s Status) Advice() string {
	switch s {
	case NonFinite:
		return "take more steps, choose a solver of lower order, or end the grid a little before the time where the field is singular"
	case TooManySteps:
		return "loosen the tolerances, allow more steps, or choose a solver with fixed steps such as midpoint"
	case StepTooSmall:
		return "loosen the tolerances, or end the grid a little before the time where the field is singular"
	}
	return ""
}

// Result tells what an integration cost and how it ended.
type Result struct {
	Evaluations int // calls of the field: the NFE of every point in the buffer
	Steps       int // steps taken
	Rejected    int // steps tried in vain, by adaptive methods
	Status      Status
}
