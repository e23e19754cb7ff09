package cfm

import (
	"math"
	"math/rand/v2"

	"inkflow/core/nn"
	"inkflow/core/nn/kernel"
)

// scaleSample is how many points the parametrisation is estimated from: a standard
// deviation is then known to about one per cent.
const scaleSample = 4096

// estimate returns what the parametrisation wants to know of the pairs: mean and
// isotropic standard deviation of the target (the root of the mean variance over
// coordinates), the same of the source where it is not N(0, I), and the covariance
// of the two, per coordinate, where a coupling pairs them. The latter is taken
// from batches as the trainer pairs them: how tight the pairs are depends on the
// size of the batch.
//
// A standard deviation is no smaller than nn.MinStd: a target that is a single dot
// has none, but is a target all the same.
func estimate(target Target, cfg Config, stream uint64) (nn.Scale, error) {
	rng := rand.New(rand.NewPCG(cfg.Seed, stream))
	d := target.Dim()
	x := make([]float32, d*scaleSample)
	var s nn.Scale
	target.Sample(rng, x)
	s.Mean, s.Std = moments(x, d)
	if cfg.Source != nil {
		cfg.Source.Sample(rng, x)
		s.SourceMean, s.SourceStd = moments(x, d)
	}
	if err := s.Validate(d); err != nil {
		return s, &unscalable{err}
	}
	if cfg.Independent() {
		return s, nil
	}
	if cfg.Coupling != nil {
		p := newPairs(target, cfg, cfg.Batch, rng, kernel.NewNormal(cfg.Seed, stream))
		s.Covariance = covariance(p, cfg.Batch, s)
	}
	return s, nil
}

// moments returns the mean of a cloud and its isotropic standard deviation.
//
//	x [d × n]
func moments(x []float32, d int) (mean []float64, std float64) {
	n := len(x) / d
	mean = make([]float64, d)
	var variance float64
	for i := range d {
		row := x[i*n : (i+1)*n]
		var sum, square float64
		for _, v := range row {
			sum += float64(v)
		}
		m := sum / float64(n)
		for _, v := range row {
			square += (float64(v) - m) * (float64(v) - m)
		}
		mean[i] = m
		variance += square / float64(n) / float64(d)
	}
	return mean, max(math.Sqrt(variance), nn.MinStd)
}

// covariance is that of X0 with X1 over coupled batches, the mean over coordinates.
func covariance(p pairs, n int, s nn.Scale) float64 {
	d := len(s.Mean)
	x0, x1 := make([]float32, d*n), make([]float32, d*n)
	var sum float64
	count := 0
	for ; count < scaleSample; count += n {
		p.draw(x0, x1)
		for k := range x0 {
			m0 := 0.
			if s.SourceMean != nil {
				m0 = s.SourceMean[k/n]
			}
			sum += (float64(x0[k]) - m0) * (float64(x1[k]) - s.Mean[k/n])
		}
	}
	most := s.Std // Cauchy and Schwarz; an estimate may be above
	if s.SourceStd > 0 {
		most *= s.SourceStd
	}
	c := max(-most, min(sum/float64(count*d), most))
	if math.IsNaN(c) {
		return 0 // points that are not finite: the guard will speak of them
	}
	return c
}

// unscalable says that the points cannot be learned from, and why.
type unscalable struct{ err error }

func (e *unscalable) Error() string {
	return "cfm: the target cannot be scaled, its samples are not finite or far too large: " + e.err.Error()
}

func (e *unscalable) Unwrap() error { return e.err }
