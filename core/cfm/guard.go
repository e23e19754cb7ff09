package cfm

import (
	"fmt"
	"math"

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
	Target bool    // the target itself gave a point that is not finite
}

func (d *Diverged) Error() string {
	return fmt.Sprintf("cfm: training diverged at step %d (loss %.3g times that of an untrained network), back to the weights of step %d",
		d.Step, d.Loss, d.Back)
}

// Advice says in a sentence what to do next.
func (d *Diverged) Advice() string {
	if d.Target {
		return "The data holds a point that is not a finite number; mend the data and start again."
	}
	return fmt.Sprintf("The learning rate of %.3g is too high for this data; go on with %.3g.", d.Rate, d.Lower())
}

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
	n, d := t.cfg.Batch, t.target.Dim()
	var sum float64
	for j := range n {
		k := t.net.Scale.Precondition(t.net.Schedule.Coefficients(float64(t.time[j])))
		for i := range d {
			m := t.net.Scale.Mean[i]
			e := (float64(t.u[i*n+j]) - k.Skip*(float64(t.x[i*n+j])-k.Alpha*m) - k.DAlpha*m) / k.Out
			sum += e * e
		}
	}
	return sum / float64(n*d)
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
		Target: !kernel.Finite(t.x1),
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
