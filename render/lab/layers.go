package lab

import (
	"errors"
	"math"
	"slices"
	"time"

	"inkflow/core/engine"
	"inkflow/render/controls"
)

// layers are what is shown beside the particles: what is switched on, what was
// asked of the engine and what it has answered.
type layers struct {
	particles, shape bool // are shown
	on               [engine.Theorem + 1]bool
	fields           [engine.Theorem + 1]*engine.Field
	proof            engine.Proof

	asked []engine.Layer
	since time.Duration // since it was asked
}

// kindOf is the engine's layer that a control switches.
func kindOf(id string) (engine.Kind, bool) {
	switch id {
	case controls.ShowVelocity:
		return engine.Velocity, true
	case controls.ShowExact:
		return engine.Exact, true
	case controls.ShowError:
		return engine.Gap, true
	case controls.ShowDensity:
		return engine.Density, true
	case controls.ShowLikelihood:
		return engine.Likelihood, true
	case controls.ShowTheorem:
		return engine.Theorem, true
	}
	return 0, false
}

// showing reports whether a Check stands on.
func (l *Lab) showing(id string) bool {
	switch id {
	case controls.ShowParticles:
		return l.layers.particles
	case controls.ShowTarget:
		return l.layers.shape
	}
	k, ok := kindOf(id)
	return ok && l.layers.on[k]
}

// setShowing switches a layer.
func (l *Lab) setShowing(id string, on bool) {
	switch id {
	case controls.ShowParticles:
		l.layers.particles = on
		return
	case controls.ShowTarget:
		l.layers.shape = on
		return
	}
	k, ok := kindOf(id)
	if !ok || on && !l.Enabled(id) {
		return
	}
	l.layers.on[k] = on
	l.chose++
	if !on {
		l.layers.drop(k)
	}
	l.askLayers()
}

func (y *layers) drop(k engine.Kind) {
	y.fields[k] = nil
	if k == engine.Theorem {
		y.proof = engine.Proof{}
	}
}

// clear forgets what was computed: it is of a flow that is no more.
func (y *layers) clear() {
	for _, k := range engine.Kinds() {
		y.drop(k)
	}
}

// take keeps the layers of a snapshot that are still wanted.
func (y *layers) take(s *engine.Snapshot) {
	for i := range s.Fields {
		if f := &s.Fields[i]; y.on[f.Kind] {
			y.fields[f.Kind] = f
		}
	}
	if y.on[engine.Theorem] {
		y.proof = s.Proof
	}
}

// Field returns a layer to draw, or nil: it is off, or not there yet.
func (l *Lab) Field(k engine.Kind) *engine.Field {
	if l.Empty() || k.Exact() && !l.settings.Exact() {
		return nil
	}
	return l.layers.fields[k]
}

// ShowsExact reports whether a layer is on that shows the exact answer.
func (l *Lab) ShowsExact() bool {
	for _, k := range l.Layers() {
		if k.Exact() {
			return l.settings.Exact()
		}
	}
	return false
}

// Proof returns the theorem as it was measured; without rows it is off, or not
// there yet.
func (l *Lab) Proof() engine.Proof { return l.layers.proof }

// Particles reports whether the particles are shown.
func (l *Lab) Particles() bool { return l.layers.particles }

// Shape reports whether the target is shown.
func (l *Lab) Shape() bool { return l.layers.shape }

// Sizes of the layers on the stage, device-independent pixels, and the most
// points of each.
const (
	arrowEvery = 44
	mapCell    = 8
	arrowsMost = 1500
	mapMost    = 8_000
	movingMap  = 2_500 // of maps that follow the flow's time while it plays
)

// askEvery is how often layers are asked for anew while the time moves.
const askEvery = 100 * time.Millisecond

// keepLayers asks for the layers again where time or view have moved on.
func (l *Lab) keepLayers(dt time.Duration) {
	if l.layers.since += dt; l.layers.since >= askEvery {
		l.askLayers()
	}
}

// askLayers tells the engine what is to be computed, where that has changed.
func (l *Lab) askLayers() {
	var want []engine.Layer
	for _, k := range engine.Kinds() {
		if l.layers.on[k] && !(k.Exact() && !l.settings.Exact()) && !l.Empty() {
			want = append(want, l.layer(k))
		}
	}
	if slices.Equal(want, l.layers.asked) {
		return
	}
	l.layers.asked, l.layers.since = want, 0
	l.send(engine.Command{Op: engine.OpShow, Layers: slices.Clone(want)})
}

// layer is a request for a kind on what the stage shows.
func (l *Lab) layer(k engine.Kind) engine.Layer {
	want := engine.Layer{Kind: k, Time: round(l.flow.t, 3)}
	every, most := float64(mapCell), mapMost
	switch k {
	case engine.Theorem:
		want.Time = 0
		return want
	case engine.Velocity, engine.Exact:
		every, most = arrowEvery, arrowsMost
	case engine.Likelihood:
		want.Time = 1
	default:
		if l.flow.playing {
			most = movingMap
		}
	}
	v := &l.view
	x0, y1 := v.World(v.Left, v.Top)
	x1, y0 := v.World(v.W-v.Right, v.H-v.Bottom)
	cell := every * 2 * v.goal / min(v.free())
	cell = max(cell, math.Sqrt(max((x1-x0)*(y1-y0), 0)/float64(most)))
	cell = roundUp(cell)
	// Points lie on a lattice through the origin, so that they stay where they
	// are while the stage changes its size.
	i0, j0 := math.Floor(x0/cell), math.Floor(y0/cell)
	want.X0, want.Y0, want.Cell = i0*cell, j0*cell, cell
	want.W = max(int(math.Ceil(x1/cell)-i0), 1)
	want.H = max(int(math.Ceil(y1/cell)-j0), 1)
	for want.W*want.H > engine.MaxPoints { // a stage that is all length
		want.W, want.H = (want.W+1)/2, (want.H+1)/2
	}
	return want
}

// roundUp is the next number of two figures, so that a view that eases does
// not ask for another lattice every time.
func roundUp(v float64) float64 {
	unit := math.Pow(10, math.Floor(math.Log10(v))-1)
	return round(math.Ceil(v/unit-1e-9)*unit, 9)
}

// Layers lists the kinds that are on, for those who ask from outside.
func (l *Lab) Layers() []engine.Kind {
	var on []engine.Kind
	for _, k := range engine.Kinds() {
		if l.layers.on[k] {
			on = append(on, k)
		}
	}
	return on
}

// showOnly switches on the kinds of a command and the others off. Where and
// when they are computed follows the stage.
func (l *Lab) showOnly(layers []engine.Layer) (uint32, error) {
	var on [engine.Theorem + 1]bool
	for _, want := range layers {
		if want.Kind.Exact() && !l.settings.Exact() {
			return 0, errors.New("the exact answer is known for Gaussian noise in independent pairs only")
		}
		on[want.Kind] = true
	}
	for _, k := range engine.Kinds() {
		if l.layers.on[k] = on[k]; !on[k] {
			l.layers.drop(k)
		}
	}
	l.chose++
	l.askLayers()
	return l.last, nil
}
