package metric

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestNLL(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, row := range []struct {
		log       []float64
		nats, err float64
	}{
		{[]float64{-1, -3}, 2, 1},
		{[]float64{-1e9 - 1, -1e9 - 3}, 1e9 + 2, 1}, // no cancellation
		{[]float64{2, 2, 2}, -2, 0},
		{[]float64{5}, -5, nan},
		{nil, nan, nan},
		{[]float64{-inf, 0}, inf, nan},
		{[]float64{nan, 0}, nan, nan},
	} {
		nats, err := NLL(row.log)
		if !alike(nats, row.nats) || !alike(err, row.err) {
			t.Errorf("%v: %g ± %g, want %g ± %g", row.log, nats, err, row.nats, row.err)
		}
	}
	// The entropy of N(0, I) in the plane is 1 + log 2π.
	rng := rand.New(rand.NewPCG(3, 4))
	log := make([]float64, 10_000)
	for i := range log {
		a, b := rng.NormFloat64(), rng.NormFloat64()
		log[i] = -(a*a+b*b)/2 - math.Log(2*math.Pi)
	}
	nats, err := NLL(log)
	if math.Abs(err-.01) > .0005 || math.Abs(nats-1-math.Log(2*math.Pi)) > 4*err {
		t.Errorf("%g ± %g for a normal", nats, err)
	}
}

func alike(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }
