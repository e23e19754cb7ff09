package nn

import "math"

// The parametrisation: which part of the answer is known beforehand, and in
// which units the rest is learned.

// Quantity is what a network predicts: the posterior mean of y = a X1 + b X0
// given x = α X1 + σ X0. The velocity is (α̇, σ̇), the denoiser (1, 0), the noise
// (0, 1), the score (0, −1/σ). It must be safe for concurrent use.
type Quantity interface {
	Combination(alpha, sigma, dAlpha, dSigma float64) (a, b float64)
}

// Preconditioner holds, at one time, the factors of
//
//	y = Skip (x − α m1 − σ m0) + a m1 + b m0 + Out F(In (x − α m1 − σ m0), t)
//
// with m1 and m0 the means of target and source.
type Preconditioner struct {
	Alpha, Sigma  float64 // of the point x
	A, B          float64 // of the quantity y
	In, Skip, Out float64
	Std           float64 // standard deviation of y itself, before x is known
}

// Precondition returns the factors at a point of the path for y = aX1 + bX0.
//
// Take a Gaussian pair, X1 ~ N(m1, s1²I) and X0 ~ N(m0, s0²I), with covariance c
// in every coordinate, and X = αX1 + σX0. Then X ~ N(αm1 + σm0, V I),
//
//	V = α²s1² + σ²s0² + 2ασc,
//
// and y is jointly Gaussian with it, so its posterior mean, the best a field can
// do, is linear:
//
//	E[y | x] = a m1 + b m0 + Skip (x − αm1 − σm0),
//	Skip     = Cov(y, x)/V = (aα s1² + bσ s0² + (aσ + bα)c)/V.
//
// What is left given x has the variance Var y − Cov²/V in every coordinate, and
// that is a square,
//
//	Out = (aσ − bα) √(s1²s0² − c²) / √V,
//
// the natural unit of what is left to learn, as In = 1/√V is of the input: for a
// Gaussian pair the regression target of F has mean 0 and variance 1 at every t.
// (The same reasoning as Karras et al. 2022, table 1, for any combination.)
//
// Out carries the sign of aσ − bα, which is positive for the velocity. With the
// sign kept, the quantities are one and the same: given x, any two of them
// determine each other linearly, and in y = E[y|x] + Out·F the F is common to
// all. A preconditioned network therefore learns the same F whether it is asked
// for velocity, denoiser, noise or score, and only the weight of the loss at
// each t differs, by Out². It also never has to divide to convert: its velocity
// is the velocity's own factors around the same F, finite at both ends.
func (s Scale) Precondition(alpha, sigma, a, b float64) Preconditioner {
	s0 := s.sourceStd()
	c, rest := 0., s.Std*s0 // rest is √(s1²s0² − c²)
	if s.Covariance != 0 {
		rho := max(-MaxCorrelation, min(s.Covariance/rest, MaxCorrelation))
		c, rest = rho*rest, rest*math.Sqrt(1-rho*rho)
	}
	// The order of the products keeps the case s0 = 1, c = 0 free of rounding.
	sigma0, b0 := sigma*s0, b*s0
	v := alpha*alpha*s.Std*s.Std + sigma0*sigma0 + 2*alpha*sigma*c
	root := math.Sqrt(v)
	return Preconditioner{
		Alpha: alpha, Sigma: sigma, A: a, B: b,
		In:   1 / root,
		Skip: (a*alpha*s.Std*s.Std + b0*sigma0 + (a*sigma+b*alpha)*c) / v,
		Out:  rest * (sigma*a - b*alpha) / root,
		Std:  math.Sqrt(a*a*s.Std*s.Std + b0*b0 + 2*a*b*c),
	}
}

// plain returns the factors of a network that is told nothing of the Gaussian
// but its units: y = mean + Std·F, with the input centred and scaled as ever.
func (s Scale) plain(alpha, sigma, a, b float64) Preconditioner {
	k := s.Precondition(alpha, sigma, a, b)
	k.Skip, k.Out = 0, k.Std
	return k
}

