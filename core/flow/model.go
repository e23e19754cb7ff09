package flow

import (
	"errors"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"

	"inkflow/core/ode"
	"inkflow/core/path"
)

// A Model is what there is to sample: a velocity field and what is known of it.
type Model struct {
	Field Velocity
	Dim   int            // coordinates of a point
	Path  path.Scheduler // that the field was trained on, or is exact for

	// Source draws X0 of X_t = α X1 + σ X0 into x, [Dim × Chunk]. nil is
	// N(0, I). Either is spread by the scheduler's Source, 1 but for VE.
	Source func(rng *rand.Rand, x []float32)

	// HasScore says that X0 is Gaussian and independent of X1, so that
	// −E[X0 | x]/σ is the score of p_t. It is not with pairs matched by optimal
	// transport, with a source that is drawn, and after reflow.
	HasScore bool

	// Bridge says that pairs were joined by a Brownian bridge. Its points are
	// not mixtures of X0 and X1 alone: it has no score here either, and cannot
	// be sampled along another scheduler.
	Bridge bool
}

// A Plan is how to sample a Model: data, filled in by whoever asks. Its zero
// values are the plain choice of each thing, except for Method and Steps.
type Plan struct {
	// Method is the solver. With Noise, its order chooses the stochastic one:
	// of order 1 Euler–Maruyama, above it the stochastic Heun method, and
	// exponential integrators stay what they are. Adaptive ones are for the ODE.
	Method ode.Method
	// Steps is the number of steps, or of pieces between the times that are
	// seen where the method is adaptive.
	Steps int
	// Grid names the times, as the function Grid takes it; "" is the method's own,
	// and uniform for Euler–Maruyama and stochastic Heun.
	Grid string
	// Rtol and Atol are the tolerances of adaptive methods, a step; 0: 1e-5 both.
	Rtol, Atol float64

	// Noise is g of dx = [u + (g²/2) s] dt + g dW: 0 for the ODE, or Reverse.
	// A step that could not carry so much noise takes what it can (see noise.go).
	Noise float64
	// Corrector is the number of Langevin steps after every step, and SNR their
	// signal-to-noise ratio r; 0: 0.16.
	Corrector int
	SNR       float64

	// Along is the scheduler to sample along; nil: the one that was trained.
	Along path.Scheduler
}

// grid is the name of the grid that the plan means.
func (p *Plan) grid() string {
	switch {
	case p.Grid != "":
		return p.Grid
	case p.Noise != 0 && !p.Method.Exponential():
		return "uniform"
	}
	return p.Method.Grid
}

// Reverse is the Noise of the reverse-time SDE of Song et al. (2021): of all
// levels the one whose process is the forward noising, run backwards. It is not
// a constant but what the path itself says, g² = 2 (σ²α̇/α − σσ̇).
const Reverse = -1

// ParseNoise reads a noise level: a number that is not negative, or "reverse".
func ParseNoise(text string) (float64, error) {
	if text == "reverse" {
		return Reverse, nil
	}
	g, err := strconv.ParseFloat(text, 64)
	if err != nil || !(g >= 0) || g > mostNoise {
		return 0, errors.New("the noise level " + strconv.Quote(text) + " is not one; give a number from 0, no noise, to " + number(mostNoise) + ", or the word reverse")
	}
	return g, nil
}

// mostNoise bounds g where it comes from outside; no step carries near as much.
const mostNoise = 1000

// check says in a sentence why the plan cannot be for the model.
func (m *Model) check(p *Plan) error {
	name := p.Method.Name
	switch {
	case m.Field == nil || m.Path == nil:
		return errors.New("there is nothing to sample: a model has a field and a path")
	case m.Dim < 1:
		return errors.New("a point has " + strconv.Itoa(m.Dim) + " coordinates; it needs at least one")
	case name == "":
		return errors.New("no solver is named; choose for example midpoint")
	case p.Noise != Reverse && !(p.Noise >= 0 && p.Noise <= mostNoise):
		return errors.New("the noise level is " + number(p.Noise) + "; it goes from 0, none, to " + number(mostNoise))
	case p.Noise != 0 && p.Method.Adaptive():
		return errors.New("the solver " + name + " chooses its steps for the ODE and cannot take noise; choose a solver with fixed steps, like euler, heun or ddim")
	case p.Corrector < 0 || p.Corrector > mostCorrector:
		return errors.New("there are " + strconv.Itoa(p.Corrector) + " corrector steps; 0 to " + strconv.Itoa(mostCorrector) + " can be taken")
	case p.Corrector > 0 && !(p.SNR >= 0 && p.SNR < 1):
		return errors.New("the signal-to-noise ratio of the corrector is " + number(p.SNR) + "; it lies between 0 and 1, like 0.16")
	case !(p.Rtol >= 0) || !(p.Atol >= 0) || math.IsInf(p.Rtol+p.Atol, 1):
		return errors.New("a tolerance is not a finite number from 0 up; 0.001 is usual")
	}
	if m.HasScore && !m.Bridge {
		return nil
	}
	const why = "where noise and data were not drawn independently, or the noise is not Gaussian, the field does not give the score"
	switch {
	case p.Noise != 0:
		return errors.New("this model cannot be sampled with noise: " + why + "; set the noise to 0")
	case p.Corrector > 0:
		return errors.New("this model cannot take corrector steps: " + why + "; set them to 0")
	case p.Method.Exponential():
		return errors.New("the solver " + name + " needs the noise that is expected at a point: " + why + "; choose a solver like midpoint or dopri5")
	case m.Bridge && p.Along != nil && p.Along != m.Path:
		return errors.New("this model was trained on Brownian bridges and has no other scheduler than its own; sample it along " + m.Path.Name())
	case p.Along != nil && p.Along != m.Path && !beginsAtSource(p.Along):
		return errors.New("the scheduler " + p.Along.Name() + " does not begin at the points that this model's pairs begin at, but spreads or blurs them; sample it along one that does, like condot or cosine")
	}
	return nil
}

// beginsAtSource reports whether X_0 on the path is the source itself, to within
// what VP with its usual limits leaves of the data. With Gaussian noise that knows
// nothing of the data another beginning is a Gaussian of another width; with pairs
// it is none that could be drawn.
func beginsAtSource(s path.Scheduler) bool {
	alpha, sigma, _, _ := s.Coefficients(0)
	return alpha <= .01 && math.Abs(sigma-1) <= .01
}

const mostCorrector = 100

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// words joins names for an error.
func words(names []string) string { return strings.Join(names, ", ") }
