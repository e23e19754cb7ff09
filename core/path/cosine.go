package path

import "math"

// Cosine walks a quarter of a circle, at constant speed:
//
//	α_t = sin(πt/2),  σ_t = cos(πt/2),
//
// so that α² + σ² = 1: data of unit variance keep it all the way (Nichol and
// Dhariwal, 2021; Albergo and Vanden-Eijnden, 2023, equation 6).
type Cosine struct{}

func cosine() family {
	return family{word: "cosine", build: func([]float64) (Scheduler, string) { return Cosine{}, "" }}
}

// Name is "cosine".
func (Cosine) Name() string { return cosine().name() }

// Coefficients returns sin(πt/2), cos(πt/2) and their derivatives. The cosine
// is taken as a sine counted from the other end, which makes it exactly 0 at
// t = 1.
func (Cosine) Coefficients(t float64) (alpha, sigma, dAlpha, dSigma float64) {
	alpha, sigma = math.Sin(math.Pi/2*t), math.Sin(math.Pi/2*(1-t))
	return alpha, sigma, math.Pi / 2 * sigma, -math.Pi / 2 * alpha
}

// Source is 1.
func (Cosine) Source() float64 { return 1 }

// Interval is [0, 1].
func (Cosine) Interval() (from, to float64) { return 0, 1 }

// Time solves tan(πt/2) = e^λ.
func (Cosine) Time(logSNR float64) float64 { return 2 / math.Pi * math.Atan(math.Exp(logSNR)) }
