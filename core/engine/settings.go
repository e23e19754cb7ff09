package engine

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// Settings are what the panel turns. The first block says what is learned, the
// second how, the third how it is sampled.
//
// One rule holds for all: what is learned can only change by learning afresh,
// with an OpConfigure that is On. Everything else is taken up at once by the
// network at hand.
type Settings struct {
	Scheduler string // of Schedulers, "vp:min=0.1,max=20" for example
	Predict   string // of Predictions
	Coupling  string // of Couplings
	Source    string // "" Gaussian noise, a preset's name, or Kept

	Seed   uint64 // of weights, training draws and the particles' noise
	Weight string // of Weights
	Times  string // of Samplings

	Solver    string  // of Solvers
	Steps     int     // of the solver, 1 … MaxSteps; adaptive ones choose theirs
	Grid      string  // a name of Grids, "" the solver's own, or a list of times "0,0.3,1"
	Tolerance float64 // relative, of adaptive solvers, MinTolerance … MaxTolerance
	Noise     float64 // g of the SDE, 0 … MaxNoise, or Reverse; 0 is the ODE
	Corrector int     // Langevin steps after each step, 0 … MaxCorrector
	Along     string  // of Schedulers: sample along another path than was trained; "" the same
	Particles int     // MinParticles … MaxParticles
}

// Kept is the Source of a drawing that OpSource has put aside.
const Kept = "drawing"

// Reverse is the Noise of the reverse-time diffusion (Song et al. 2021): the
// level is not a constant, but what the path itself says.
const Reverse = -1

// Limits of the settings and of a drawing.
const (
	MinParticles = 1_000
	MaxParticles = 500_000
	MaxSteps     = 64
	MinTolerance = 1e-6
	MaxTolerance = 1e-1
	MaxNoise     = 4
	MaxCorrector = 4
	MaxSide      = 1 << 13 // cells along one side
	MaxCells     = 1 << 20
	MaxModel     = 64 << 20 // bytes of a checkpoint
)

// Opening is what every client and runner starts from: the page's first
// picture. A stage that is content with it need not send a word.
func Opening() (Target, Settings) {
	return Target{Preset: "word", Fresh: true}, Settings{
		Scheduler: "condot", Predict: "velocity", Coupling: "independent",
		Seed: 1, Weight: "uniform", Times: "logit-normal",
		Solver: "midpoint", Steps: 8, Tolerance: 1e-3, Particles: 20_000}
}

// SameLesson reports whether what is learned is the same under both.
func (s Settings) SameLesson(as Settings) bool {
	return s.Scheduler == as.Scheduler && s.Predict == as.Predict && s.Coupling == as.Coupling && s.Source == as.Source
}

// WithLesson is s with what is learned taken from another.
func (s Settings) WithLesson(of Settings) Settings {
	s.Scheduler, s.Predict, s.Coupling, s.Source = of.Scheduler, of.Predict, of.Coupling, of.Source
	return s
}

// SameSampling reports whether particles are carried the same way under both.
// Their number is another matter.
func (s Settings) SameSampling(as Settings) bool {
	s.Particles, s.Seed, s.Weight, s.Times = as.Particles, as.Seed, as.Weight, as.Times
	return s.WithLesson(as) == as
}

// Adaptive reports whether the solver chooses its own steps.
func (s Settings) Adaptive() bool {
	l := Solvers().Find(s.Solver)
	return l != nil && l.Adaptive
}

// Scored reports whether the score, and with it every sampler that adds noise,
// follows from the velocity: the source is Gaussian and knows nothing of the
// data (docs of core/path).
func (s Settings) Scored() bool { return s.Source == "" && s.Coupling == "independent" }

// Bridge reports whether pairs are joined by Brownian bridges: no mixtures of
// their two ends alone.
func (s Settings) Bridge() bool { return name(s.Coupling) == "sb" }

// Exact reports whether the exact answer for these settings is known: the same
// condition.
func (s Settings) Exact() bool { return s.Scored() }

// Validate says in a sentence what is wrong with the settings and what would
// be right. Whether a preset of Source's name exists, and what a parameter may
// be, the runner says.
func (s Settings) Validate() error {
	for _, m := range []struct {
		menu       Menu
		what, text string
	}{
		{Schedulers(), "scheduler", s.Scheduler}, {Predictions(), "prediction", s.Predict},
		{Couplings(), "coupling", s.Coupling}, {Weights(), "weight", s.Weight},
		{Samplings(), "time sampling", s.Times}, {Solvers(), "solver", s.Solver},
	} {
		if _, _, err := m.menu.Read(m.what, m.text); err != nil {
			return err
		}
	}
	if s.Along != "" {
		if _, _, err := Schedulers().Read("scheduler", s.Along); err != nil {
			return err
		}
	}
	if err := s.ranges(); err != nil {
		return err
	}
	if err := checkGrid(s.Grid); err != nil {
		return err
	}
	return s.together()
}

func (s Settings) ranges() error {
	if s.Noise == Reverse {
		s.Noise = 0
	}
	for _, r := range [...]struct {
		before      string
		v           float64
		after       string
		least, most float64
	}{
		{"", float64(s.Steps), " solver steps are", 1, MaxSteps},
		{"", float64(s.Particles), " particles are", MinParticles, MaxParticles},
		{"a tolerance of ", s.Tolerance, " is", MinTolerance, MaxTolerance},
		{"a noise level of ", s.Noise, " is", 0, MaxNoise},
		{"", float64(s.Corrector), " corrector steps are", 0, MaxCorrector},
	} {
		if !(r.v >= r.least && r.v <= r.most) {
			return errors.New(r.before + whole(r.v) + r.after + " out of range; take " + whole(r.least) + " to " + whole(r.most))
		}
	}
	if len(s.Source) > 64 {
		return errors.New("a source is the name of a preset, and none is as long as " + quote(s.Source))
	}
	return nil
}

// whole is a number without an exponent where it has no fraction.
func whole(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return number(v)
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// gridNames lists the grids that have a name of their own.
func gridNames() string {
	names := grids.names()
	return strings.TrimSuffix(strings.TrimPrefix(names, "own, "), ", custom")
}

// checkGrid looks at the name of a grid or a list of times.
func checkGrid(grid string) error {
	if grid == "" {
		return nil
	}
	if !strings.Contains(grid, ",") {
		if l := Grids().Find(grid); l == nil || grid == "own" || grid == "custom" {
			return errors.New("there is no time grid " + quote(grid) + "; there are: " + gridNames() + ", or a list of times such as 0,0.3,1")
		}
		return nil
	}
	const right = "; a list of times rises from 0 to 1, as in 0,0.3,1"
	n, last := 0, -1.0
	for part := range strings.SplitSeq(grid, ",") {
		t, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || !(t > last && t <= 1) || n == 0 && t != 0 {
			return errors.New("the time " + quote(strings.TrimSpace(part)) + " does not fit into the grid" + right)
		}
		n, last = n+1, t
	}
	switch {
	case last != 1:
		return errors.New("the time grid ends at " + number(last) + right)
	case n > MaxSteps+1:
		return errors.New("a time grid of " + strconv.Itoa(n) + " times is too long; take at most " + strconv.Itoa(MaxSteps+1))
	}
	return nil
}
