package cfm

import (
	"math"
	"strconv"

	"inkflow/core/nn/kernel"
)

// The guard: nothing that is not finite, and nothing that has blown up, leaves
// the trainer. Weights are tried on a batch before they enter the average; when
// the trial fails, everything goes back to the last copy that passed.

// blowUp is how many times worse than an untrained network a batch may score.
// Training never comes near it; a rate that is far too high passes it in a few
// steps.
const blowUp = 100

// copyEvery is the number of steps between copies of the state.
const copyEvery = 64

// Diverged reports that training blew up and was rolled back to the last good
// weights. It is an error of Step.
type Diverged struct {
	Step   int     // the step that failed
	Back   int     // the step whose weights are in force again
	Rate   float64 // peak learning rate it failed with
	Loss   float64 // loss of the failed batch in the network's units, 1 untrained; may be NaN
	Target bool    // the target, or the source, gave a point that is not finite
}

func (d *Diverged) Error() string {
	return "cfm: training diverged at step " + strconv.Itoa(d.Step) + " (loss " + three(d.Loss) +
		" times that of an untrained network), back to the weights of step " + strconv.Itoa(d.Back)
}

// Advice says in a sentence what to do next.
func (d *Diverged) Advice() string {
	if d.Target {
		return "The data holds a point that is not a finite number; mend the data and start again."
	}
	return "The learning rate of " + three(d.Rate) + " is too high for this data; go on with " + three(d.Lower()) + "."
}

// three is x to three digits.
func three(x float64) string { return strconv.FormatFloat(x, 'g', 3, 64) }

// Lower is the rate that Advice recommends: a fifth, and no more than the
// default rate.
func (d *Diverged) Lower() float64 { return min(d.Rate/5, DefaultConfig().Rate) }

// healthy reports whether the weights that scored this loss may go on.
func (t *Trainer) healthy(scaled float64) bool {
	if !kernel.Finite(t.net.Weights) || math.IsNaN(scaled) {
		return false
	}
	return scaled <= blowUp || scaled <= blowUp*t.untrained()
}

// untrained is the loss of this batch for a network with F = 0: about 1, more
// only when the batch holds rare and remote points.
func (t *Trainer) untrained() float64 {
	scale := &t.net.Scale
	var sum float64
	for _, s := range t.shards {
		m := len(s.time)
		for j := range m {
			k := s.ws.Factors(j)
			unit := k.Unit()
			for i := range scale.Mean {
				m0 := 0.
				if scale.SourceMean != nil {
					m0 = scale.SourceMean[i]
				}
				e := (float64(s.y[i*m+j]) - k.Mean(float64(s.x[i*m+j]), scale.Mean[i], m0)) / unit
				sum += e * e
			}
		}
	}
	return sum / float64(len(t.batch.x1))
}

// state is a copy of everything a step changes, but for the random generator:
// after a rollback the same batch must not come again.
type state struct {
	weights, average, m, v []float32 // [NumParams] each
	adam, ema, age, steps  int
	loss                   smooth
}

func newState(params int) state {
	b := make([]float32, 4*params)
	return state{weights: b[:params], average: b[params : 2*params], m: b[2*params : 3*params], v: b[3*params:]}
}

func (t *Trainer) save() {
	g := &t.good
	copy(g.weights, t.net.Weights)
	copy(g.average, t.average.Weights)
	copy(g.m, t.adam.M)
	copy(g.v, t.adam.V)
	g.adam, g.ema, g.age, g.steps, g.loss = t.adam.Count, t.ema.Count, t.age, t.steps, t.loss
}

func (t *Trainer) restore() {
	g := &t.good
	copy(t.net.Weights, g.weights)
	copy(t.average.Weights, g.average)
	copy(t.adam.M, g.m)
	copy(t.adam.V, g.v)
	t.adam.Count, t.ema.Count, t.age, t.steps, t.loss = g.adam, g.ema, g.age, g.steps, g.loss
}

// diverge rolls back and stops the trainer until SetRate or Retarget.
func (t *Trainer) diverge(scaled float64) error {
	failed := t.steps
	t.restore()
	t.stopped = &Diverged{
		Step: failed, Back: t.steps, Rate: t.cfg.Rate, Loss: scaled,
		Target: !kernel.Finite(t.batch.x1) || !kernel.Finite(t.batch.x0),
	}
	return t.stopped
}

// smooth is a running mean that forgets: an exponential average without the bias
// of its beginning.
type smooth struct{ sum, weight float64 }

const smoothDecay = .99

func (s *smooth) add(x float64) {
	s.sum = smoothDecay*s.sum + (1-smoothDecay)*x
	s.weight = smoothDecay*s.weight + (1 - smoothDecay)
}

// value is NaN before the first add.
func (s *smooth) value() float64 { return s.sum / s.weight }
