package nn

import "inkflow/core/nn/kernel"

// The field's derivative along directions in x, in forward mode (Wengert 1964):
// a direction goes through the layers beside the point, multiplied by each
// layer's own derivative. Nothing is stored for a way back, and d directions
// give the whole Jacobian, hence the exact divergence that a likelihood needs.

// VelocityDerivative computes the field as [Net.Velocity] does, with exact
// activations, and its derivative along dx,
//
//	dv = (∂v/∂x) dx,
//
// for every column. dx and dv may hold several directions one after the other:
// the field and what of it the directions share are then computed once. It
// overwrites what Forward left in ws, and allocates nothing.
//
//	v, x [Dim × m]; dv, dx [k × Dim × m], k directions; v and x may be the same
//	slice, dv and dx too
func (n *Net) VelocityDerivative(ws *Workspace, v, dv, x, dx []float32, t float64) {
	ws.check(n)
	cfg := n.Config
	if len(v) != len(x) || len(x)%cfg.Dim != 0 {
		panic("nn: VelocityDerivative: v and x must both be [Dim × m]")
	}
	if len(dv) != len(dx) || (len(x) == 0 && len(dx) != 0) || (len(x) != 0 && len(dx)%len(x) != 0) {
		panic("nn: VelocityDerivative: dv and dx must both be [k × Dim × m]")
	}
	ws.stored = 0
	n.timeBias(ws, t)
	k := n.velocityFactors(t)
	m := len(x) / cfg.Dim
	for from := 0; from < m; from += chunk {
		c := min(chunk, m-from)
		n.slopesChunk(ws, v, x, k, from, c, m)
		for o := 0; o < len(dx); o += len(x) {
			n.derivativeChunk(ws, dv[o:][:len(x)], dx[o:][:len(x)], k, from, c, m)
		}
	}
}

// slopesChunk is velocityChunk, but for the slopes of the activations and the
// features, which it leaves in the first block.
func (n *Net) slopesChunk(ws *Workspace, v, x []float32, k Preconditioner, from, c, m int) {
	cfg, b, p := n.Config, &ws.chunks[0], kernel.Round(c)
	s := cfg.spatial()
	h := b.features[:s*p]
	n.scaleInput(h, x, k, from, c, m)
	spatialFeatures(h, cfg, p)
	last := len(n.layers) - 1
	for i, l := range n.layers[:last] {
		a := b.active[i][:l.Out*p]
		if i == 0 {
			kernel.DenseStrided(a, l.Weight, l.In, ws.bias, h, l.Out, s, p)
		} else {
			kernel.Dense(a, l.Weight, l.Bias, h, l.Out, l.In, p)
		}
		kernel.SiLU(a, b.slope[i][:l.Out*p])
		h = a
	}
	l, out := n.layers[last], ws.out[:cfg.Dim*p]
	kernel.Dense(out, l.Weight, l.Bias, h, l.Out, l.In, p)
	n.scaleOutput(v, x, out, k, from, c, m)
}

// derivativeChunk sends one direction after the point that slopesChunk left.
//
//	dv, dx [Dim × m]
func (n *Net) derivativeChunk(ws *Workspace, dv, dx []float32, k Preconditioner, from, c, m int) {
	cfg, b, p := n.Config, &ws.chunks[0], kernel.Round(c)
	s := cfg.spatial()
	df := ws.scratch[:s*p]
	in := float32(k.In)
	for i := range cfg.Dim {
		row := df[i*p : (i+1)*p]
		for j, d := range dx[i*m+from:][:c] {
			row[j] = in * d
		}
		clear(row[c:])
	}
	featureDerivative(df, b.features[:s*p], cfg, p)

	h, g := df, ws.even
	last := len(n.layers) - 1
	for i, l := range n.layers[:last] {
		y := g[:l.Out*p]
		if i == 0 {
			kernel.DenseStrided(y, l.Weight, l.In, ws.zero[:l.Out], h, l.Out, s, p)
			g = ws.odd
		} else {
			kernel.Dense(y, l.Weight, ws.zero[:l.Out], h, l.Out, l.In, p)
			g = h[:cap(h)]
		}
		kernel.Mul(y, b.slope[i][:l.Out*p])
		h = y
	}
	l, out := n.layers[last], ws.out[:cfg.Dim*p]
	kernel.Dense(out, l.Weight, ws.zero[:l.Out], h, l.Out, l.In, p)

	skip, gain := float32(k.Skip), float32(k.Out)
	for i := range cfg.Dim {
		dst, src := dv[i*m+from:][:c], dx[i*m+from:][:c]
		for j, fj := range out[i*p:][:c] {
			dst[j] = skip*src[j] + gain*fj
		}
	}
}
