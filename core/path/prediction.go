package path

import (
	"errors"
	"strings"
)

// Prediction names the quantity that a network is trained to give. Each is a
// combination of the two ends of the path, averaged over the pairs that pass
// through the point: a E[X1 | X_t = x] + b E[X0 | X_t = x].
type Prediction uint8

const (
	Velocity Prediction = iota // u = α̇ D + σ̇ ε, the default
	Data                       // D = E[X1 | x], the denoiser
	Noise                      // ε = E[X0 | x]
	Score                      // ∇ log p_t(x) = −ε/σ
)

// Predictions returns the four, the default first, in the order of a menu.
func Predictions() []Prediction { return []Prediction{Velocity, Data, Noise, Score} }

// String is the word that ParsePrediction accepts: velocity, x1, epsilon or
// score.
func (p Prediction) String() string {
	switch p {
	case Velocity:
		return "velocity"
	case Data:
		return "x1"
	case Noise:
		return "epsilon"
	case Score:
		return "score"
	}
	panic("path: a Prediction that does not exist")
}

// ParsePrediction finds a prediction by its word. The error lists the words
// there are.
func ParsePrediction(text string) (Prediction, error) {
	var words []string
	for _, p := range Predictions() {
		if p.String() == text {
			return p, nil
		}
		words = append(words, p.String())
	}
	return 0, errors.New("a network cannot predict " + quote(text) + "; use one of: " + strings.Join(words, ", "))
}

// Combination returns a and b of the quantity a X1 + b X0 at a point of the
// path with these coefficients: (α̇, σ̇) for the velocity, (1, 0) for x1,
// (0, 1) for ε, (0, −1/σ) for the score, which does not exist where σ = 0.
//
// The score is the gradient of log p_t only if X0 is Gaussian and independent
// of X1.
func (p Prediction) Combination(alpha, sigma, dAlpha, dSigma float64) (a, b float64) {
	switch p {
	case Velocity:
		return dAlpha, dSigma
	case Data:
		return 1, 0
	case Noise:
		return 0, 1
	case Score:
		return 0, -1 / sigma
	}
	panic("path: a Prediction that does not exist")
}

// Convert returns the factors that turn one prediction into another at the
// same point,
//
//	to = cx x + cy from.
//
// It holds wherever the point and the first quantity together determine both
// ends, and the result exists:
//
//	from velocity   σα̇ − σ̇α > 0: the whole Interval
//	from x1         σ > 0: not at the data end, where x is all that is known
//	from ε, score   α > 0: not at the noise end (but between the two of them)
//	to score        σ > 0
//
// Elsewhere the factors are not finite. A quantity is always itself: (0, 1).
func Convert(s Scheduler, t float64, from, to Prediction) (cx, cy float64) {
	if from == to {
		return 0, 1
	}
	alpha, sigma, dAlpha, dSigma := s.Coefficients(t)
	// The score is the noise in another unit; without it there is no 1/σ to
	// divide by and then to multiply with.
	in, out := 1.0, 1.0
	if from == Score {
		from, in = Noise, -sigma
	}
	if to == Score {
		to, out = Noise, -1/sigma
	}
	if from == to {
		return 0, in * out
	}
	// Solve cx (α, σ) + cy (a, b) = (c, d) by Cramer's rule.
	a, b := from.Combination(alpha, sigma, dAlpha, dSigma)
	c, d := to.Combination(alpha, sigma, dAlpha, dSigma)
	det := alpha*b - sigma*a
	return out * (c*b - d*a) / det, out * in * (alpha*d - sigma*c) / det
}
