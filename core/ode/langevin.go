package ode

import (
	"math"
	"math/rand/v2"
)

// Langevin corrects samples of p_t by steps of Langevin dynamics, which leave p_t
// as it is and forget where they came from.
type Langevin[T float32 | float64] struct {
	score []T // [size]
	z     []T // [size] standard normal
}

// NewLangevin returns a corrector for buffers of up to size numbers.
func NewLangevin[T float32 | float64](size int) *Langevin[T] {
	return &Langevin[T]{score: make([]T, size), z: make([]T, size)}
}

// Correct takes so many steps with the score s = ∇ log p_t at one time (Song et
// al. 2021, algorithms 4 and 5 without their factor α of the discretised path):
//
//	x ← x + ε s + √(2ε) z,   ε = 2 (r ‖z‖/‖s‖)²,
//
// with z standard normal and r the signal-to-noise ratio of a step; 0.16 is
// theirs. The norms are root mean squares over the whole buffer, so that ε hardly
// depends on the point that is moved. Where the score vanishes there is nothing
// to correct. It returns the number of evaluations.
func (l *Langevin[T]) Correct(score Field[T], x []T, t, r float64, steps int, rng *rand.Rand) (evaluations int) {
	if len(x) > len(l.z) {
		panic("ode: state larger than the corrector's buffers")
	}
	s, z := l.score[:len(x)], l.z[:len(x)]
	for n := range steps {
		score(s, x, t)
		ss, zz := 0.0, 0.0
		for i := range z {
			z[i] = T(rng.NormFloat64())
			ss += float64(s[i]) * float64(s[i])
			zz += float64(z[i]) * float64(z[i])
		}
		if ss == 0 {
			return n + 1
		}
		e := 2 * r * r * zz / ss
		a, b := T(e), T(math.Sqrt(2*e))
		for i := range x {
			x[i] += a*s[i] + b*z[i]
		}
	}
	return steps
}
