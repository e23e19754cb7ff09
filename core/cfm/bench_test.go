package cfm

import (
	"strconv"
	"testing"

	"inkflow/core/path"
)

// BenchmarkStep reports training steps a second with the default network, at the
// default batch and at that of the tables, alone and with two workers, and at the
// default batch with pairs by optimal transport.
func BenchmarkStep(b *testing.B) {
	for _, r := range []struct {
		name   string
		change func(*Config)
	}{
		{"", func(*Config) {}},
		{"/workers=2", func(c *Config) { c.Workers = 2 }},
		{"/ot", func(c *Config) { c.Coupling = OT{} }},
		{"/ot:group=64", func(c *Config) { c.Coupling = OT{Group: 64} }},
	} {
		for _, batch := range []int{128, 1024} {
			if batch > 128 && r.name == "/ot" {
				continue
			}
			b.Run(strconv.Itoa(batch)+r.name, func(b *testing.B) {
				cfg := DefaultConfig()
				cfg.Batch = batch
				r.change(&cfg)
				tr, err := New(ring8{5, 1}, path.CondOT{}, cfg)
				if err != nil {
					b.Fatal(err)
				}
				defer tr.Close()
				for b.Loop() {
					if err := tr.Step(); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "steps/s")
			})
		}
	}
}

// BenchmarkBatch is the part of a step that makes its batch: noise, target, times,
// coupling, all but the network.
func BenchmarkBatch(b *testing.B) {
	for _, c := range Couplings() {
		b.Run(c.Name(), func(b *testing.B) {
			cfg := DefaultConfig()
			cfg.Coupling = c
			tr, err := New(ring8{5, 1}, path.CondOT{}, cfg)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				tr.batch.draw()
				tr.batch.place(tr.shards[0], tr.net, c.Noise())
			}
		})
	}
}
