package nn

import (
	"math"

	"inkflow/core/nn/kernel"
)

// AdamW is Adam with decoupled weight decay (Kingma and Ba 2015, algorithm 1;
// Loshchilov and Hutter 2019, algorithm 2). Biases decay like weights.
type AdamW struct {
	Beta1, Beta2, Epsilon float64
	Decay                 float64   // λ; a step takes rate·λ off every weight
	M, V                  []float32 // [weights], running moments of the gradient
	Count                 int       // steps taken
}

// NewAdamW returns an optimiser for n weights with β = (0.9, 0.99), ε = 1e-8.
// The short memory of the second moment suits runs of a few thousand steps.
func NewAdamW(n int) *AdamW {
	return &AdamW{Beta1: .9, Beta2: .99, Epsilon: 1e-8, M: make([]float32, n), V: make([]float32, n)}
}

// Step moves the weights against the gradient.
//
//	weights, grad [n]
func (a *AdamW) Step(weights, grad []float32, rate float64) {
	a.Count++
	c1 := 1 - math.Pow(a.Beta1, float64(a.Count))
	c2 := 1 - math.Pow(a.Beta2, float64(a.Count))
	kernel.AdamW(weights, a.M, a.V, grad, kernel.Adam{
		Beta1: float32(a.Beta1), Beta2: float32(a.Beta2), Epsilon: float32(a.Epsilon),
		Rate: float32(rate / c1), Second: float32(1 / c2), Decay: float32(rate * a.Decay),
	})
}

// Reset forgets the moments.
func (a *AdamW) Reset() {
	a.Count = 0
	clear(a.M)
	clear(a.V)
}
