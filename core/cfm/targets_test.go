package cfm

import (
	"math"
	"math/rand/v2"
)

// Targets whose answers are known.

// gaussian is N(mean, diag(std²)).
type gaussian struct{ mean, std []float64 }

func (g gaussian) Dim() int { return len(g.mean) }

func (g gaussian) Sample(rng *rand.Rand, x []float32) {
	n := len(x) / len(g.mean)
	for i := range g.mean {
		for j := range n {
			x[i*n+j] = float32(g.mean[i] + g.std[i]*rng.NormFloat64())
		}
	}
}

// floor is the loss of the best field on the linear path. Given X_t = x, the
// velocity X1 − X0 keeps the variance s²/V, V = t²s² + (1 − t)² (see
// nn.Scale.Precondition), in each coordinate; over uniform time its mean is
//
//	∫₀¹ s² dt / ((1 + s²)t² − 2t + 1) = s (arctan s + arctan 1/s) = π s / 2.
func (g gaussian) floor() float64 {
	var sum float64
	for _, s := range g.std {
		sum += math.Pi / 2 * s
	}
	return sum / float64(len(g.std))
}

// velocity is that field: linear in x.
func (g gaussian) velocity(i int, x, t float64) float64 {
	s2 := g.std[i] * g.std[i]
	v := t*t*s2 + (1-t)*(1-t)
	return (t*s2-(1-t))/v*(x-t*g.mean[i]) + g.mean[i]
}

// dot is a single point.
type dot struct{ at []float32 }

func (d dot) Dim() int { return len(d.at) }

func (d dot) Sample(_ *rand.Rand, x []float32) {
	n := len(x) / len(d.at)
	for i, v := range d.at {
		for j := range n {
			x[i*n+j] = v
		}
	}
}

// spoilt is a target that turns to NaN after some samples.
type spoilt struct {
	Target
	left *int
}

func (s spoilt) Sample(rng *rand.Rand, x []float32) {
	s.Target.Sample(rng, x)
	if *s.left--; *s.left < 0 {
		x[0] = float32(math.NaN())
	}
}

func round2d() gaussian { return gaussian{[]float64{1, -2}, []float64{.7, .7}} }

// ring8 is eight round Gaussians on a circle.
type ring8 struct{ radius, std float64 }

func (ring8) Dim() int { return 2 }

func (r ring8) Sample(rng *rand.Rand, x []float32) {
	n := len(x) / 2
	for j := range n {
		a := float64(rng.IntN(8)) * math.Pi / 4
		x[j] = float32(r.radius*math.Cos(a) + r.std*rng.NormFloat64())
		x[n+j] = float32(r.radius*math.Sin(a) + r.std*rng.NormFloat64())
	}
}
