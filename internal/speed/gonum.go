package main

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// gonumNet is the same network as a Go programmer would write it with gonum: one
// sample a row, float64, forward, backward and Adam on one given batch.
type gonumNet struct {
	x, y *mat.Dense   // [batch × features], [batch × 2]
	w, b []*mat.Dense // [in × out], [1 × out]

	z, a, da, dw, db, mw, vw, mb, vb []*mat.Dense
	steps                            float64
}

func newGonumNet(widths []int, batch int) *gonumNet {
	rng := rand.New(rand.NewPCG(1, 1))
	random := func(r, c int, scale float64) *mat.Dense {
		m := mat.NewDense(r, c, nil)
		for i := range m.RawMatrix().Data {
			m.RawMatrix().Data[i] = scale * rng.NormFloat64()
		}
		return m
	}
	g := &gonumNet{x: random(batch, widths[0], 1), y: random(batch, widths[len(widths)-1], 1)}
	for k, out := range widths[1:] {
		in := widths[k]
		g.w = append(g.w, random(in, out, math.Sqrt(2/float64(in))))
		g.b = append(g.b, mat.NewDense(1, out, nil))
		for _, list := range []*[]*mat.Dense{&g.z, &g.a, &g.da} {
			*list = append(*list, mat.NewDense(batch, out, nil))
		}
		for _, list := range []*[]*mat.Dense{&g.dw, &g.mw, &g.vw} {
			*list = append(*list, mat.NewDense(in, out, nil))
		}
		for _, list := range []*[]*mat.Dense{&g.db, &g.mb, &g.vb} {
			*list = append(*list, mat.NewDense(1, out, nil))
		}
	}
	return g
}

func (g *gonumNet) step() {
	last := len(g.w) - 1
	in := g.x
	for k := range g.w {
		g.z[k].Mul(in, g.w[k])
		b := g.b[k].RawRowView(0)
		batch, _ := g.z[k].Dims()
		for r := range batch {
			z, a := g.z[k].RawRowView(r), g.a[k].RawRowView(r)
			for i := range z {
				z[i] += b[i]
				a[i] = z[i]
				if k < last {
					a[i] = z[i] / (1 + math.Exp(-z[i]))
				}
			}
		}
		in = g.a[k]
	}
	g.da[last].Sub(g.a[last], g.y)
	g.da[last].Scale(2/float64(len(g.y.RawMatrix().Data)), g.da[last])
	g.steps++
	for k := last; k >= 0; k-- {
		if k < last {
			z, d := g.z[k].RawMatrix().Data, g.da[k].RawMatrix().Data
			for i := range d {
				s := 1 / (1 + math.Exp(-z[i]))
				d[i] *= s * (1 + z[i]*(1-s))
			}
		}
		in := g.x
		if k > 0 {
			in = g.a[k-1]
			g.da[k-1].Mul(g.da[k], g.w[k].T())
		}
		g.dw[k].Mul(in.T(), g.da[k])
		db := g.db[k].RawRowView(0)
		clear(db)
		batch, _ := g.da[k].Dims()
		for r := range batch {
			for i, d := range g.da[k].RawRowView(r) {
				db[i] += d
			}
		}
	}
	for k := range g.w {
		g.adam(g.w[k], g.dw[k], g.mw[k], g.vw[k])
		g.adam(g.b[k], g.db[k], g.mb[k], g.vb[k])
	}
}

func (g *gonumNet) adam(w, grad, m, v *mat.Dense) {
	wd, gd, md, vd := w.RawMatrix().Data, grad.RawMatrix().Data, m.RawMatrix().Data, v.RawMatrix().Data
	c1, c2 := 1-math.Pow(.9, g.steps), 1-math.Pow(.999, g.steps)
	for i, x := range gd {
		md[i] = .9*md[i] + .1*x
		vd[i] = .999*vd[i] + .001*x*x
		wd[i] -= 1e-3 * (md[i] / c1) / (math.Sqrt(vd[i]/c2) + 1e-8)
	}
}
