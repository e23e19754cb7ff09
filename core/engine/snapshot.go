package engine

// Status is what the runner is doing.
type Status uint8

// The states of a runner.
const (
	Idle     Status = iota // nothing is known yet: what a zero Snapshot says
	Training               // steps are being taken
	Paused                 // held by the user, or hidden
	Diverged               // the guard went back to the last good weights; Message says what to do
	Refused                // a command could not be carried out; Message says why
)

// String is the status in one lower-case word.
func (s Status) String() string {
	switch s {
	case Idle:
		return "idle"
	case Training:
		return "training"
	case Paused:
		return "paused"
	case Diverged:
		return "diverged"
	case Refused:
		return "refused"
	}
	return "unknown"
}

// Snapshot is what the runner shows of itself.
type Snapshot struct {
	Generation uint32 // of the last command it has carried out
	Status     Status
	Training   bool   // whether steps are being taken, whatever Status says
	Message    string // a sentence for the user, or empty

	Step           int     // optimiser steps of this network
	Seconds        float64 // spent training it, wall-clock
	StepsPerSecond float64 // over about the last second, measures and sampling included
	Loss           float64 // CFM loss, mean over samples and coordinates; 0 before the first step
	LossFloor      float64 // what no network can go below; 0: not known
	Parameters     int
	NFE            int // network evaluations a sample costs; 0: not known yet

	// The negative log-likelihood of fresh target points under the learned
	// flow, in nats, the mean over so many points (0: not known), and the
	// target's entropy, the least it can be.
	NLL          float64
	NLLPoints    int
	Entropy      float64
	EntropyKnown bool

	// W2 between generated and target points and W2 between two target sets
	// of the same size; each the mean of so many draws, 0 draws: not known.
	W2, Floor           float64
	W2Draws, FloorDraws int
	Points              int // n of both
	Settings            Settings
	Curves              Curves
	Fresh               int // particles integrated with the weights and settings at hand
	Workers             int // threads that integrate particles: 1, and the helpers
	Cloud               Cloud
	Fields              []Field // layers computed since the snapshot before
	Proof               Proof
	Model               []byte // answer to OpSave
}

// Cloud is part of the particles with their whole paths. Particles come in
// slices of SliceLen (the last one may be shorter); a snapshot carries those
// that changed since the one before it.
type Cloud struct {
	Total  int       // particles of the whole cloud
	Times  []float32 // [frames] increasing within [0, 1]
	Unit   float32   // natural units a count of XY stands for
	Slices []Slice
}

// SliceLen is the number of particles that are integrated, sent and drawn
// together: a chunk of core/flow, so that a particle of the page is the sample
// of the same number and seed that the command line writes.
const SliceLen = 1024

// MaxFrames bounds the frames kept of a path.
const MaxFrames = 17

// Slice holds the paths of particles First … First+Count−1.
type Slice struct {
	First, Count int
	XY           []int16 // [frames × 2 × Count]: a row of x, a row of y, frame by frame
}
