package engine

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// Kind is a kind of layer: something that a runner computes of the field
// beside the particles, for a stage to draw over or under them.
type Kind uint8

// The kinds of layer.
const (
	Velocity   Kind = iota + 1 // of the learned flow at Time: two numbers a point
	Exact                      // velocity, of the exact answer
	Gap                        // length of exact minus learned velocity, faded where hardly a point comes
	Density                    // exact log p_t at Time
	Likelihood                 // learned log q̂ of the drawing's plane, at t = 1
	Theorem                    // ∇FM against ∇CFM: a chart, not a picture
)

var kindNames = [...]string{Velocity: "velocity", Exact: "exact", Gap: "error",
	Density: "density", Likelihood: "likelihood", Theorem: "theorem"}

// Kinds returns every kind there is.
func Kinds() []Kind { return []Kind{Velocity, Exact, Gap, Density, Likelihood, Theorem} }

// String is the kind's name, as the page's command() takes it.
func (k Kind) String() string {
	if int(k) < len(kindNames) && kindNames[k] != "" {
		return kindNames[k]
	}
	return "Kind(" + strconv.Itoa(int(k)) + ")"
}

// ParseKind finds a kind by its name.
func ParseKind(name string) (Kind, error) {
	for k, n := range kindNames {
		if n != "" && n == name {
			return Kind(k), nil
		}
	}
	return 0, errors.New("there is no layer " + quote(name) + "; there are: " + strings.Join(kindNames[1:], ", "))
}

// Exact reports whether a layer needs the exact answer, which is known for
// Gaussian noise in independent pairs.
func (k Kind) Exact() bool { return k == Exact || k == Gap || k == Density || k == Theorem }

// Numbers is how many numbers a point of the layer has.
func (k Kind) Numbers() int {
	switch k {
	case Velocity, Exact:
		return 2
	case Gap, Density, Likelihood:
		return 1
	}
	return 0
}

// Layer asks for a kind on W × H points: the middles of square cells of side
// Cell, row 0 at the bottom, with the lower-left corner of the first at X0,
// Y0, in natural units. A Theorem has no points.
type Layer struct {
	Kind         Kind
	Time         float64 // 0 … 1
	X0, Y0, Cell float64
	W, H         int
}

// Field is a layer that has been computed.
type Field struct {
	Layer
	Step int       // of the network it was computed with
	Data []float32 // [Numbers × H × W], finite

	// Typical is a length to judge the numbers by: the root mean square speed
	// of the exact, or else the learned, flow at that time. 0 for densities.
	Typical float64
}

// MaxPoints bounds the points of a layer.
const MaxPoints = 1 << 15

// Validate says what is wrong with a request.
func (l Layer) Validate() error {
	switch {
	case l.Kind < Velocity || l.Kind > Theorem:
		return errors.New("there is no layer " + l.Kind.String())
	case !(l.Time >= 0 && l.Time <= 1):
		return errors.New("a layer is of a time from 0 to 1, not " + number(l.Time))
	case l.Kind == Theorem:
		return nil
	case l.W < 1 || l.H < 1 || l.W > MaxPoints || l.H > MaxPoints || l.W*l.H > MaxPoints:
		return errors.New("a layer of " + cells(l.W, l.H) + " points is out of range; take 1 to " + strconv.Itoa(MaxPoints) + " in all")
	case !(l.Cell > 0) || l.Cell > 1e6 || !(math.Abs(l.X0) < 1e9) || !(math.Abs(l.Y0) < 1e9):
		return errors.New("a layer needs a corner near the drawing and cells of a positive size")
	}
	return nil
}

// validLayers looks at the layers of a command.
func validLayers(layers []Layer) error {
	seen := [len(kindNames)]bool{}
	for _, l := range layers {
		if err := l.Validate(); err != nil {
			return err
		}
		if seen[l.Kind] {
			return errors.New("the layer " + l.Kind.String() + " is asked for twice; once is enough")
		}
		seen[l.Kind] = true
	}
	return nil
}

// fits reports whether the numbers are those of the layer, all of them finite.
func (f *Field) fits() bool {
	if f.Layer.Validate() != nil || f.Kind == Theorem || len(f.Data) != f.Kind.Numbers()*f.W*f.H ||
		f.Step < 0 || !(f.Typical >= 0) || !finite(f.Typical) {
		return false
	}
	for _, v := range f.Data {
		if !finite(float64(v)) {
			return false
		}
	}
	return true
}

// Curves are a scheduler as a chart draws it: α and σ at even times from 0 to
// 1, and those of Settings.Along where it is set.
type Curves struct{ Alpha, Sigma, AlongAlpha, AlongSigma []float32 }

// MaxCurve bounds the points of a curve.
const MaxCurve = 257

// Proof is the theorem of flow matching, measured on the network at hand
// (Lipman et al. 2023, theorem 2): row by row, from ever more draws n, how far
// the gradients of the two losses are apart, and how far the losses
// themselves, which is to be a constant.
type Proof struct {
	Draws    []int     // n, rising
	Distance []float64 // ‖∇FM − ∇CFM‖ / ‖∇FM‖ on common draws
	Slope    float64   // of log Distance against log n: −½ is 1/√n; 0 before three rows

	Difference, DifferenceError float64 // CFM − FM and its standard error, of the last row
	Constant, ConstantError     float64 // E ‖u(X|Z) − u(X)‖² / d, which it is to be
}

// MaxProof bounds the rows of a proof.
const MaxProof = 32

func (p *Proof) sound() bool {
	if len(p.Draws) > MaxProof || len(p.Distance) != len(p.Draws) {
		return false
	}
	for i, n := range p.Draws {
		if n < 1 || i > 0 && n <= p.Draws[i-1] || !(p.Distance[i] >= 0) || !finite(p.Distance[i]) {
			return false
		}
	}
	return finite(p.Slope) && finite(p.Difference) && finite(p.DifferenceError) && finite(p.Constant) && finite(p.ConstantError)
}
