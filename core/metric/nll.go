package metric

import "math"

// NLL is the mean of the negative log-likelihoods −log q̂(x_j) of n points, and
// the standard error of that mean, both in nats. logDensity [n] holds log q̂ in
// natural units at points of the target that the model has not been trained on.
// One point where q̂ = 0 makes it +Inf, one NaN makes it NaN. The error is NaN for
// fewer than two points, and where the mean is not finite.
//
// The best possible value is the target's entropy, and NLL − entropy the
// Kullback–Leibler divergence from target to model. The points of a target in the
// plane have −log q scattered by about 1 nat, 0 for a uniform one: so ±0.02 nat at
// two standard errors, enough to tell 0.10 above the best, takes 10,000 points,
// and no further draws. A model that is bad in places scatters more; the error
// says how much.
func NLL(logDensity []float64) (nats, standardError float64) {
	n := float64(len(logDensity))
	sum := 0.0
	for _, v := range logDensity {
		sum -= v
	}
	nats = sum / n
	squares := 0.0
	for _, v := range logDensity {
		squares += (v + nats) * (v + nats)
	}
	return nats, math.Sqrt(squares / (n - 1) / n)
}
