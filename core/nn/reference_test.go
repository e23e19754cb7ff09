package nn

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// The whole network once more, in float64 and matrices, column for column as the
// comments define it, sharing no code with the package but Config and Layer.

type reference struct {
	cfg     Config
	scale   Scale
	sched   Schedule
	weights []float64
}

func refer(n *Net) *reference {
	r := &reference{n.Config, n.Scale, n.Schedule, make([]float64, len(n.Weights))}
	for i, w := range n.Weights {
		r.weights[i] = float64(w)
	}
	return r
}

type refLayer struct {
	w, b   *mat.Dense // [out × in], [out × 1]
	wo, bo int        // where they begin in weights
}

func (r *reference) layers() []refLayer {
	in := r.cfg.Dim*(1+2*r.cfg.Octaves) + 1 + 2*r.cfg.Harmonics
	var ls []refLayer
	o := 0
	for _, out := range append(append([]int{}, r.cfg.Hidden...), r.cfg.Dim) {
		l := refLayer{wo: o, bo: o + out*in}
		l.w = mat.NewDense(out, in, r.weights[o:o+out*in])
		l.b = mat.NewDense(out, 1, r.weights[o+out*in:o+out*in+out])
		o += out*in + out
		in = out
		ls = append(ls, l)
	}
	return ls
}

// input is the feature vector of one column [features × 1].
func (r *reference) input(x []float64, t float64) *mat.Dense {
	alpha, sigma, _, _ := r.sched.Coefficients(t)
	v := alpha*alpha*r.scale.Std*r.scale.Std + sigma*sigma
	var f []float64
	scaled := make([]float64, len(x))
	for i := range x {
		scaled[i] = (x[i] - alpha*r.scale.Mean[i]) / math.Sqrt(v)
	}
	f = append(f, scaled...)
	for k := range r.cfg.Octaves {
		for _, s := range scaled {
			f = append(f, math.Sin(math.Pow(2, float64(k))*s))
		}
		for _, s := range scaled {
			f = append(f, math.Cos(math.Pow(2, float64(k))*s))
		}
	}
	f = append(f, t-.5)
	for k := 1; k <= r.cfg.Harmonics; k++ {
		f = append(f, math.Sin(math.Pi*float64(k)*t), math.Cos(math.Pi*float64(k)*t))
	}
	return mat.NewDense(len(f), 1, f)
}

// run returns the velocity of one column and, if dv is given, adds the gradient
// of dv·v to grad.
func (r *reference) run(x []float64, t float64, dv, grad []float64) []float64 {
	ls := r.layers()
	a := []*mat.Dense{r.input(x, t)}
	var slopes []*mat.Dense
	for i, l := range ls {
		var z mat.Dense
		z.Mul(l.w, a[i])
		z.Add(&z, l.b)
		if i == len(ls)-1 {
			a = append(a, &z)
			break
		}
		var h, s mat.Dense
		h.Apply(func(_, _ int, v float64) float64 { return v / (1 + math.Exp(-v)) }, &z)
		s.Apply(func(_, _ int, v float64) float64 {
			g := 1 / (1 + math.Exp(-v))
			return g + v*g*(1-g)
		}, &z)
		a = append(a, &h)
		slopes = append(slopes, &s)
	}
	alpha, sigma, dAlpha, dSigma := r.sched.Coefficients(t)
	s2 := r.scale.Std * r.scale.Std
	v := alpha*alpha*s2 + sigma*sigma
	skip := (dAlpha*alpha*s2 + dSigma*sigma) / v
	out := r.scale.Std * (sigma*dAlpha - dSigma*alpha) / math.Sqrt(v)
	y := make([]float64, len(x))
	for i := range y {
		m := r.scale.Mean[i]
		y[i] = skip*(x[i]-alpha*m) + dAlpha*m + out*a[len(ls)].At(i, 0)
	}
	if dv == nil {
		return y
	}
	g := mat.NewDense(len(dv), 1, nil)
	for i, d := range dv {
		g.Set(i, 0, out*d)
	}
	for i := len(ls) - 1; i >= 0; i-- {
		var dw, down mat.Dense
		dw.Mul(g, a[i].T())
		rows, cols := dw.Dims()
		for p := range rows {
			for q := range cols {
				grad[ls[i].wo+p*cols+q] += dw.At(p, q)
			}
			grad[ls[i].bo+p] += g.At(p, 0)
		}
		if i > 0 {
			down.Mul(ls[i].w.T(), g)
			down.MulElem(&down, slopes[i-1])
			g = &down
		}
	}
	return y
}

// all runs every column of x [d × n] at the times t [n]; with dv [d × n] it also
// returns the gradient of Σ dv·v.
func (r *reference) all(x, t, dv []float32) (v, grad []float64) {
	d, n := r.cfg.Dim, len(t)
	v, grad = make([]float64, d*n), make([]float64, len(r.weights))
	for j := range n {
		var xs, ds []float64
		for i := range d {
			xs = append(xs, float64(x[i*n+j]))
			if dv != nil {
				ds = append(ds, float64(dv[i*n+j]))
			}
		}
		for i, y := range r.run(xs, float64(t[j]), ds, grad) {
			v[i*n+j] = y
		}
	}
	return v, grad
}
