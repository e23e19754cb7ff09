package nn

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
)

// Curves like those of variance-preserving and variance-exploding diffusion
// (Song et al. 2021), short of the end where the first has no derivative.

type preserving struct{}

func (preserving) Coefficients(t float64) (alpha, sigma, dAlpha, dSigma float64) {
	const least, most = .1, 20
	s := 1 - t
	b, rate := least*s+.5*(most-least)*s*s, least+(most-least)*s
	alpha, sigma = math.Exp(-b/2), math.Sqrt(-math.Expm1(-b))
	return alpha, sigma, rate / 2 * alpha, -rate / 2 * math.Exp(-b) / sigma
}

type exploding struct{}

func (exploding) Coefficients(t float64) (alpha, sigma, dAlpha, dSigma float64) {
	const least, most = .01, 10
	sigma = least * math.Pow(most/least, 1-t)
	return 1, sigma, 0, -sigma * math.Log(most/least)
}

// schedules and the time at which each must stop.
var schedules = []struct {
	Schedule
	end float64
}{{linear{}, 1}, {cosine{}, 1}, {preserving{}, .999}, {exploding{}, 1}}

// What may be predicted.
type (
	denoiser struct{}
	noise    struct{}
	score    struct{}
	speed    struct{}
)

func (denoiser) Combination(_, _, _, _ float64) (a, b float64)        { return 1, 0 }
func (noise) Combination(_, _, _, _ float64) (a, b float64)           { return 0, 1 }
func (score) Combination(_, sigma, _, _ float64) (a, b float64)       { return 0, -1 / sigma }
func (speed) Combination(_, _, dAlpha, dSigma float64) (a, b float64) { return dAlpha, dSigma }

var quantities = []Quantity{nil, speed{}, denoiser{}, noise{}, score{}}

// scales of the pair in two dimensions: noise, another Gaussian source, a source
// that knows of the target, and one that knows nearly all.
var scales = []Scale{
	{Mean: []float64{2, -1}, Std: .4},
	{Mean: []float64{2, -1}, Std: .4, SourceMean: []float64{-1, .5}, SourceStd: 2},
	{Mean: []float64{2, -1}, Std: .4, SourceMean: []float64{-1, .5}, SourceStd: 2, Covariance: .5},
	{Mean: []float64{0, 3}, Std: 1.5, Covariance: -1.5},
}

func made(t *testing.T, cfg Config, sc Scale, s Schedule, q Quantity) *Net {
	t.Helper()
	n, err := New(cfg, sc, s, rand.New(rand.NewPCG(1, 1)))
	if err != nil {
		t.Fatal(err)
	}
	n.Predict = q
	return n
}

// spoil gives every weight a value that matters.
func spoil(n *Net, seed uint64) *rand.Rand {
	rng := rand.New(rand.NewPCG(seed, 9))
	for _, l := range n.Layers() {
		for i := range l.Weight {
			l.Weight[i] = float32(rng.NormFloat64() / math.Sqrt(float64(l.In)))
		}
		for i := range l.Bias {
			l.Bias[i] = float32(.3 * rng.NormFloat64())
		}
	}
	return rng
}

