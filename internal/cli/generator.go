package cli

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"

	"inkflow/core/density"
	"inkflow/core/flow"
	"inkflow/core/model"
	"inkflow/core/nn"
	"inkflow/core/ode"
	"inkflow/core/path"
)

// A learned is a checkpoint with what it takes to sample it.
type learned struct {
	*model.Checkpoint
	scheduler path.Scheduler
	source    density.Target // nil: Gaussian noise
}

// learn opens a checkpoint and, where its noise is a drawing of its own, that
// too: the one it names, unless the flag --source names another.
func learn(file, source string, stdin io.Reader) (*learned, error) {
	if err := onceFromStdin("model", file, "source", source); err != nil {
		return nil, err
	}
	c, err := loadModel(file, stdin)
	if err != nil {
		return nil, err
	}
	l := &learned{Checkpoint: c}
	if l.scheduler, err = path.Parse(c.Scheduler); err != nil {
		return nil, err
	}
	switch {
	case c.Source == "" && source != "":
		return nil, usagef("--source is %q, and this model was trained on Gaussian noise: leave --source out", source)
	case c.Source == "":
		return l, nil
	case source == "" && namesDensity(c.Source):
		source = c.Source
	case source == "":
		return nil, usagef("this model carries points of %.60q into its target: name that file with --source", c.Source)
	}
	if l.source, _, err = openTarget("source", source, stdin); err != nil {
		return nil, err
	}
	if d := c.Net.Config.Dim; d != l.source.Dim() {
		return nil, fmt.Errorf("the source has %d coordinates, and the network was trained on points of %d", l.source.Dim(), d)
	}
	return l, nil
}

// flowModel is the checkpoint as package flow takes it, with memory of its own
// for one goroutine.
func (l *learned) flowModel() flow.Model {
	m := flow.Model{
		Field: nn.NewField(l.Net), Dim: l.Net.Config.Dim, Path: l.scheduler,
		HasScore: l.Independent && l.source == nil, Bridge: strings.HasPrefix(l.Coupling, "sb"),
	}
	if l.source != nil {
		m.Source = func(rng *rand.Rand, x []float32) {
			l.source.Sample(rng, x)
			l.standardise(x)
		}
	}
	return m
}

// A generator draws samples of a model in natural units, in one goroutine.
type generator struct {
	*flow.Sampler
	model *learned
}

func (l *learned) generator(p flow.Plan) (*generator, error) {
	s, err := flow.New(l.flowModel(), p)
	if err != nil {
		return nil, err
	}
	return &generator{s, l}, nil
}

// Sample is flow.Sampler's, in natural units.
func (g *generator) Sample(x []float32, seed uint64) ode.Result {
	r := g.Sampler.Sample(x, seed)
	g.model.naturalise(x)
	return r
}

// chunk draws the first points of a chunk, x [d × n] with n ≤ flow.Chunk, in
// natural units.
func (g *generator) chunk(x []float32, seed uint64, chunk int) ode.Result {
	g.Noise(x, seed, chunk)
	r := g.Advance(x)
	g.model.naturalise(x)
	return r
}

// energy is flow.Sampler's kinetic energy and straightness of n points, in
// natural units squared.
func (g *generator) energy(n int, seed uint64) (kinetic, straightness float64) {
	e, _ := g.Energy(n, seed)
	_, spread := g.model.affine()
	return e.Kinetic * spread * spread, e.Straightness * spread * spread
}

// start fills x [d × n] with the points that samples of seed start from.
func (g *generator) start(x []float32, seed uint64) {
	d := g.Dim()
	n := len(x) / d
	part := make([]float32, d*flow.Chunk)
	for c := range flow.Chunks(n) {
		first := c * flow.Chunk
		m := min(flow.Chunk, n-first)
		g.Noise(part[:d*m], seed, c)
		for i := range d {
			copy(x[i*n+first:][:m], part[i*m:])
		}
	}
	g.model.naturalise(x)
}

// naturalise takes points [d × n] from the coordinates that the network knows
// to natural units, in place, and standardise back.
func (l *learned) naturalise(x []float32) {
	if l.Standard == nil {
		return
	}
	for i, shift := range l.Standard.Shift {
		n := len(x) / len(l.Standard.Shift)
		for j, v := range x[i*n : (i+1)*n] {
			x[i*n+j] = float32(shift + l.Standard.Spread*float64(v))
		}
	}
}

func (l *learned) standardise(x []float32) {
	if l.Standard == nil {
		return
	}
	for i, shift := range l.Standard.Shift {
		n := len(x) / len(l.Standard.Shift)
		for j, v := range x[i*n : (i+1)*n] {
			x[i*n+j] = float32((float64(v) - shift) / l.Standard.Spread)
		}
	}
}

// affine is shift and spread of the coordinates that the network knows, in
// natural units.
func (l *learned) affine() (shift []float64, spread float64) {
	if l.Standard == nil {
		return make([]float64, l.Net.Config.Dim), 1
	}
	return l.Standard.Shift, l.Standard.Spread
}

// arrived is an error where an integration did not reach the data.
func arrived(r ode.Result) error {
	if r.Status != ode.Done {
		return fmt.Errorf("the flow could not be followed to its end: %v; %s", r.Status, r.Status.Advice())
	}
	return nil
}
