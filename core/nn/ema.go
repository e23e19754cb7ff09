package nn

import "inkflow/core/nn/kernel"

// EMA is an exponential moving average of weights. A young average would be
// biased towards where it began, so its decay ramps up: after k updates the
// effective decay is min(Decay, (1 + k)/(10 + k)), the ramp of TensorFlow's
// ExponentialMovingAverage, which keeps the horizon a fixed share of the history
// until the full horizon 1/(1 − Decay) has passed.
type EMA struct {
	Decay float64
	Count int // updates taken
}

// Update moves the average towards the weights.
//
//	average, weights [n]
func (e *EMA) Update(average, weights []float32) {
	kernel.Lerp(average, weights, float32(1-e.Effective()))
	e.Count++
}

// Effective is the decay that the next update will use.
func (e *EMA) Effective() float64 {
	k := float64(e.Count)
	return min(e.Decay, (1+k)/(10+k))
}

// Reset restarts the ramp.
func (e *EMA) Reset() { e.Count = 0 }
