package run

import (
	"math"
	"math/rand/v2"

	"inkflow/core/engine"
	"inkflow/core/exact"
	"inkflow/core/flow"
	"inkflow/core/nn"
	"inkflow/core/ode"
	"inkflow/core/path"
)

// fields is what can be asked about the flow at hand: the learned field, the
// exact one where it is known, and both along the path that is sampled.
type fields struct {
	along  string // the settings' text
	path   path.Scheduler
	net    *nn.Field
	change *path.Change // to another path than the trained one, or nil
	exact  *exact.Field // made when it is first asked for, along the path that is sampled
	batch  *exact.Batch // of exact
	follow *flow.Likelihood
	curves engine.Curves

	target *shape
	scored bool // the settings are those of an exact answer

	x0, x1 []float32 // [2 × somePairs], to know how fast pairs are
	scaled []float32 // [2 × maxPiece]
	point  [2]float64
}

// somePairs is how many pairs tell how fast the flow is.
const somePairs = 256

// newFields gathers what a runner's flow can be asked.
func newFields(r *Runner) *fields {
	f := &fields{along: r.settings.Along, path: r.lesson.path, net: nn.NewField(r.trainer.Net()), scaled: make([]float32, 2*maxPiece),
		x0: make([]float32, 2*somePairs), x1: make([]float32, 2*somePairs)}
	f.target, f.scored = r.target, r.settings.Exact()
	f.curves.Alpha, f.curves.Sigma = curves(f.path)
	if p, err := path.Parse(r.settings.Along); err == nil && r.settings.Along != "" {
		f.change = &path.Change{From: f.path, To: p}
		f.path = p
		f.curves.AlongAlpha, f.curves.AlongSigma = curves(p)
	}
	rng := rand.New(rand.NewPCG(r.settings.Seed, 0x6669656c64))
	r.target.Sample(rng, f.x1)
	if r.lesson.source != nil {
		r.lesson.source.Sample(rng, f.x0)
	} else {
		for i := range f.x0 {
			f.x0[i] = float32(rng.NormFloat64())
		}
	}
	return f
}

// curvePoints is how many points a curve is drawn through.
const curvePoints = 65

func curves(p path.Scheduler) (alpha, sigma []float32) {
	for i := range curvePoints {
		a, s, _, _ := p.Coefficients(float64(i) / (curvePoints - 1))
		alpha, sigma = append(alpha, float32(a)), append(sigma, float32(s))
	}
	return alpha, sigma
}

// can reports whether a layer can be computed.
func (f *fields) can(k engine.Kind) bool {
	return !k.Exact() || f.scored && !f.target.failed
}

// prepare makes what a layer needs, and reports whether it can be computed.
func (f *fields) prepare(r *Runner, k engine.Kind) bool {
	if k.Exact() && f.exact == nil {
		answer := f.target.answer()
		if answer == nil {
			return false
		}
		f.exact = &exact.Field{Target: answer, Path: f.path}
		f.batch = f.exact.Batch()
	}
	if k == engine.Likelihood {
		f.likelihoods(r)
	}
	return true
}

// truth is the exact field of the path that was trained.
func (f *fields) truth(r *Runner) exact.Field {
	return exact.Field{Target: r.target.answer(), Path: r.lesson.path}
}

// followSteps is how many steps take a point back to where it came from.
const followSteps = 12

// likelihoods is the learned flow followed backwards, with its density.
func (f *fields) likelihoods(r *Runner) *flow.Likelihood {
	if f.follow != nil {
		return f.follow
	}
	method, err := ode.ParseMethod("midpoint")
	if err != nil {
		panic(err.Error())
	}
	how := flow.Following{Method: method, Steps: followSteps}
	if source := r.lesson.source; source != nil {
		if a := source.answer(); a != nil {
			how.Source = func(x []float64) float64 {
				log, _ := a.Posterior(nil, x, 1, 0)
				return log
			}
		}
	}
	f.follow, err = flow.NewLikelihood(flow.ForwardDivergence(f.net, 2), r.lesson.path, how)
	if err != nil {
		panic("run: " + err.Error())
	}
	return f.follow
}

// piece is how many points of a kind are computed at a time: a millisecond or
// so of work.
func (f *fields) piece(k engine.Kind) int {
	switch k {
	case engine.Velocity:
		return maxPiece
	case engine.Exact, engine.Gap:
		return 64 // what exact.Batch takes at once
	}
	return 16
}

// inside brings a time to where velocities are finite.
func (f *fields) inside(t float64) float64 {
	from, to := f.path.Interval()
	return min(max(t, from), min(to, 1-1e-3))
}

// velocity is the learned one, along the path that is sampled.
//
//	dst, x [2 × n]
func (f *fields) velocity(dst, x []float32, t float64) {
	t = f.inside(t)
	if f.change == nil {
		f.net.Velocity(dst, x, t)
		return
	}
	trained, scale, cx, cu := f.change.At(t)
	scaled := f.scaled[:len(x)]
	for i, v := range x {
		scaled[i] = v / float32(scale)
	}
	f.net.Velocity(dst, scaled, trained)
	for i, v := range x {
		dst[i] = float32(cx)*v + float32(cu)*dst[i]
	}
}

// exactVelocity is the exact one.
//
//	dst, x [2 × n]
func (f *fields) exactVelocity(dst, x []float32, t float64) { f.batch.Velocity(dst, x, f.inside(t)) }

// exactDensity is the exact log p_t.
//
//	dst [n], x [2 × n]
func (f *fields) exactDensity(dst, x []float32, t float64) {
	n := len(x) / 2
	for j := range n {
		f.point = [2]float64{float64(x[j]), float64(x[n+j])}
		dst[j] = logTame(f.exact.LogDensity(f.point[:], t))
	}
}

// rare is a log-density at a time that about one point in thirty falls short
// of.
func (f *fields) rare(t float64) float64 {
	alpha, sigma, _, _ := f.path.Coefficients(f.inside(t))
	least := [2]float64{math.Inf(1), math.Inf(1)} // the two lowest
	for j := range rarePairs {
		for i := range f.point {
			f.point[i] = alpha*float64(f.x1[i*somePairs+j]) + sigma*float64(f.x0[i*somePairs+j])
		}
		v := f.exact.LogDensity(f.point[:], f.inside(t))
		if v < least[0] {
			least[0], least[1] = v, least[0]
		} else {
			least[1] = min(least[1], v)
		}
	}
	return least[1]
}

// rarePairs is how many pairs tell where hardly a point comes.
const rarePairs = 64

// visited is how much counts what happens at a point: 1 where points come, and
// ever less where the density is below rare.
func (f *fields) visited(x, y float32, t, rare float64) float64 {
	f.point = [2]float64{float64(x), float64(y)}
	return math.Min(math.Exp((f.exact.LogDensity(f.point[:], f.inside(t))-rare)/2), 1)
}

// likelihood is the learned log q̂ at t = 1.
//
//	dst [n], x [2 × n]
func (f *fields) likelihood(dst, x []float64) { f.follow.Log(dst, nil, x) }

// typical is the root mean square speed of pairs at a time, which pass with
// α̇ x1 + σ̇ x0.
func (f *fields) typical(t float64) float64 {
	_, _, da, ds := f.path.Coefficients(f.inside(t))
	sum := 0.0
	for i, x1 := range f.x1 {
		v := da*float64(x1) + ds*float64(f.x0[i])
		sum += v * v
	}
	return math.Min(math.Sqrt(sum/somePairs), 1e6)
}

// report writes what is known of the flow into a snapshot.
func (f *fields) report(s *engine.Snapshot) {
	s.Curves = f.curves
}