// An untrained network is the exact field of the Gaussian pair. Along that field
// the flow is x_t = E[X_t] + std(X_t) z with z fixed, so the velocity is the
// derivative of this curve, here taken numerically; the other quantities are the
// textbook's posterior means.
func TestUntrainedIsGaussianField(t *testing.T) {
	for _, s := range schedules {
		for _, sc := range scales {
			for _, q := range quantities {
				n := made(t, DefaultConfig(), sc, s, q)
				r := refer(n)
				where := func(t, z float64, i int) (x, std float64) {
					on, _, _ := r.at(t)
					m, v, _ := r.pair(i).linear(on, on)
					return m + math.Sqrt(v)*z, math.Sqrt(v)
				}
				ws := NewWorkspace(n, 1)
				for _, tt := range []float64{.1, .5, .9} {
					z := []float64{1.3, -.2}
					x, v, y := make([]float32, 2), make([]float32, 2), make([]float32, 2)
					tt = float64(float32(tt))
					for i := range x {
						xi, _ := where(tt, z[i], i)
						x[i] = float32(xi)
					}
					n.Velocity(ws, v, x, tt)
					n.Forward(ws, y, x, []float32{float32(tt)})
					for i := range v {
						_, std := where(tt, z[i], i)
						want := fd.Derivative(func(t float64) float64 { x, _ := where(t, z[i], i); return x }, tt, &fd.Settings{Formula: fd.Central, Step: 1e-5})
						// Rounding of x (up to 5) through the slope of the field (up
						// to 7), and of the differences.
						if e := math.Abs(float64(v[i]) - want); e > 2e-5*max(1, math.Abs(want)) {
							t.Errorf("%T, %+v, %T, t = %g: velocity %g, want %g", s.Schedule, sc, q, tt, v[i], want)
						}
						_, what, _ := r.at(tt)
						on, _, _ := r.at(tt)
						known, left := r.pair(i).given(what, on, float64(x[i]))
						if e := math.Abs(float64(y[i]) - known); e > 2e-6*max(1, math.Abs(known)) { // one rounding of float32, the factors in float64
							t.Errorf("%T, %+v, %T, t = %g: Forward %g, want %g", s.Schedule, sc, q, tt, y[i], known)
						}
						k := n.Factors(tt)
						if e := math.Abs(math.Abs(k.Out)-left) / left; e > 1e-7 || k.Unit() != math.Abs(k.Out) { // left is a difference of squares
							t.Errorf("%T, %+v, %T, t = %g: unit %g, want %g", s.Schedule, sc, q, tt, k.Out, left)
						}
						if e := math.Abs(k.In*std - 1); e > 1e-12 {
							t.Errorf("%T: the input is scaled by %g, want 1/%g", s.Schedule, k.In, std)
						}
					}
				}
			}
		}
	}
}

// Preconditioned, all quantities are one network: the same weights give the same
// velocity whatever they were asked to predict, to the bit, ends included. The
// gradient of the loss in its own units is the same as well.
func TestPreconditionedQuantitiesAreOne(t *testing.T) {
	for _, s := range schedules {
		for _, sc := range scales {
			n := made(t, DefaultConfig(), sc, s, nil)
			rng := spoil(n, 3)
			ws := NewWorkspace(n, 40)
			x := normals(rng, 80, 2)
			want, got := make([]float32, 80), make([]float32, 80)
			for _, at := range []float64{0, .4, s.end} {
				n.Predict = nil
				n.Velocity(ws, want, x, at)
				for _, q := range quantities {
					n.Predict = q
					n.Velocity(ws, got, x, at)
					if !slices.Equal(got, want) || !finite(got) {
						t.Errorf("%T, %T, t = %g: another velocity than the velocity's", s.Schedule, q, at)
					}
				}
			}
			ts := times(rng, 40)
			for j := range ts { // inside, where every unit is far from 0
				ts[j] = .05 + .85*ts[j]
			}
			f := normals(rng, 80, 1) // the regression target of F
			var first []float64
			for _, q := range quantities {
				n.Predict = q
				n.Forward(ws, got, x, ts)
				dv := make([]float32, 80)
				for j := range ts {
					k := ws.Factors(j)
					for i := range 2 {
						y := k.Mean(float64(x[i*40+j]), sc.Mean[i], sc.source(i)) + k.Out*float64(f[i*40+j])
						dv[i*40+j] = float32((float64(got[i*40+j]) - y) / (k.Unit() * k.Unit()))
					}
				}
				grad := make([]float32, n.NumParams())
				n.Backward(ws, grad, dv)
				var off, size float64
				for i, g := range grad {
					if first == nil {
						continue
					}
					off, size = off+math.Pow(float64(g)-first[i], 2), size+first[i]*first[i]
				}
				if first == nil {
					for _, g := range grad {
						first = append(first, float64(g))
					}
				} else if e := math.Sqrt(off / size); !(e < 3e-4) { // got − y cancels: float32 of numbers up to 100 units
					t.Errorf("%T, %+v, %T: the gradient in its own units is off by %.1g", s.Schedule, sc, q, e)
				}
			}
		}
	}
}

