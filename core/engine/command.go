package engine

import (
	"fmt"
	"math"
	"strings"
)

// Op says what a command asks for.
type Op uint8

// The operations. A command uses the fields named beside its operation and
// leaves the others zero.
const (
	OpTarget    Op = iota + 1 // Target: learn this distribution
	OpConfigure               // Settings: solver, steps, particles, seed
	OpTrain                   // On: train or hold
	OpReset                   // start the network afresh, same settings
	OpVisible                 // On: a hidden stage wants no work done
	OpSave                    // answer with a checkpoint in Snapshot.Model
	OpLoad                    // Model: go on from this checkpoint
)

var opNames = [...]string{OpTarget: "target", OpConfigure: "configure", OpTrain: "train",
	OpReset: "reset", OpVisible: "visible", OpSave: "save", OpLoad: "load"}

// String is the operation's name, as the page's command() takes it.
func (o Op) String() string {
	if int(o) < len(opNames) && opNames[o] != "" {
		return opNames[o]
	}
	return fmt.Sprintf("Op(%d)", uint8(o))
}

// ParseOp finds an operation by its name.
func ParseOp(name string) (Op, error) {
	for o, n := range opNames {
		if n != "" && n == name {
			return Op(o), nil
		}
	}
	return 0, fmt.Errorf("there is no command %q; there are: %s", name, strings.Join(opNames[1:], ", "))
}

// Command asks the runner for something.
type Command struct {
	Op         Op
	Generation uint32 // stamped by the client that sends it
	On         bool
	Target     Target
	Settings   Settings
	Model      []byte // a safetensors checkpoint
}

// Breaking reports whether snapshots made before the command show something
// that no longer exists.
func (c *Command) Breaking() bool {
	switch c.Op {
	case OpReset, OpLoad:
		return true
	case OpTarget:
		return c.Target.Fresh
	}
	return false
}

// Target names or holds a distribution to learn. Exactly one of Preset and
// Ink is set.
type Target struct {
	// Fresh starts the network again. Without it training goes on from the
	// weights at hand, as it should while a drawing is being edited.
	Fresh  bool
	Preset string // a name known to core/density

	// A drawing: non-negative weights of W × H square cells, [H × W], row 0
	// at the bottom. X0, Y0 is the lower-left corner and Cell the side of a
	// cell, both in natural units.
	W, H         int
	X0, Y0, Cell float64
	Ink          []float32
}

// Settings are what the panel turns.
type Settings struct {
	Seed      uint64 // of weights, training draws and the particles' noise
	Solver    string // a name of Solvers
	Steps     int    // of the solver, 1 … MaxSteps
	Particles int    // MinParticles … MaxParticles
}

// Limits of the settings and of a drawing.
const (
	MinParticles = 1_000
	MaxParticles = 500_000
	MaxSteps     = 64
	MaxSide      = 1 << 13 // cells along one side
	MaxCells     = 1 << 20
	MaxModel     = 64 << 20 // bytes of a checkpoint
)

// Solver is a line of the menu of solvers. Evaluations is the number of
// velocity evaluations a step costs.
type Solver struct {
	Name, Title string
	Evaluations int
}

// Solvers returns the menu, in order.
func Solvers() []Solver {
	return []Solver{
		{"euler", "Euler", 1},
		{"midpoint", "Midpoint", 2},
		{"rk4", "Runge–Kutta 4", 4},
	}
}

// Opening is what every client and runner starts from: the page's first
// picture. A stage that is content with it need not send a word.
func Opening() (Target, Settings) {
	return Target{Preset: "word", Fresh: true},
		Settings{Seed: 1, Solver: "midpoint", Steps: 8, Particles: 20_000}
}

// NFE is the number of velocity evaluations one sample costs, or 0 where the
// solver is unknown.
func (s Settings) NFE() int {
	for _, v := range Solvers() {
		if v.Name == s.Solver {
			return v.Evaluations * s.Steps
		}
	}
	return 0
}

// Validate says in a sentence what is wrong with the settings and what would
// be right.
func (s Settings) Validate() error {
	if s.NFE() == 0 && s.Steps != 0 {
		var names []string
		for _, v := range Solvers() {
			names = append(names, v.Name)
		}
		return fmt.Errorf("there is no solver %q; there are: %s", s.Solver, strings.Join(names, ", "))
	}
	if s.Steps < 1 || s.Steps > MaxSteps {
		return fmt.Errorf("%d solver steps are out of range; take 1 to %d", s.Steps, MaxSteps)
	}
	if s.Particles < MinParticles || s.Particles > MaxParticles {
		return fmt.Errorf("%d particles are out of range; take %d to %d", s.Particles, MinParticles, MaxParticles)
	}
	return nil
}

// Validate says what is wrong with the shape of a target. Whether a preset of
// that name exists, and whether the drawing holds any ink, the runner says.
func (t Target) Validate() error {
	switch {
	case t.Preset != "" && t.Ink != nil:
		return fmt.Errorf("a target is either a preset or a drawing, not both")
	case t.Preset != "":
		return nil
	case t.W < 1 || t.H < 1 || t.W > MaxSide || t.H > MaxSide || t.W*t.H > MaxCells:
		return fmt.Errorf("a drawing of %d × %d cells is out of range; take 1 to %d a side and at most %d in all",
			t.W, t.H, MaxSide, MaxCells)
	case len(t.Ink) != t.W*t.H:
		return fmt.Errorf("a drawing of %d × %d cells needs %d weights, not %d", t.W, t.H, t.W*t.H, len(t.Ink))
	case !(t.Cell > 0) || !finite(t.Cell) || !finite(t.X0) || !finite(t.Y0):
		return fmt.Errorf("a drawing needs a finite corner and cells of a positive size")
	}
	for _, w := range t.Ink {
		if !(w >= 0) || !finite(float64(w)) {
			return fmt.Errorf("the ink of a drawing is finite and not negative")
		}
	}
	return nil
}

// Validate checks the fields that the command's operation uses.
func (c *Command) Validate() error {
	switch c.Op {
	case OpTarget:
		return c.Target.Validate()
	case OpConfigure:
		return c.Settings.Validate()
	case OpLoad:
		if len(c.Model) == 0 || len(c.Model) > MaxModel {
			return fmt.Errorf("a checkpoint has 1 to %d bytes, not %d", MaxModel, len(c.Model))
		}
	case OpTrain, OpReset, OpVisible, OpSave:
	default:
		return fmt.Errorf("there is no command %v", c.Op)
	}
	return nil
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
