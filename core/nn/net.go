package nn

import (
	"errors"
	"math"
	"math/rand/v2"
	"strconv"
)

// Net is a velocity field with weights, made by [New] or [Net.Clone]. What is in
// Weights may change between calls; the slice itself must not be replaced, since
// the layers are views of it. Scale and Schedule must stay valid.
type Net struct {
	Config   Config
	Scale    Scale
	Schedule Schedule
	Predict  Quantity  // what Forward returns and the loss is taken on; nil: the velocity
	Weights  []float32 // [NumParams], layer after layer: weight then bias
	layers   []Layer
}

// Layer is a view of one dense layer inside [Net.Weights].
type Layer struct {
	Name    string // "layers.0", …
	In, Out int
	Weight  []float32 // [Out × In]
	Bias    []float32 // [Out]
}

// New makes a network with He-like initial weights (normal, variance 2/In; He et
// al. 2015), zero biases, and a last layer of zeros: until it is trained it is the
// exact field of the Gaussian with the scale's mean and standard deviation.
func New(cfg Config, sc Scale, sched Schedule, rng *rand.Rand) (*Net, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if err := sc.Validate(cfg.Dim); err != nil {
		return nil, err
	}
	if sched == nil {
		return nil, errors.New("nn: a network needs a schedule, want for example path.CondOT{}")
	}
	cfg.Hidden = append([]int(nil), cfg.Hidden...)
	n := &Net{Config: cfg, Scale: sc.clone(), Schedule: sched, Weights: make([]float32, cfg.NumParams())}
	n.layers = n.slice()
	for _, l := range n.layers[:len(n.layers)-1] {
		std := math.Sqrt(2 / float64(l.In))
		for i := range l.Weight {
			l.Weight[i] = float32(std * rng.NormFloat64())
		}
	}
	return n, nil
}

// NumParams is len(n.Weights).
func (n *Net) NumParams() int { return len(n.Weights) }

// Layers returns the dense layers, first to last. Their slices share memory with
// n.Weights.
func (n *Net) Layers() []Layer { return n.slice() }

// Clone returns a network that shares nothing with n but Schedule and Predict.
func (n *Net) Clone() *Net {
	c := &Net{
		Config: n.Config, Scale: n.Scale.clone(), Schedule: n.Schedule, Predict: n.Predict,
		Weights: append([]float32(nil), n.Weights...),
	}
	c.Config.Hidden = append([]int(nil), n.Config.Hidden...)
	c.layers = c.slice()
	return c
}

// slice cuts Weights into layers.
func (n *Net) slice() []Layer {
	if len(n.Weights) != n.Config.NumParams() {
		panic("nn: " + strconv.Itoa(len(n.Weights)) + " weights where the shape has " + strconv.Itoa(n.Config.NumParams()))
	}
	widths := n.Config.widths()
	layers := make([]Layer, len(widths))
	rest, in := n.Weights, n.Config.features()
	for i, out := range widths {
		l := Layer{Name: "layers." + strconv.Itoa(i), In: in, Out: out}
		l.Weight, rest = rest[:out*in:out*in], rest[out*in:]
		l.Bias, rest = rest[:out:out], rest[out:]
		layers[i], in = l, out
	}
	return layers
}