func finite(x []float32) bool {
	return !slices.ContainsFunc(x, func(v float32) bool { return v-v != 0 })
}

// Every quantity, plain and not, from every pair: forward, backward and the
// conversion to velocity against the reference.
func TestQuantitiesAgainstReference(t *testing.T) {
	const m = 50
	for _, s := range schedules {
		for k, sc := range scales {
			for _, q := range quantities {
				for _, plain := range []bool{false, true} {
					name := fmt.Sprintf("%T, scale %d, %T, plain %v", s.Schedule, k, q, plain)
					n := made(t, Config{Dim: 2, Hidden: []int{19, 8}, Octaves: 1, Harmonics: 1, Plain: plain}, sc, s, q)
					rng := spoil(n, uint64(k))
					r := refer(n)
					ws := NewWorkspace(n, m)
					ws.Exact = true
					x, ts, dv := normals(rng, 2*m, 1), times(rng, m), normals(rng, 2*m, 1)
					for j := range ts { // a score is infinite at σ = 0
						ts[j] = .02 + .9*ts[j]
						on, _, _ := r.at(float64(ts[j]))
						for i := range 2 { // points where the path has them
							mean, v, _ := r.pair(i).linear(on, on)
							x[i*m+j] = float32(mean + 2*math.Sqrt(v)*float64(x[i*m+j]))
						}
					}
					v, grad := make([]float32, 2*m), make([]float32, n.NumParams())
					n.Forward(ws, v, x, ts)
					n.Backward(ws, grad, dv)
					wantV, wantG := r.all(x, ts, dv)
					var off, size, offG, sizeG float64
					for i := range v {
						off, size = off+math.Pow(float64(v[i])-wantV[i], 2), size+wantV[i]*wantV[i]
					}
					for i := range grad {
						offG, sizeG = offG+math.Pow(float64(grad[i])-wantG[i], 2), sizeG+wantG[i]*wantG[i]
					}
					// float32, and a feature's argument up to 10.
					if e := math.Sqrt(off / size); !(e < 3e-6) {
						t.Errorf("%s: the prediction is off by %.1g", name, e)
					}
					if e := math.Sqrt(offG / sizeG); !(e < 1e-5) {
						t.Errorf("%s: the gradient is off by %.1g", name, e)
					}
					for _, at := range []float64{.1, .5, .9} {
						n.Velocity(ws, v, x, at)
						var off, size float64
						for j := range m {
							for i, want := range r.velocity([]float64{float64(x[j]), float64(x[m+j])}, at) {
								off, size = off+math.Pow(float64(v[i*m+j])-want, 2), size+want*want
							}
						}
						// Rounding, times 1/D where a plain prediction is converted.
						if e := math.Sqrt(off / size); !(e < 2e-5) {
							t.Errorf("%s, t = %g: the velocity is off by %.1g", name, at, e)
						}
					}
				}
			}
		}
	}
}

// Where x alone tells the quantity the unit of the loss is small, but not 0.
func TestUnitIsNeverZero(t *testing.T) {
	n := made(t, DefaultConfig(), scales[0], linear{}, noise{})
	if k := n.Factors(0); k.Out != 0 || !(k.Unit() > 0) {
		t.Errorf("noise at t = 0: Out %g, unit %g", k.Out, k.Unit())
	}
	n.Predict = denoiser{}
	if k := n.Factors(1); k.Out != 0 || !(k.Unit() > 0) {
		t.Errorf("denoiser at t = 1: Out %g, unit %g", k.Out, k.Unit())
	}
}
