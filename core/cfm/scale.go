package cfm

import (
	"fmt"
	"math"
	"math/rand/v2"

	"inkflow/core/nn"
)

// scaleSample is how many target points the parametrisation is estimated from:
// the standard deviation is then known to about one per cent.
const scaleSample = 4096

// estimate returns the target's mean and isotropic standard deviation, the root
// of the mean variance over coordinates. It is no smaller than nn.MinStd: a
// target that is a single dot has none, but is a target all the same.
func estimate(target Target, rng *rand.Rand) (nn.Scale, error) {
	d := target.Dim()
	x := make([]float32, d*scaleSample) // [d × scaleSample]
	target.Sample(rng, x)
	s := nn.Scale{Mean: make([]float64, d)}
	var variance float64
	for i := range d {
		row := x[i*scaleSample : (i+1)*scaleSample]
		var sum, square float64
		for _, v := range row {
			sum += float64(v)
		}
		mean := sum / scaleSample
		for _, v := range row {
			square += (float64(v) - mean) * (float64(v) - mean)
		}
		s.Mean[i] = mean
		variance += square / scaleSample / float64(d)
	}
	s.Std = max(math.Sqrt(variance), nn.MinStd)
	if err := s.Validate(d); err != nil {
		return s, fmt.Errorf("cfm: the target cannot be scaled, its samples are not finite or far too large: %w", err)
	}
	return s, nil
}
