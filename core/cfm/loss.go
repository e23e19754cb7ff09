package cfm

import (
	"math"

	"inkflow/core/internal/upper"
	"inkflow/core/nn"
)

// The conditional flow-matching loss (Lipman et al. 2023, equation 9) on one
// batch, for whatever the network predicts:
//
//	E ‖ŷ(X_t, t) − (a X1 + b X0)‖² / d,   X_t = α X1 + σ X0,
//
// with (a, b) = (α̇, σ̇) for the velocity, (1, 0) for x1, (0, 1) for ε and
// (0, −1/σ) for the score.
//
// What is minimised is the same error in the network's own units, divided by
// Unit(t)² (see nn.Preconditioner): then every time pulls with the same force,
// whatever the scale of the data and whatever is predicted; Config.Weight may say
// otherwise. What is reported is always the error of the velocity that follows from
// the prediction, in natural units, under uniform time: the one number that can be
// compared between all of them.

// A shard is a range of a batch's columns with the memory to make a gradient of
// it.
type shard struct {
	from int // its first column in the batch
	ws   *nn.Workspace

	x, y, v, dv []float32 // [d × m]: points, what is right, what is said, gradient
	time        []float32 // [m]
	share       []float64 // [m], 1 / density of t
	grad        []float32 // [NumParams]

	scaled, natural float64 // its part of the two losses
}

func newShard(net *nn.Net, from, m int) *shard {
	size := net.Config.Dim * m
	return &shard{
		from: from, ws: nn.NewWorkspace(net, m),
		x: make([]float32, size), y: make([]float32, size), v: make([]float32, size), dv: make([]float32, size),
		time: make([]float32, m), share: make([]float64, m), grad: make([]float32, net.NumParams()),
	}
}

// work is what the shards of a step share. They only read it.
type work struct {
	net    *nn.Net
	batch  *batch
	weight Weight
	noise  float64 // σ of a bridge
}

// do makes the shard's part of the gradient and of the losses.
func (s *shard) do(w *work) {
	upper.Clear()
	w.batch.place(s, w.net, w.noise)
	w.net.Forward(s.ws, s.v, s.x, s.time)
	s.compare(w)
	clear(s.grad)
	w.net.Backward(s.ws, s.grad, s.dv)
}

// compare fills dv with the gradient of the minimised loss with respect to v, and
// sets scaled, the even loss in the network's units, where an untrained network
// scores about 1, and natural, the reported one.
func (s *shard) compare(w *work) {
	upper.Clear()
	m, total := len(s.time), float64(len(w.batch.x1))
	s.scaled, s.natural = 0, 0
	for j := range m {
		k := s.ws.Factors(j)
		unit := k.Unit()
		even := 1 / (unit * unit)
		if w.noise > 0 { // the bridge's noise is not in the network's units
			std, factor := bridgeNoise(w.noise, float64(s.time[j]))
			even = 1 / (unit*unit + std*std*factor*factor)
		}
		weight := even
		if w.weight.Kind != Even {
			weight *= w.weight.relative(k)
		}
		var square float64
		for i := j; i < len(s.v); i += m {
			e := float64(s.v[i]) - float64(s.y[i])
			square += e * e
			s.dv[i] = float32(2 * weight * e / total)
		}
		s.scaled += even * square / total
		s.natural += s.share[j] * asVelocity(w.net, k, s.time[j]) * square / total
	}
}

// asVelocity is the square of what an error of 1 in the prediction makes in the
// velocity. Both are Out times one and the same F (nn.Preconditioner), so it is the
// ratio of the two. A plain network divides by what it is told of y, but not where
// that is less than a thousandth of y's own spread (see package nn).
func asVelocity(net *nn.Net, k *nn.Preconditioner, t float32) float64 {
	if net.Predict == nil {
		return 1
	}
	alpha, sigma, dAlpha, dSigma := net.Schedule.Coefficients(float64(t))
	u := net.Scale.Precondition(alpha, sigma, dAlpha, dSigma)
	gain := 1 / k.Unit()
	if net.Config.Plain {
		y := net.Scale.Precondition(alpha, sigma, k.A, k.B)
		gain = 1 / y.Out
		if least := nearest * y.Std; math.Abs(y.Out) < least {
			gain = y.Out / (least * least)
		}
	}
	return u.Out * u.Out * gain * gain
}

const nearest = 1e-3 // as in package nn
