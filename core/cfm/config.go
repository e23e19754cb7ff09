package cfm

import (
	"fmt"
	"math"

	"inkflow/core/nn"
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
	Times       Times   // how t is drawn
	Seed        uint64
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

// MaxBatch keeps a batch within some tens of megabytes.
const MaxBatch = 1 << 16

// Validate returns nil, or an error that says which setting is wrong and what
// would be right. A rate that is merely far too high passes: it is the guard's
// affair.
func (c Config) Validate() error {
	if err := c.Net.Validate(); err != nil {
		return err
	}
	switch {
	case c.Batch < 1 || c.Batch > MaxBatch:
		return fmt.Errorf("cfm: Batch is %d, want 1 to %d", c.Batch, MaxBatch)
	case !(c.Rate > 0) || math.IsInf(c.Rate, 0):
		return fmt.Errorf("cfm: Rate is %g, want a positive number, 0.004 for example", c.Rate)
	case c.Steps < 0:
		return fmt.Errorf("cfm: Steps is %d, want the planned length, or 0 for an open end", c.Steps)
	case !(c.EMA >= 0 && c.EMA < 1):
		return fmt.Errorf("cfm: EMA is %g, want a decay in [0, 1), 0.999 for example", c.EMA)
	case !(c.WeightDecay >= 0) || c.WeightDecay > 1:
		return fmt.Errorf("cfm: WeightDecay is %g, want 0 to 1", c.WeightDecay)
	}
	return c.Times.Validate()
}
