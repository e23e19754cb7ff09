package flow

import (
	"inkflow/core/ode"
	"inkflow/core/path"
)

// usualSNR is the signal-to-noise ratio of Song et al. (2021, appendix G).
const usualSNR = 0.16

// A corrector is the second half of predictor–corrector sampling (Song et al.
// 2021, algorithm 1): steps of Langevin dynamics, which leave p_t alone, after
// every step along the path.
type corrector struct {
	field    Velocity
	path     path.Scheduler
	langevin *ode.Langevin[float32]
	steps    int
	ratio    float64
	score    ode.Field[float32]
	kept     []float32 // [size] the state before

	noise       *Noise
	seed        uint64
	chunk, kick int // address of the next noise
}

func newCorrector(f Velocity, s path.Scheduler, p *Plan, size int) *corrector {
	c := &corrector{field: f, path: s, langevin: ode.NewLangevin[float32](size), steps: p.Corrector, ratio: p.SNR, noise: NewNoise(), kept: make([]float32, size)}
	if c.ratio == 0 {
		c.ratio = usualSNR
	}
	c.score = c.scores
	return c
}

// scores is the score as an ode.Field.
func (c *corrector) scores(dst, x []float32, t float64) {
	c.field.Velocity(dst, x, t)
	cx, cu := path.Convert(c.path, t, path.Velocity, path.Score)
	a, b := float32(cx), float32(cu)
	for i, v := range x {
		dst[i] = a*v + b*dst[i]
	}
}

// step is correct, and takes back what is not finite.
func (c *corrector) step(x []float32, t float64) (evaluations int, ok bool) {
	kept := c.kept[:len(x)]
	copy(kept, x)
	evaluations = c.correct(x, t)
	var sum float32
	for _, v := range x {
		sum += v - v
	}
	if sum != 0 {
		copy(x, kept)
	}
	return evaluations, sum == 0
}

// correct works on x at time t. It is the hook of ode.SDE.
func (c *corrector) correct(x []float32, t float64) (evaluations int) {
	rng := c.noise.kick(c.seed, c.chunk, -1-c.kick) // the steps count up from 0
	c.kick++
	return c.langevin.Correct(c.score, x, t, c.ratio, c.steps, rng)
}

// begin sets the address of the noise to come. There may be no corrector.
func (c *corrector) begin(seed uint64, chunk int) {
	if c != nil {
		c.seed, c.chunk, c.kick = seed, chunk, 0
	}
}
