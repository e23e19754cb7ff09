package nn

import (
	"math"

	"inkflow/core/nn/kernel"
)

// Velocity computes the field at one time for any number of points, and keeps
// nothing. It overwrites what Forward left in ws.
//
// With one time for all columns, what time adds to the first layer is one bias,
// computed once.
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
	k := n.Scale.Precondition(n.Schedule.Coefficients(t))
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

func (n *Net) velocityChunk(ws *Workspace, v, x []float32, k Preconditioner, first Layer, from, c, m int) {
	cfg, b, p := n.Config, &ws.chunks[0], kernel.Round(c)
	s := cfg.spatial()
	f := b.features[:s*p]
	scale := float32(k.In)
	for i := range cfg.Dim {
		row, shift := f[i*p:(i+1)*p], float32(k.Alpha*n.Scale.Mean[i])
		for j, xj := range x[i*m+from:][:c] {
			row[j] = scale * (xj - shift)
		}
		clear(row[c:])
	}
	spatialFeatures(f, cfg, p)

	h, g := ws.even[:first.Out*p], ws.odd
	kernel.DenseStrided(h, first.Weight, first.In, ws.bias, f, first.Out, s, p)
	kernel.SiLUOnly(h)
	last := len(n.layers) - 1
	for _, l := range n.layers[1:last] {
		kernel.Dense(g[:l.Out*p], l.Weight, l.Bias, h, l.Out, l.In, p)
		kernel.SiLUOnly(g[:l.Out*p])
		h, g = g[:l.Out*p], h[:cap(h)]
	}
	l, out := n.layers[last], ws.out[:cfg.Dim*p]
	kernel.Dense(out, l.Weight, l.Bias, h, l.Out, l.In, p)

	skip, gain := float32(k.Skip), float32(k.Out)
	for i := range cfg.Dim {
		shift, drift := float32(k.Alpha*n.Scale.Mean[i]), float32(k.DAlpha*n.Scale.Mean[i])
		dst, src := v[i*m+from:][:c], x[i*m+from:][:c]
		for j, fj := range out[i*p:][:c] {
			dst[j] = skip*(src[j]-shift) + drift + gain*fj
		}
	}
}
