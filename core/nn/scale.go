package nn

import (
	"errors"
	"math"
	"strconv"
)

// What is known of the two ends of the path before the first step.

// Schedule gives the path x = α X1 + σ X0 and its time derivatives at t, all
// finite for every t the network is asked about, with σα̇ − σ̇α > 0. It must be
// safe for concurrent use.
type Schedule interface {
	Coefficients(t float64) (alpha, sigma, dAlpha, dSigma float64)
}

// Scale is what the parametrisation knows of the pair (X0, X1): means [Dim] and
// isotropic standard deviations (one number an end: the root of the mean
// variance over coordinates). It scales the network's input and output and never
// the problem: points stay in natural units.
//
// The last three fields are for pairs other than noise N(0, I) independent of
// the data; their zero values mean just that.
type Scale struct {
	Mean []float64 // of the target X1
	Std  float64   // of the target X1

	SourceMean []float64 // of the source X0; nil: 0
	SourceStd  float64   // of the source X0; 0: 1
	Covariance float64   // of X0 with X1, the mean over coordinates; 0 where they are independent
}

// MinStd is the smallest standard deviation a Scale may have. A target that is a
// single dot has none, and every formula below would be 0/0 at t = 1.
const MinStd = 1e-3

// MaxCorrelation is the largest correlation of X0 and X1 that the
// parametrisation believes in. A coupling as tight as that of optimal transport
// comes close to 1, where a Gaussian pair leaves nothing to learn, and every
// unit of what is left would be 0.
const MaxCorrelation = .995

// Validate returns nil, or an error that says what is wrong with the scale of a
// d-dimensional pair.
func (s Scale) Validate(d int) error {
	if err := validMean(s.Mean, d, ""); err != nil {
		return err
	}
	if s.SourceMean != nil {
		if err := validMean(s.SourceMean, d, "source "); err != nil {
			return err
		}
	}
	if !(s.Std >= MinStd && s.Std <= maxSize) {
		return errors.New("nn: the standard deviation of the scale is " + number(s.Std) + ", want " + number(MinStd) + " to 1e9")
	}
	if s.SourceStd != 0 && !(s.SourceStd >= MinStd && s.SourceStd <= maxSize) {
		return errors.New("nn: the standard deviation of the scale's source is " + number(s.SourceStd) +
			", want " + number(MinStd) + " to 1e9, or 0 for that of N(0, I)")
	}
	// A little more than 1 is an estimate of 1.
	if most := 1.001 * s.Std * s.sourceStd(); !(math.Abs(s.Covariance) <= most) {
		return errors.New("nn: the covariance of the scale is " + number(s.Covariance) +
			", want at most the product of the standard deviations, " + number(s.Std*s.sourceStd()))
	}
	return nil
}

// maxSize bounds means and standard deviations: float32 holds their squares.
const maxSize = 1e9

func validMean(mean []float64, d int, whose string) error {
	if len(mean) != d {
		return errors.New("nn: the scale has " + strconv.Itoa(len(mean)) + " " + whose + "means, want one for each of " +
			strconv.Itoa(d) + " coordinates")
	}
	for i, m := range mean {
		if !(math.Abs(m) <= maxSize) {
			return errors.New("nn: " + whose + "mean " + strconv.Itoa(i) + " of the scale is " + number(m) +
				", want a number of size at most 1e9")
		}
	}
	return nil
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// sourceStd is the standard deviation of X0.
func (s Scale) sourceStd() float64 {
	if s.SourceStd == 0 {
		return 1
	}
	return s.SourceStd
}

// source is coordinate i of the mean of X0.
func (s Scale) source(i int) float64 {
	if s.SourceMean == nil {
		return 0
	}
	return s.SourceMean[i]
}

func (s Scale) clone() Scale {
	s.Mean = append([]float64(nil), s.Mean...)
	if s.SourceMean != nil {
		s.SourceMean = append([]float64(nil), s.SourceMean...)
	}
	return s
}
