package engine

import (
	"errors"
	"strconv"
	"strings"
)

// Op says what a command asks for.
type Op uint8

// The operations. A command uses the fields named beside its operation and
// leaves the others zero.
const (
	OpTarget    Op = iota + 1 // Target: learn this distribution
	OpConfigure               // Settings; On: learn afresh what they say is learned
	OpTrain                   // On: train or hold
	OpReset                   // start the network afresh, same settings
	OpVisible                 // On: a hidden stage wants no work done
	OpSave                    // answer with a checkpoint in Snapshot.Model
	OpLoad                    // Model: go on from this checkpoint
	OpSource                  // Target: put this drawing aside as a source to learn from
	OpShow                    // Layers: compute these beside the particles, and no others
)

var opNames = [...]string{OpTarget: "target", OpConfigure: "configure", OpTrain: "train",
	OpReset: "reset", OpVisible: "visible", OpSave: "save", OpLoad: "load", OpSource: "source", OpShow: "show"}

// String is the operation's name, as the page's command() takes it.
func (o Op) String() string {
	if int(o) < len(opNames) && opNames[o] != "" {
		return opNames[o]
	}
	return "Op(" + strconv.Itoa(int(o)) + ")"
}

// ParseOp finds an operation by its name.
func ParseOp(name string) (Op, error) {
	for o, n := range opNames {
		if n != "" && n == name {
			return Op(o), nil
		}
	}
	return 0, errors.New("there is no command " + quote(name) + "; there are: " + strings.Join(opNames[1:], ", "))
}

// Command asks the runner for something.
type Command struct {
	Op         Op
	Generation uint32 // stamped by the client that sends it
	On         bool
	Target     Target
	Settings   Settings
	Model      []byte  // a safetensors checkpoint
	Layers     []Layer // at most one of a kind
}

// Breaking reports whether snapshots made before the command show something
// that no longer exists.
func (c *Command) Breaking() bool {
	switch c.Op {
	case OpReset, OpLoad:
		return true
	case OpTarget:
		return c.Target.Fresh
	case OpConfigure:
		return c.On
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

// Validate says what is wrong with the shape of a target. Whether a preset of
// that name exists, and whether the drawing holds any ink, the runner says.
func (t Target) Validate() error {
	switch {
	case t.Preset != "" && t.Ink != nil:
		return errors.New("a target is either a preset or a drawing, not both")
	case t.Preset != "":
		return nil
	case t.W < 1 || t.H < 1 || t.W > MaxSide || t.H > MaxSide || t.W*t.H > MaxCells:
		return errors.New("a drawing of " + cells(t.W, t.H) + " cells is out of range; take 1 to " +
			strconv.Itoa(MaxSide) + " a side and at most " + strconv.Itoa(MaxCells) + " in all")
	case len(t.Ink) != t.W*t.H:
		return errors.New("a drawing of " + cells(t.W, t.H) + " cells needs " + strconv.Itoa(t.W*t.H) +
			" weights, not " + strconv.Itoa(len(t.Ink)))
	case !(t.Cell > 0) || !finite(t.Cell) || !finite(t.X0) || !finite(t.Y0):
		return errors.New("a drawing needs a finite corner and cells of a positive size")
	}
	for _, w := range t.Ink {
		if !(w >= 0) || !finite(float64(w)) {
			return errors.New("the ink of a drawing is finite and not negative")
		}
	}
	return nil
}

func cells(w, h int) string { return strconv.Itoa(w) + " × " + strconv.Itoa(h) }

// Validate checks the fields that the command's operation uses.
func (c *Command) Validate() error {
	switch c.Op {
	case OpTarget, OpSource:
		return c.Target.Validate()
	case OpConfigure:
		return c.Settings.Validate()
	case OpLoad:
		if len(c.Model) == 0 || len(c.Model) > MaxModel {
			return errors.New("a checkpoint has 1 to " + strconv.Itoa(MaxModel) + " bytes, not " + strconv.Itoa(len(c.Model)))
		}
	case OpShow:
		return validLayers(c.Layers)
	case OpTrain, OpReset, OpVisible, OpSave:
	default:
		return errors.New("there is no command " + c.Op.String())
	}
	return nil
}
