package nn

import (
	"math"

	"inkflow/core/nn/kernel"
)

// Velocity computes the velocity at one time for any number of points, whatever
// the network predicts, and keeps nothing. It overwrites what Forward left in ws.
// It is finite wherever the schedule is, both ends included; a [Config.Plain]
// network that predicts another quantity is converted (see plainVelocity for
// what becomes of that near an end).
//
// With one time for all columns, what time adds to the first layer is one bias,
// computed once. The activations are good to kernel.SiLUFastError, 2e-5, unless
// [Workspace.Exact] asks for those of Forward. Over a whole integration that adds,
// root mean square, less than the 1e-5 which adaptive solvers are held to by
// default, and a hundred times less than 32 midpoint steps are off themselves.
//
//	v, x [Dim × m]; v and x may be the same slice
func (n *Net) Velocity(ws *Workspace, v, x []float32, t float64) {
	ws.check(n)
	cfg := n.Config
	if len(v) != len(x) || len(x)%cfg.Dim != 0 {
		panic("nn: Velocity: v and x must both be [Dim × m]")
	}
	ws.stored = 0
	first := n.layers[0]
	n.timeBias(ws, t)
	k := n.velocityFactors(t)
	m := len(x) / cfg.Dim
	for from := 0; from < m; from += chunk {
		n.velocityChunk(ws, v, x, k, first, from, min(chunk, m-from), m)
	}
}

// timeBias fills ws.bias with the first layer's bias plus its weights on the
// features of time.
func (n *Net) timeBias(ws *Workspace, t float64) {
	cfg, l := n.Config, n.layers[0]
	ws.time[0] = float32(t - .5)
	for k := range cfg.Harmonics {
		s, c := math.Sincos(math.Pi * float64(k+1) * t)
		ws.time[1+2*k], ws.time[2+2*k] = float32(s), float32(c)
	}
	s := cfg.spatial()
	for o := range ws.bias {
		sum := float64(l.Bias[o])
		for i, w := range l.Weight[o*l.In+s : (o+1)*l.In] {
			sum += float64(w) * float64(ws.time[i])
		}
		ws.bias[o] = float32(sum)
	}
}

// velocityChunk handles columns from … from+c of m.
func (n *Net) velocityChunk(ws *Workspace, v, x []float32, k Preconditioner, first Layer, from, c, m int) {
	cfg, p := n.Config, kernel.Round(c)
	s := cfg.spatial()
	f := ws.chunks[0].features[:s*p]
	n.scaleInput(f, x, k, from, c, m)
	spatialFeatures(f, cfg, p)

	h, g := ws.even[:first.Out*p], ws.odd
	kernel.DenseStrided(h, first.Weight, first.In, ws.bias, f, first.Out, s, p)
	ws.activate(h)
	last := len(n.layers) - 1
	for _, l := range n.layers[1:last] {
		kernel.Dense(g[:l.Out*p], l.Weight, l.Bias, h, l.Out, l.In, p)
		ws.activate(g[:l.Out*p])
		h, g = g[:l.Out*p], h[:cap(h)]
	}
	l, out := n.layers[last], ws.out[:cfg.Dim*p]
	kernel.Dense(out, l.Weight, l.Bias, h, l.Out, l.In, p)
	n.scaleOutput(v, x, out, k, from, c, m)
}

// activate is the activation of inference.
//
//	z [n]
func (w *Workspace) activate(z []float32) {
	if w.Exact {
		kernel.SiLUOnly(z)
	} else {
		kernel.SiLUFast(z)
	}
}

// scaleInput writes the columns from … from+c of x, centred and scaled, to the
// first rows of the features, and columns of zeros behind them.
//
//	f [Dim × Round(c)], x [Dim × m]
func (n *Net) scaleInput(f, x []float32, k Preconditioner, from, c, m int) {
	p, scale := kernel.Round(c), float32(k.In)
	for i := range n.Config.Dim {
		row, shift := f[i*p:(i+1)*p], float32(k.Alpha*n.Scale.Mean[i]+k.Sigma*n.Scale.source(i))
		for j, xj := range x[i*m+from:][:c] {
			row[j] = scale * (xj - shift)
		}
		clear(row[c:])
	}
}

// scaleOutput puts the known part of the field around F.
//
//	v, x [Dim × m], f [Dim × Round(c)]
func (n *Net) scaleOutput(v, x, f []float32, k Preconditioner, from, c, m int) {
	p, skip, gain := kernel.Round(c), float32(k.Skip), float32(k.Out)
	for i := range n.Config.Dim {
		m1, m0 := n.Scale.Mean[i], n.Scale.source(i)
		shift, drift := float32(k.Alpha*m1+k.Sigma*m0), float32(k.A*m1+k.B*m0)
		dst, src := v[i*m+from:][:c], x[i*m+from:][:c]
		for j, fj := range f[i*p:][:c] {
			dst[j] = skip*(src[j]-shift) + drift + gain*fj
		}
	}
}
