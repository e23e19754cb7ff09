package path

import "math"

// Scheduler is a pair of curves that mixes data and noise,
// X_t = α_t X1 + σ_t X0 with X0 ~ N(0, I).
//
// Implementations are small values without state: safe to copy, to compare
// and to use from several goroutines.
type Scheduler interface {
	// Name is what Parse accepts, in its shortest form: "vp", "vp:max=30".
	// Checkpoints and links store it.
	Name() string

	// Coefficients returns α_t, σ_t and their derivatives in t, for t in
	// [0, 1]. They are finite on the whole closed interval: where the formula
	// itself is infinite, at t = 1 of LinearVP and VP, the derivative is the
	// large number that belongs to σ = 1e-8.
	Coefficients(t float64) (alpha, sigma, dAlpha, dSigma float64)

	// Source is s0: what is called noise at t = 0 is N(0, s0² I), in natural
	// units. It is σ(0) where the noise is large (VE) and 1 elsewhere.
	Source() float64

	// Interval is where one trains and integrates: closed, and all that
	// velocities are converted to is finite on it but for 1/σ at an end where
	// σ is 0. The reason for an end that is not 0 or 1 stands with the type.
	Interval() (from, to float64)

	// Time is the inverse of LogSNR, clamped to the Interval; −Inf and +Inf
	// give its ends.
	Time(logSNR float64) float64
}

// SNR is the signal-to-noise ratio α_t/σ_t, one of amplitudes: it rises with
// t, from 0 or little at the noise to +Inf or much at the data. The ratio of
// powers that weights of the literature are written in is its square.
func SNR(s Scheduler, t float64) float64 {
	alpha, sigma, _, _ := s.Coefficients(t)
	return alpha / sigma
}

// LogSNR is λ_t = log(α_t/σ_t), the variable in which exponential integrators
// take even steps (Lu et al., 2022); −Inf where α is 0 and +Inf where σ is.
func LogSNR(s Scheduler, t float64) float64 {
	alpha, sigma, _, _ := s.Coefficients(t)
	return math.Log(alpha) - math.Log(sigma)
}

// inside answers for the two ends of a scheduler's interval, and calls inner
// for what lies between. What is not a number is taken for no signal.
func inside(s Scheduler, logSNR float64, inner func() float64) float64 {
	from, to := s.Interval()
	switch {
	case !(logSNR > LogSNR(s, from)):
		return from
	case logSNR >= LogSNR(s, to):
		return to
	}
	return math.Min(math.Max(inner(), from), to)
}

// leastSigma stands in for σ where a derivative divides by it.
const leastSigma = 1e-8