// nearest is the share of its own standard deviation below which a plain
// prediction says no more about the velocity than x does (see plainVelocity).
const nearest = 1e-3

// plainVelocity returns the factors of the velocity around the F of a plain
// network that predicts y = aX1 + bX0.
//
// From x and y follow X1 and X0, hence u = α̇X1 + σ̇X0, where D = aσ − bα is not 0:
//
//	u = [(α̇σ − σ̇α) y + (σ̇a − α̇b) x] / D.
//
// D is σ for the denoiser, −α for the noise, α/σ for the score: the first is of
// no use at t = 1, the other two at t = 0, and close by they multiply whatever
// error the network makes by 1/D. Written around the Gaussian's answers y_G and
// u_G, with the units Out of both,
//
//	u = u_G + Out_u · (y − y_G)/Out_y,
//
// the same equation has a safe end: where Out_y is less than a share of y's own
// standard deviation ([nearest]), 1/Out_y turns into Out_y/least², which falls to
// 0 instead of rising. The conversion is exact outside, and inside goes over to
// u_G, which at the end itself is right whatever the data, since there x is one
// of the pair, and the other, if independent, is unknown.
func (s Scale) plainVelocity(alpha, sigma, dAlpha, dSigma, a, b float64) Preconditioner {
	if a == dAlpha && b == dSigma {
		return s.plain(alpha, sigma, a, b)
	}
	if math.IsInf(a, 0) || math.IsInf(b, 0) { // the score where σ = 0: only the direction counts
		a, b = unit(a), unit(b)
	}
	u, y := s.Precondition(alpha, sigma, dAlpha, dSigma), s.Precondition(alpha, sigma, a, b)
	gain := 1 / y.Out
	if least := nearest * y.Std; math.Abs(y.Out) < least {
		gain = y.Out / (least * least)
	}
	u.Skip -= u.Out * gain * y.Skip
	u.Out *= gain * y.Std
	return u
}

// unit is 1 or −1 for an infinite x, else 0.
func unit(x float64) float64 {
	if math.IsInf(x, 0) {
		return math.Copysign(1, x)
	}
	return 0
}

// Mean is the answer at x of a network whose F is 0, in a coordinate where
// target and source have the means m1 and m0.
func (k *Preconditioner) Mean(x, m1, m0 float64) float64 {
	return k.Skip*(x-k.Alpha*m1-k.Sigma*m0) + k.A*m1 + k.B*m0
}

// Unit is the unit of the loss at this time: |Out|, but never 0. Out is 0 where
// x alone tells the quantity (the denoiser at σ = 0, the noise at α = 0); there
// float32 has nothing but rounding left to weigh.
func (k *Preconditioner) Unit() float64 { return max(math.Abs(k.Out), leastUnit*k.Std) }

// leastUnit is ten roundings of float32.
const leastUnit = 1e-6

// Factors returns the factors of what the network predicts at t: what
// [Net.Forward] uses.
func (n *Net) Factors(t float64) Preconditioner {
	alpha, sigma, a, b := n.Schedule.Coefficients(t)
	if n.Predict != nil {
		a, b = n.Predict.Combination(alpha, sigma, a, b)
	}
	if n.Config.Plain {
		return n.Scale.plain(alpha, sigma, a, b)
	}
	return n.Scale.Precondition(alpha, sigma, a, b)
}

// velocityFactors returns the factors of the velocity at t, around the same F.
func (n *Net) velocityFactors(t float64) Preconditioner {
	alpha, sigma, dAlpha, dSigma := n.Schedule.Coefficients(t)
	switch {
	case !n.Config.Plain:
		return n.Scale.Precondition(alpha, sigma, dAlpha, dSigma)
	case n.Predict == nil:
		return n.Scale.plain(alpha, sigma, dAlpha, dSigma)
	}
	a, b := n.Predict.Combination(alpha, sigma, dAlpha, dSigma)
	return n.Scale.plainVelocity(alpha, sigma, dAlpha, dSigma, a, b)
}
