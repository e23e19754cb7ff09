package cfm

import (
	"math"
	"testing"

	"inkflow/core/nn/kernel"
	"inkflow/core/path"
)

// The loss after 200 steps from one seed, on any machine: the vectors of amd64,
// those of wasm and plain Go sum and round in different orders, and training
// repeats that 200 times. Do not edit by hand: a change of what is computed, not of
// how, changes these numbers, and the test's output has the new ones.
func TestLossAfter200Steps(t *testing.T) {
	for _, r := range []struct {
		name   string
		change func(*Config)
		loss   float64
	}{
		{"defaults", func(*Config) {}, 2.0503726},
		{"x1 by min-SNR, with optimal transport", func(c *Config) {
			c.Predict, c.Weight, c.Coupling = path.Data, Weight{Kind: MinSNR}, OT{}
		}, 0.1881249},
	} {
		tr := trainer(t, ring8{2, .1}, r.change)
		steps(t, tr, 200)
		// Four digits. Measured differences between the three: about 1e-8 relative
		// (see the log).
		t.Logf("%s, %s: loss %.9f", kernel.Name(), r.name, tr.Loss())
		if math.Abs(tr.Loss()/r.loss-1) > 5e-5 {
			t.Errorf("%s, %s: loss %.6f after 200 steps, want %.6f", kernel.Name(), r.name, tr.Loss(), r.loss)
		}
	}
}
