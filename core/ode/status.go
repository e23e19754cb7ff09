package ode

// Status says how an integration ended.
type Status int

const (
	// Done: the last time of the grid was reached.
	Done Status = iota
	// NonFinite: a step led to a NaN or an infinity. That step was not taken:
	// the state is the last finite one.
	NonFinite
)

// String is the status in words for a log.
func (s Status) String() string {
	switch s {
	case Done:
		return "done"
	case NonFinite:
		return "a step was not finite"
	}
	return "unknown status"
}

// Advice is what to do next, empty when there is nothing to mend.
func (s Status) Advice() string {
	if s == NonFinite {
		return "take more steps, choose a solver of lower order, or end the grid a little before the time where the field is singular"
	}
	return ""
}

// Result tells what an integration cost and how it ended.
type Result struct {
	Evaluations int // calls of the field: the NFE of every point in the buffer
	Steps       int // steps taken
	Status      Status
}
