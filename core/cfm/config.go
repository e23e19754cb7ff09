package cfm

import (
	"errors"
	"math"
	"strconv"

	"inkflow/core/nn"
	"inkflow/core/path"
)

// DefaultSteps is the planned length of a run that nobody chose: about three
// seconds on a desktop core. Quality settles after half of it on most drawings.
const DefaultSteps = 20000

// Config is everything that decides a training run besides the data and the
// path: same Config, same target, same build, same bits.
type Config struct {
	Net         nn.Config
	Batch       int     // pairs (x0, x1) a step
	Rate        float64 // peak learning rate of AdamW
	Steps       int     // planned length, the rate is 0 by then; 0: open-ended
	EMA         float64 // decay of the average of the weights, in [0, 1)
	WeightDecay float64 // AdamW's λ
	Seed        uint64

	Times    Times           // how t is drawn
	Predict  path.Prediction // what the network gives, and the loss is taken on
	Weight   Weight          // how much each t counts in the loss
	Coupling Coupling        // how a batch is paired; nil: independently
	Source   Target          // what X0 is drawn from; nil: N(0, I)

	// Workers is how many goroutines share the gradient of a batch, the caller's
	// among them; 0 means 1. The result is the same every time for one number, and
	// differs in rounding between numbers.
	Workers int
}

// DefaultConfig was tuned on six drawings (moons, word, ring, checkerboard, eight
// Gaussians, spiral), by sliced W2 and by the share of samples inside the
// drawing. Twice the rate wanders, half of it lags; drawing all times uniformly
// spreads the mass a little better and blurs the strokes a little more.
func DefaultConfig() Config {
	return Config{
		Net: nn.DefaultConfig(), Batch: 128, Rate: 4e-3, Steps: DefaultSteps,
		EMA: .999, Times: LogitNormal, Seed: 1,
	}
}

// MaxBatch keeps a batch within some tens of megabytes; more than MaxWorkers
// goroutines have nothing to do in any batch that is worth while.
const (
	MaxBatch   = 1 << 16
	MaxWorkers = 64
)

// Independent reports whether X0 is Gaussian and independent of X1. Only then is
// −E[X0 | x]/σ the score, and does a network serve samplers that need one.
func (c Config) Independent() bool {
	_, alone := c.Coupling.(Independent)
	return c.Source == nil && (alone || c.Coupling == nil)
}

// Validate returns nil, or an error that says which setting is wrong and what
// would be right. A rate that is merely far too high passes: it is the guard's
// affair.
func (c Config) Validate() error {
	if err := c.Net.Validate(); err != nil {
		return err
	}
	switch {
	case c.Batch < 1 || c.Batch > MaxBatch:
		return errors.New("cfm: Batch is " + strconv.Itoa(c.Batch) + ", want 1 to " + strconv.Itoa(MaxBatch))
	case !(c.Rate > 0) || math.IsInf(c.Rate, 0):
		return errors.New("cfm: Rate is " + number(c.Rate) + ", want a positive number, 0.004 for example")
	case c.Steps < 0:
		return errors.New("cfm: Steps is " + strconv.Itoa(c.Steps) + ", want the planned length, or 0 for an open end")
	case !(c.EMA >= 0 && c.EMA < 1):
		return errors.New("cfm: EMA is " + number(c.EMA) + ", want a decay in [0, 1), 0.999 for example")
	case !(c.WeightDecay >= 0) || c.WeightDecay > 1:
		return errors.New("cfm: WeightDecay is " + number(c.WeightDecay) + ", want 0 to 1")
	case c.Workers < 0 || c.Workers > MaxWorkers:
		return errors.New("cfm: Workers is " + strconv.Itoa(c.Workers) + ", want 0 to " + strconv.Itoa(MaxWorkers))
	case c.Predict > path.Score:
		return errors.New("cfm: Predict is no quantity there is, want path.Velocity, Data, Noise or Score")
	}
	if err := c.Weight.Validate(); err != nil {
		return err
	}
	if err := validCoupling(c.Coupling); err != nil {
		return err
	}
	return c.Times.Validate()
}

// validCoupling validates the couplings of this package by their types: asking any
// for a method of that name would keep every such method in every program.
func validCoupling(c Coupling) error {
	switch c := c.(type) {
	case OT:
		return c.Validate()
	case Sinkhorn:
		return c.Validate()
	case Bridge:
		return c.Validate()
	}
	return nil
}

// fits returns nil, or an error that says what about target, path and settings
// does not go together.
func fits(target Target, sched path.Scheduler, c Config) error {
	if target == nil {
		return errors.New("cfm: no target to learn")
	}
	if sched == nil {
		return errors.New("cfm: no scheduler, want for example path.CondOT{}")
	}
	if d := target.Dim(); d != c.Net.Dim {
		return errors.New("cfm: the target has " + strconv.Itoa(d) + " coordinates and the network " + strconv.Itoa(c.Net.Dim) +
			"; set Net.Dim to " + strconv.Itoa(d))
	}
	alpha, sigma, _, _ := sched.Coefficients(0)
	if c.Source != nil {
		if d := c.Source.Dim(); d != target.Dim() {
			return errors.New("cfm: the source has " + strconv.Itoa(d) + " coordinates and the target " + strconv.Itoa(target.Dim()) +
				"; they must have the same number")
		}
		if math.Abs(alpha) > exact || math.Abs(sigma-1) > exact {
			return errors.New("cfm: a source of its own needs a path that begins at it, X_0 = X0, and " + sched.Name() +
				" begins at " + number(alpha) + " X1 + " + number(sigma) + " X0; use condot, polynomial, cosine, linearvp or targetcfm")
		}
	}
	if c.Independent() {
		return nil
	}
	if math.Abs(alpha) > nearly {
		return errors.New("cfm: pairs that depend on each other need a path that begins with the noise alone, and at t = 0 " + sched.Name() +
			" has " + number(alpha) + " X1 in it; use condot, polynomial, cosine, linearvp, vp, subvp or targetcfm")
	}
	if c.Predict == path.Score {
		return errors.New("cfm: there is no score to predict unless the source is Gaussian and the pairs are independent; predict velocity, x1 or epsilon")
	}
	if c.Coupling != nil && c.Coupling.Noise() > 0 {
		if (sched != path.CondOT{}) {
			return errors.New("cfm: a Schrödinger bridge is a bridge along straight lines; train it on condot, not on " + sched.Name())
		}
		if c.Predict != path.Velocity {
			return errors.New("cfm: a point of a Schrödinger bridge is more than a mixture of its two ends, so that x1 and epsilon tell no velocity; predict velocity")
		}
	}
	return nil
}

// How far a path may begin from its source: where the source is a drawing, not at
// all; where it is noise, by the 0.007 X1 that VP has in it.
const (
	exact  = 1e-9
	nearly = .01
)

// span is the part of the scheduler's interval that times are drawn from. The
// score does not exist where σ = 0, and the velocity of a bridge with noise at
// neither end.
func span(sched path.Scheduler, c Config) (from, to float64) {
	from, to = sched.Interval()
	if c.Coupling != nil && c.Coupling.Noise() > 0 {
		from, to = max(from, margin), min(to, 1-margin)
	}
	if _, sigma, _, _ := sched.Coefficients(to); c.Predict == path.Score && sigma < margin {
		to = min(to, 1-margin)
	}
	return from, to
}

const margin = 1e-4

func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
