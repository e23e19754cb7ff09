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
	predict Quantity
	weights []float64
}

func refer(n *Net) *reference {
	r := &reference{n.Config, n.Scale, n.Schedule, n.Predict, make([]float64, len(n.Weights))}
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

// pair is a Gaussian pair (X1, X0) in one coordinate.
type pair struct {
	mean [2]float64
	cov  *mat.SymDense // [2 × 2]
}

func (r *reference) pair(i int) pair {
	s0, m0 := 1.0, 0.0
	if r.scale.SourceStd != 0 {
		s0 = r.scale.SourceStd
	}
	if r.scale.SourceMean != nil {
		m0 = r.scale.SourceMean[i]
	}
	c := r.scale.Covariance
	if most := .995 * r.scale.Std * s0; math.Abs(c) > most {
		c = math.Copysign(most, c)
	}
	return pair{[2]float64{r.scale.Mean[i], m0}, mat.NewSymDense(2, []float64{r.scale.Std * r.scale.Std, c, c, s0 * s0})}
}

// linear is the mean and variance of p·(X1, X0), and its covariance with
// q·(X1, X0).
func (g pair) linear(p, q [2]float64) (mean, variance, covariance float64) {
	u, v := mat.NewVecDense(2, p[:]), mat.NewVecDense(2, q[:])
	return p[0]*g.mean[0] + p[1]*g.mean[1], mat.Inner(u, g.cov, u), mat.Inner(u, g.cov, v)
}

// given is the mean and standard deviation of q·(X1, X0) given p·(X1, X0) = x.
func (g pair) given(q, p [2]float64, x float64) (mean, std float64) {
	m, v, c := g.linear(q, p)
	mx, vx, _ := g.linear(p, p)
	return m + c/vx*(x-mx), math.Sqrt(max(0, v-c*c/vx))
}

// at is where the path is and what is predicted there.
func (r *reference) at(t float64) (x, y, u [2]float64) {
	alpha, sigma, dAlpha, dSigma := r.sched.Coefficients(t)
	x, u = [2]float64{alpha, sigma}, [2]float64{dAlpha, dSigma}
	if y = u; r.predict != nil {
		y[0], y[1] = r.predict.Combination(alpha, sigma, dAlpha, dSigma)
	}
	return x, y, u
}

// input is the feature vector of one column [features × 1].
func (r *reference) input(x []float64, t float64) *mat.Dense {
	on, _, _ := r.at(t)
	scaled := make([]float64, len(x))
	for i := range x {
		m, v, _ := r.pair(i).linear(on, on)
		scaled[i] = (x[i] - m) / math.Sqrt(v)
	}
	var f []float64
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

// run returns what the network predicts for one column and, if dv is given, adds
// the gradient of dv·v to grad.
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
	on, what, _ := r.at(t)
	y := make([]float64, len(x))
	var out float64
	for i := range y {
		g := r.pair(i)
		known, left := g.given(what, on, x[i])
		out = math.Copysign(left, what[0]*on[1]-what[1]*on[0])
		if r.cfg.Plain {
			var v float64
			known, v, _ = g.linear(what, what)
			out = math.Sqrt(v)
		}
		y[i] = known + out*a[len(ls)].At(i, 0)
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

// velocity is the velocity at one column: the pair solved for, from the point and
// the prediction.
func (r *reference) velocity(x []float64, t float64) []float64 {
	on, what, u := r.at(t)
	y := r.run(x, t, nil, nil)
	if r.predict == nil {
		return y
	}
	for i := range y {
		var ends mat.VecDense
		if err := ends.SolveVec(mat.NewDense(2, 2, []float64{on[0], on[1], what[0], what[1]}), mat.NewVecDense(2, []float64{x[i], y[i]})); err != nil {
			panic(err)
		}
		y[i] = u[0]*ends.AtVec(0) + u[1]*ends.AtVec(1)
	}
	return y
}
