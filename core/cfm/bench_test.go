package cfm

import (
	"strconv"
	"testing"

	"inkflow/core/path"
)

// BenchmarkStep reports training steps a second with the default network, at the
// default batch and at that of the tables.
func BenchmarkStep(b *testing.B) {
	for _, batch := range []int{128, 1024} {
		b.Run(strconv.Itoa(batch), func(b *testing.B) {
			cfg := DefaultConfig()
			cfg.Batch = batch
			tr, err := New(round2d(), path.CondOT{}, cfg)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if err := tr.Step(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "steps/s")
		})
	}
}
