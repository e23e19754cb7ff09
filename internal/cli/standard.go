package cli

import (
	"math"
	"math/rand/v2"

	"inkflow/core/density"
	"inkflow/core/model"
	"inkflow/core/nn"
)

// standardOf is the map to coordinates in which a target has about mean 0 and
// deviation 1, by one number for all axes, so that shapes stay what they are.
func standardOf(target density.Target, seed uint64) *model.Affine {
	const n = 16384
	d := target.Dim()
	x := make([]float32, d*n)
	target.Sample(rand.New(rand.NewPCG(seed, standardStream)), x)
	a := &model.Affine{Shift: make([]float64, d)}
	var variance float64
	for i := range d {
		for _, v := range x[i*n : (i+1)*n] {
			a.Shift[i] += float64(v) / n
		}
		for _, v := range x[i*n : (i+1)*n] {
			variance += (float64(v) - a.Shift[i]) * (float64(v) - a.Shift[i]) / n / float64(d)
		}
	}
	a.Spread = math.Sqrt(variance)
	if a.Spread <= nn.MinStd*1e-6 { // a single point has none
		a.Spread = 1
	}
	return a
}

// standardStream keeps this generator apart from those of the training.
const standardStream = 0x7374616e << 32 // "stan"

// standardised is a target in those coordinates.
type standardised struct {
	density.Target
	by *model.Affine
}

// Sample fills x [d × n].
func (s standardised) Sample(rng *rand.Rand, x []float32) {
	s.Target.Sample(rng, x)
	n := len(x) / s.Dim()
	for i, shift := range s.by.Shift {
		for j, v := range x[i*n : (i+1)*n] {
			x[i*n+j] = float32((float64(v) - shift) / s.by.Spread)
		}
	}
}
