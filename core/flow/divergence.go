package flow

import (
	"math/rand/v2"

	"inkflow/core/internal/upper"
)

// What a likelihood needs of a field: its velocity and the divergence of it,
// exactly from a closed form, exactly from forward derivatives, or estimated.

// A Divergent is a velocity field that knows its divergence, or estimates it.
// It is not safe for concurrent use.
type Divergent interface {
	// Dim is the number d of coordinates of a point.
	Dim() int
	// Rows is how many independent estimates of the divergence there are at
	// every point; 1 where it is exact.
	Rows() int
	// Start says that n ≤ Chunk points are to be followed from now on. An
	// estimate draws its probes here, and keeps them until the next Start.
	Start(n int)
	// Divergence writes the velocity of every point of x at time t to u, both
	// [d × n], and its divergence to div, [Rows × n]. It leaves x alone.
	Divergence(u, div, x []float64, t float64)
}

// A Closed field is known in closed form, one point at a time, in float64.
// exact.Field is one.
type Closed interface {
	// VelocityDivergence writes the velocity at the point x to dst, both [d], and
	// returns its divergence there.
	VelocityDivergence(dst, x []float64, t float64) (divergence float64)
}

// A Derivative is a field with its derivative in a direction, as forward-mode
// differentiation gives it. nn.Field is one.
type Derivative interface {
	// VelocityDerivative writes the velocity of the points x to v, both
	// [d × n], and to dv what the velocity of each changes by when the point
	// moves in the direction of its dx: dv = (∂v/∂x) dx. dx holds k directions
	// for every point, and dv as many changes: both [k × d × n].
	VelocityDerivative(v, dv, x, dx []float32, t float64)
}

// closed is a Closed field of dim coordinates, point by point.
type closed struct {
	field Closed
	dim   int
	x, u  []float64 // [dim]
}

// ClosedDivergence is the exact divergence of a field in closed form.
func ClosedDivergence(f Closed, dim int) Divergent {
	checkDim(dim)
	return &closed{field: f, dim: dim, x: make([]float64, dim), u: make([]float64, dim)}
}

func (c *closed) Dim() int  { return c.dim }
func (c *closed) Rows() int { return 1 }
func (c *closed) Start(int) {}

func (c *closed) Divergence(u, div, x []float64, t float64) {
	n := len(div)
	for j := range n {
		upper.Clear()
		for i := range c.dim {
			c.x[i] = x[i*n+j]
		}
		div[j] = c.field.VelocityDivergence(c.u, c.x, t)
		for i := range c.dim {
			u[i*n+j] = c.u[i]
		}
	}
}

// directional is what follows from derivatives in k directions a point.
type directional struct {
	field Derivative
	dim   int
	dx    []float32 // [k × dim × n] directions of the points at hand
	room  []float32 // [k × dim × Chunk] memory of dx
	dv    []float32 // [k × dim × Chunk]
	x, v  []float32 // [dim × Chunk]
}

func newDirectional(f Derivative, dim, directions int) directional {
	checkDim(dim)
	return directional{
		field: f, dim: dim,
		room: make([]float32, directions*dim*Chunk), dv: make([]float32, directions*dim*Chunk),
		x: make([]float32, dim*Chunk), v: make([]float32, dim*Chunk),
	}
}

func (d *directional) Dim() int { return d.dim }

// evaluate fills u and returns the changes dv, [k × dim × n].
func (d *directional) evaluate(u, x []float64, t float64) []float32 {
	px, pv, dv := d.x[:len(x)], d.v[:len(x)], d.dv[:len(d.dx)]
	for i, v := range x {
		px[i] = float32(v)
	}
	d.field.VelocityDerivative(pv, dv, px, d.dx, t)
	for i, v := range pv {
		u[i] = float64(v)
	}
	return dv
}

// forward is the exact divergence by d directions, one an axis.
type forward struct{ directional }

// ForwardDivergence is the exact divergence of a field of dim coordinates: the
// sum over the axes of ∂u_i/∂x_i, by a forward-mode derivative an axis. Its cost
// grows with dim; in large dimension see HutchinsonDivergence.
func ForwardDivergence(f Derivative, dim int) Divergent {
	checkDim(dim)
	return &forward{newDirectional(f, dim, dim)}
}

func (f *forward) Rows() int { return 1 }

func (f *forward) Start(n int) {
	f.dx = f.room[:f.dim*f.dim*n]
	clear(f.dx)
	for i := range f.dim {
		row := f.dx[(i*f.dim+i)*n:][:n] // direction i, coordinate i
		for j := range row {
			row[j] = 1
		}
	}
}

func (f *forward) Divergence(u, div, x []float64, t float64) {
	n := len(div)
	dv := f.evaluate(u, x, t)
	clear(div)
	for i := range f.dim {
		for j, v := range dv[(i*f.dim+i)*n:][:n] {
			div[j] += float64(v)
		}
	}
}

// A Probe is the distribution of the random directions of Hutchinson's
// estimator. Both have mean 0 and covariance I, which is all that makes it
// unbiased.
type Probe uint8

const (
	Rademacher Probe = iota // each coordinate 1 or −1: of all probes the least variance
	Gaussian                // each coordinate N(0, 1)
)

// hutchinson is the trace estimated from random directions.
type hutchinson struct {
	directional
	probes int
	kind   Probe
	rng    *rand.Rand
}

// HutchinsonDivergence is an unbiased estimate of the divergence, the mean over
// probes z of zᵀ(∂u/∂x)z with E[zzᵀ] = I (Hutchinson 1990; Grathwohl et al. 2019
// in flows). Its cost is that of probes derivatives, whatever the dimension. A
// point keeps its probes on the whole way from data to noise, so that what is
// integrated is smooth; with two probes or more a likelihood knows its standard
// error. rng is drawn from at every Start.
func HutchinsonDivergence(f Derivative, dim, probes int, kind Probe, rng *rand.Rand) Divergent {
	if probes < 1 {
		panic("flow: an estimate needs at least one probe")
	}
	if rng == nil {
		panic("flow: probes need a random generator")
	}
	return &hutchinson{newDirectional(f, dim, probes), probes, kind, rng}
}

func (h *hutchinson) Rows() int { return h.probes }

func (h *hutchinson) Start(n int) {
	h.dx = h.room[:h.probes*h.dim*n]
	for i := range h.dx {
		if h.kind == Gaussian {
			h.dx[i] = float32(h.rng.NormFloat64())
		} else {
			h.dx[i] = float32(1 - 2*int(h.rng.Uint32()>>31))
		}
	}
}

func (h *hutchinson) Divergence(u, div, x []float64, t float64) {
	n := len(div) / h.probes
	dv := h.evaluate(u, x, t)
	clear(div)
	for k := range h.probes {
		sum := div[k*n:][:n]
		for i := range h.dim {
			at := (k*h.dim + i) * n
			z := h.dx[at:][:n]
			for j, v := range dv[at:][:n] {
				sum[j] += float64(z[j]) * float64(v)
			}
		}
	}
}

func checkDim(dim int) {
	if dim < 1 {
		panic("flow: a point has at least one coordinate")
	}
}
