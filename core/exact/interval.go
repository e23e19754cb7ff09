package exact

import "math"

// A look is what an observation x = αs + σξ, ξ ~ N(0, 1), tells of s, uniform
// on an interval: the logarithm of the mean density of x over the interval,
// and mean and variance of s given x. The posterior is the normal N(x/α, (σ/α)²)
// truncated to the interval.
type look struct{ log, mean, variance float64 }

const (
	logRoot2Pi = 0.918938533204672741780329736405617640 // ½ log 2π
	invRoot2Pi = 0.398942280401432677939946059934381868 // 1/√2π
)

// seen computes the look for s on [lo, hi], at every α, σ > 0 and x without
// loss: however narrow the interval is beside the noise, and however far from
// it x may be.
//
// All is done in the unit of the noise, v = (αs − x)/σ, and mirrored so that
// the middle of the interval is at v ≥ 0. Three formulas share the work: a
// Taylor series where the density hardly changes over the interval, error
// functions near the middle of the noise, and Mills' ratio far out.
func seen(x, lo, hi, alpha, sigma float64) look {
	half := alpha * (hi - lo) / (2 * sigma) // half the interval, h
	middle := (alpha*(lo+(hi-lo)/2) - x) / sigma
	sign := 1.0
	if middle < 0 {
		middle, sign = -middle, -1
	}
	var log, at, square float64 // of v − middle over the width 2h: mean and variance
	switch near := middle - half; {
	case half < narrow && middle*half < 0.2:
		log, at, square = series(middle, half)
	case near < 5:
		log, at, square = errorFunctions(near, middle, half)
	default:
		log, at, square = tail(near, half)
	}
	at = math.Min(math.Max(at, -0.5), 0.5)
	square = math.Min(math.Max(square, 0), 0.25)
	width := hi - lo
	return look{
		log:      log - math.Log(sigma),
		mean:     lo + width*(0.5+sign*at),
		variance: width * width * square,
	}
}

// narrow is the half-width, in units of the noise, up to which the series is
// used: its first term left out is below (vh)⁸/9!.
const narrow = 0.01

// series expands φ(v + w) = φ(v) Σ (−w)ᵏ Heₖ(v)/k! over |w| ≤ h.
func series(v, h float64) (log, at, square float64) {
	mass, first, second := hermite(v*v, h*h)
	at = -v * h * first / mass
	return math.Log(mass) - v*v/2 - logRoot2Pi, at, second/mass - at*at
}

// hermite returns, to eighth order in h and over φ(v): the mean of φ(v + w)
// over |w| ≤ h; that of −w φ(v + w) over 2h²v; that of w² φ(v + w) over 4h².
func hermite(v2, h2 float64) (mass, first, second float64) {
	he2 := v2 - 1
	he4 := (v2-6)*v2 + 3
	he6 := ((v2-15)*v2+45)*v2 - 15
	odd3 := v2 - 3
	odd5 := (v2-10)*v2 + 15
	odd7 := ((v2-21)*v2+105)*v2 - 105
	mass = 1 + h2*(he2/6+h2*(he4/120+h2*he6/5040))
	first = 1./6 + h2*(odd3/60+h2*(odd5/1680+h2*odd7/90720))
	second = 1./12 + h2*(he2/40+h2*(he4/672+h2*he6/25920))
	return mass, first, second
}

// errorFunctions takes the differences of Φ, of the near tail where both ends
// are on one side, and of φ.
func errorFunctions(near, middle, h float64) (log, at, square float64) {
	far := middle + h
	var mass float64
	if near > 0 {
		mass = (math.Erfc(near/math.Sqrt2) - math.Erfc(far/math.Sqrt2)) / 2
	} else {
		mass = (math.Erf(far/math.Sqrt2) - math.Erf(near/math.Sqrt2)) / 2
	}
	p, q := invRoot2Pi*math.Exp(-near*near/2), invRoot2Pi*math.Exp(-far*far/2)
	mean := (p - q) / mass
	variance := 1 + (near*p-far*q)/mass - mean*mean
	return math.Log(mass / (2 * h)), (mean - middle) / (2 * h), variance / (4 * h * h)
}

// tail counts from the near end: with M(v) = (1 − Φ(v))/φ(v) the mass is
// φ(near) (M(near) − ρ M(far)), ρ = φ(far)/φ(near).
func tail(near, h float64) (log, at, square float64) {
	far := near + 2*h
	rho := math.Exp(-2 * h * (near + h))
	m, rest := mills(near)
	mFar, restFar := mills(far)
	mass := m - rho*mFar
	// 1 − vM(v) = M(v)·rest(v), without the cancellation.
	mean := (m*rest - rho*mFar*(restFar+2*h)) / mass // of v − near
	variance := 1 - near*mean - 2*h*rho/mass - mean*mean
	if near > 1e4 {
		// A truncated exponential: the line above has used up its digits.
		variance = 1/(near*near) - 4*h*h*rho/((1-rho)*(1-rho))
	}
	return math.Log(mass/(2*h)) - near*near/2 - logRoot2Pi, mean/(2*h) - 0.5, variance / (4 * h * h)
}

// mills is Mills' ratio M(v) = (1 − Φ(v))/φ(v) = 1/(v + rest) for v ≥ 5, by
// Laplace's continued fraction; at 5 its error after 40 levels is below 1e-17.
func mills(v float64) (ratio, rest float64) {
	for k := 40.0; k >= 1; k-- {
		rest = k / (v + rest)
	}
	return 1 / (v + rest), rest
}
