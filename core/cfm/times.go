package cfm

import (
	"errors"
	"math"
	"math/rand/v2"

	"inkflow/core/nn/kernel"
)

// Times says how the times of a batch are drawn, as data: with probability
// Uniform from U(0, 1), otherwise
//
//	t = 1/(1 + e^{−z}), z ~ N(Location, Spread²)       where Spread > 0
//	t = last·(1 − b), b ~ Beta(Beta, 1), last = 0.999   where Beta > 0
//
// The first is logit-normal (Esser et al. 2024, section 3.1); a positive location
// moves the draws towards the data. The second leans towards the noise (Black et
// al. 2024, "π0", where time is counted as here).
//
// These are times in [0, 1]; the trainer stretches them over the interval of its
// scheduler.
type Times struct {
	Name             string
	Uniform          float64 // share of uniform draws, in [0, 1]
	Location, Spread float64 // of the logit
	Beta             float64 // first parameter of the Beta distribution

	// Lattice draws the n times of a batch from one lattice with one random shift,
	// (j + shift)/n, which goes through the distribution's quantiles: each has its
	// law, and together they cover it evenly (Cranley and Patterson 1976).
	Lattice bool
}

// The time samplings there are. Late times draw the sharp edges, early ones
// spread the mass; a uniform part keeps the latter in sight, and bounds the
// weights that make up a loss under uniform time: by 2 where it is a half.
var (
	Uniform     = Times{Name: "uniform", Uniform: 1, Spread: 1}
	LogitNormal = Times{Name: "logit-normal", Uniform: .5, Location: 1, Spread: 1}
	Centred     = Times{Name: "centred", Uniform: .5, Location: 0, Spread: 1}
	// BetaSkew is that of π0: b ~ Beta(1.5, 1).
	BetaSkew = Times{Name: "beta", Beta: 1.5}
	// EDM has the noise levels of Karras et al. (2022, table 1): the logarithm of
	// noise over signal is N(−1.2, 1.2²). A tenth is uniform.
	EDM = Times{Name: "edm", Uniform: .1, Location: 1.2, Spread: 1.2}
	// LowDiscrepancy is uniform time from a lattice.
	LowDiscrepancy = Times{Name: "lowdisc", Uniform: 1, Spread: 1, Lattice: true}
)

// betaLast is the latest time that the Beta part draws.
const betaLast = .999

// Samplings returns the named samplings in a stable order.
func Samplings() []Times {
	return []Times{Uniform, LogitNormal, Centred, BetaSkew, EDM, LowDiscrepancy}
}

// ParseTimes finds a sampling by name; the error lists the names there are.
func ParseTimes(name string) (Times, error) {
	var words []string
	for _, s := range Samplings() {
		if s.Name == name {
			return s, nil
		}
		words = append(words, s.Name)
	}
	return Times{}, unknown("time sampling", name, words)
}

// Validate returns nil, or an error that says what is wrong.
func (s Times) Validate() error {
	if !(s.Uniform >= 0 && s.Uniform <= 1) {
		return errors.New("cfm: Times.Uniform is " + number(s.Uniform) + ", want a share in [0, 1]")
	}
	if s.Beta != 0 && !(s.Beta > 0 && s.Beta <= 10) {
		return errors.New("cfm: Times.Beta is " + number(s.Beta) + ", want above 0 and up to 10, or 0 for a logit-normal")
	}
	if math.IsNaN(s.Location) || math.Abs(s.Location) > 10 || s.Beta == 0 && !(s.Spread > 0 && s.Spread <= 10) {
		return errors.New("cfm: Times has location " + number(s.Location) + " and spread " + number(s.Spread) +
			", want −10 to 10 and up to 10, above 0")
	}
	return nil
}

// Draw returns a time in [0, 1].
func (s Times) Draw(rng *rand.Rand) float64 {
	if s.Uniform >= 1 || (s.Uniform > 0 && rng.Float64() < s.Uniform) {
		return rng.Float64()
	}
	if s.Beta > 0 {
		return s.skewed(rng.Float64())
	}
	return 1 / (1 + math.Exp(-s.Location-s.Spread*rng.NormFloat64()))
}

// fill draws the times of a batch. The logit-normal part, which is many
// exponentials, is the kernels': 1/(1 + e^{−z}) = ½ + ½ tanh(z/2).
//
//	t [n], in [0, 1]; z [n] scratch
func (s Times) fill(rng *rand.Rand, normal *kernel.Normal, t []float64, z []float32) {
	switch {
	case s.Lattice:
		shift := rng.Float64()
		for j := range t {
			t[j] = s.spread((float64(j) + shift) / float64(len(t)))
		}
	case s.Beta > 0 || s.Uniform >= 1:
		for j := range t {
			t[j] = s.Draw(rng)
		}
	default:
		normal.Fill(z)
		half, location := float32(s.Spread/2), float32(s.Location/2)
		for j := range z {
			z[j] = location + half*z[j]
		}
		kernel.TanhOnly(z)
		for j := range t {
			t[j] = .5 + .5*float64(z[j])
			if u := rng.Float64(); u < s.Uniform {
				t[j] = u / s.Uniform
			}
		}
	}
}

// spread turns a uniform u in [0, 1) into a time with the distribution of Draw: the
// uniform part from the beginning of [0, 1), the other one by its quantiles from
// the rest.
func (s Times) spread(u float64) float64 {
	if u < s.Uniform {
		return u / s.Uniform
	}
	u = (u - s.Uniform) / (1 - s.Uniform)
	if s.Beta > 0 {
		return s.skewed(u)
	}
	return 1 / (1 + math.Exp(-s.Location-s.Spread*math.Sqrt2*math.Erfinv(2*u-1)))
}

// skewed turns a uniform u into the Beta part's time: u is the probability that b
// is less than u^{1/Beta}.
func (s Times) skewed(u float64) float64 { return betaLast * (1 - math.Pow(u, 1/s.Beta)) }

// Density is the probability density of Draw at t in (0, 1). Its reciprocal, at
// most 1/Uniform, turns a mean over draws into a mean over uniform time.
func (s Times) Density(t float64) float64 {
	if s.Uniform >= 1 {
		return 1
	}
	if s.Beta > 0 {
		if t < 0 || t >= betaLast {
			return s.Uniform
		}
		return s.Uniform + (1-s.Uniform)*s.Beta/betaLast*math.Pow(1-t/betaLast, s.Beta-1)
	}
	if t <= 0 || t >= 1 {
		return s.Uniform
	}
	z := (math.Log(t/(1-t)) - s.Location) / s.Spread
	return s.Uniform + (1-s.Uniform)*math.Exp(-z*z/2)/(math.Sqrt(2*math.Pi)*s.Spread*t*(1-t))
}

// A shares is 1/density over [0, 1] as a table between whose knots one goes
// straight: what a draw counts in a mean over uniform time, at the price of a
// multiplication. It is cut where a time is hardly ever drawn.
type shares []float64 // [knots + 1]

const (
	knots        = 1024
	leastDensity = .01
)

func (s Times) shares() shares {
	table := make(shares, knots+1)
	for k := range table {
		table[k] = 1 / max(s.Density(float64(k)/knots), leastDensity)
	}
	return table
}

// at is the value at t in [0, 1].
func (s shares) at(t float64) float64 {
	k := min(int(t*knots), knots-1)
	rest := t*knots - float64(k)
	return s[k] + rest*(s[k+1]-s[k])
}
