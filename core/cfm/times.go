package cfm

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Times says how the times of a batch are drawn, as data: with probability
// Uniform from U(0, 1), otherwise t = 1/(1 + e^{−z}), z ~ N(Location, Spread²)
// (logit-normal; Esser et al. 2024, section 3.1). A positive location moves
// the draws towards the data.
type Times struct {
	Name             string
	Uniform          float64 // share of uniform draws, in [0, 1]
	Location, Spread float64 // of the logit
}

// The time samplings there are. Late times draw the sharp edges, early ones
// spread the mass; the uniform half keeps the latter in sight, and keeps the
// weights that make up a loss under uniform time below 2.
var (
	Uniform     = Times{Name: "uniform", Uniform: 1, Spread: 1}
	LogitNormal = Times{Name: "logit-normal", Uniform: .5, Location: 1, Spread: 1}
	Centred     = Times{Name: "centred", Uniform: .5, Location: 0, Spread: 1}
)

// Samplings returns the named samplings in a stable order.
func Samplings() []Times { return []Times{Uniform, LogitNormal, Centred} }

// ParseTimes finds a sampling by name; the error lists the names there are.
func ParseTimes(name string) (Times, error) {
	known := ""
	for _, s := range Samplings() {
		if s.Name == name {
			return s, nil
		}
		known += " " + s.Name
	}
	return Times{}, fmt.Errorf("cfm: no time sampling %.40q, want one of:%s", name, known)
}

// Validate returns nil, or an error that says what is wrong.
func (s Times) Validate() error {
	if !(s.Uniform >= 0 && s.Uniform <= 1) {
		return fmt.Errorf("cfm: Times.Uniform is %g, want a share in [0, 1]", s.Uniform)
	}
	if math.IsNaN(s.Location) || math.Abs(s.Location) > 10 || !(s.Spread > 0 && s.Spread <= 10) {
		return fmt.Errorf("cfm: Times has location %g and spread %g, want −10 to 10 and up to 10, above 0", s.Location, s.Spread)
	}
	return nil
}

// Draw returns a time in [0, 1].
func (s Times) Draw(rng *rand.Rand) float64 {
	if s.Uniform >= 1 || (s.Uniform > 0 && rng.Float64() < s.Uniform) {
		return rng.Float64()
	}
	return 1 / (1 + math.Exp(-s.Location-s.Spread*rng.NormFloat64()))
}

// Density is the probability density of Draw at t in (0, 1). Its reciprocal, at
// most 1/Uniform, turns a mean over draws into a mean over uniform time.
func (s Times) Density(t float64) float64 {
	if s.Uniform >= 1 {
		return 1
	}
	if t <= 0 || t >= 1 {
		return s.Uniform
	}
	z := (math.Log(t/(1-t)) - s.Location) / s.Spread
	return s.Uniform + (1-s.Uniform)*math.Exp(-z*z/2)/(math.Sqrt(2*math.Pi)*s.Spread*t*(1-t))
}
