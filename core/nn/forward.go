package nn

import (
	"inkflow/core/internal/upper"
	"inkflow/core/nn/kernel"
)

// Training: a forward pass that remembers, and the backward pass that uses it.

// Forward computes what the network predicts for each column at its own time (the
// velocity, unless Predict says otherwise) and keeps the activations in ws for
// [Net.Backward]. A quantity that is infinite somewhere, as the score is where
// σ = 0, must not be asked for there.
//
//	v, x [Dim × m], t [m], m at most the workspace's columns
func (n *Net) Forward(ws *Workspace, v, x, t []float32) {
	m := len(t)
	ws.check(n)
	if len(x) != n.Config.Dim*m || len(v) != len(x) {
		panic("nn: Forward: v and x must be [Dim × len(t)]")
	}
	if m > ws.columns {
		panic("nn: Forward: more columns than the workspace has")
	}
	ws.stored = m
	for from := 0; from < m; from += chunk {
		n.forwardChunk(ws, v, x, t, from, min(chunk, m-from), m)
	}
}

// forwardChunk handles columns from … from+c of m. Inside, a chunk is padded with
// columns of zeros to a multiple of kernel.Align.
func (n *Net) forwardChunk(ws *Workspace, v, x, t []float32, from, c, m int) {
	cfg, b := n.Config, &ws.chunks[from/chunk]
	d, p := cfg.Dim, kernel.Round(c)
	f := b.features[:cfg.features()*p]
	times := f[cfg.spatial()*p:] // [temporal × p]
	upper.Clear()
	for j := range p {
		if j >= c {
			b.factors[j], times[j] = Preconditioner{}, 0
			continue
		}
		tj := t[from+j]
		b.factors[j] = n.Factors(float64(tj))
		times[j] = tj - .5
	}
	for i := range d {
		row, m1, m0 := f[i*p:(i+1)*p], n.Scale.Mean[i], n.Scale.source(i)
		for j, xj := range x[i*m+from:][:c] {
			k := &b.factors[j]
			row[j] = float32(k.In * (float64(xj) - k.Alpha*m1 - k.Sigma*m0))
		}
		clear(row[c:])
	}
	spatialFeatures(f[:cfg.spatial()*p], cfg, p)
	timeFeatures(times, ws.angle, cfg, p)

	in := f
	last := len(n.layers) - 1
	for i, l := range n.layers[:last] {
		a := b.active[i][:l.Out*p]
		kernel.Dense(a, l.Weight, l.Bias, in, l.Out, l.In, p)
		kernel.SiLU(a, b.slope[i][:l.Out*p])
		in = a
	}
	l, out := n.layers[last], ws.out[:d*p]
	kernel.Dense(out, l.Weight, l.Bias, in, l.Out, l.In, p)

	for i := range d {
		m1, m0 := n.Scale.Mean[i], n.Scale.source(i)
		dst, src := v[i*m+from:][:c], x[i*m+from:][:c]
		for j, fj := range out[i*p:][:c] {
			k := &b.factors[j]
			dst[j] = float32(k.Skip*(float64(src[j])-k.Alpha*m1-k.Sigma*m0) + k.A*m1 + k.Out*float64(fj) + k.B*m0)
		}
	}
}

// Backward adds to grad the gradient of a loss with respect to the weights,
// given its gradient dv with respect to what the last Forward returned.
//
//	grad [NumParams], dv [Dim × m] with the m of that Forward
func (n *Net) Backward(ws *Workspace, grad, dv []float32) {
	m := ws.stored
	ws.check(n)
	if len(grad) != len(n.Weights) {
		panic("nn: Backward: grad must have one value a weight")
	}
	if len(dv) != n.Config.Dim*m {
		panic("nn: Backward: dv must be as long as the last Forward's v")
	}
	for from := 0; from < m; from += chunk {
		n.backwardChunk(ws, grad, dv, from, min(chunk, m-from), m)
	}
}

func (n *Net) backwardChunk(ws *Workspace, grad, dv []float32, from, c, m int) {
	cfg, b, p := n.Config, &ws.chunks[from/chunk], kernel.Round(c)
	dy, dx := ws.even, ws.odd
	for i := range cfg.Dim { // dF = Out dv
		row := dy[i*p : (i+1)*p]
		for j, g := range dv[i*m+from:][:c] {
			row[j] = float32(b.factors[j].Out * float64(g))
		}
		clear(row[c:])
	}
	end := len(grad)
	for i := len(n.layers) - 1; i >= 0; i-- {
		l := n.layers[i]
		in := b.features
		if i > 0 {
			in = b.active[i-1]
		}
		db := grad[end-l.Out : end]
		end -= l.Out
		dw := grad[end-l.Out*l.In : end]
		end -= l.Out * l.In
		kernel.DenseWeights(dw, db, dy[:l.Out*p], in[:l.In*p], ws.scratch, l.Out, l.In, p)
		if i > 0 {
			kernel.DenseInput(dx[:l.In*p], l.Weight, dy[:l.Out*p], l.Out, l.In, p)
			kernel.Mul(dx[:l.In*p], b.slope[i-1][:l.In*p])
			dy, dx = dx, dy
		}
	}
}
