package cfm

import (
	"math"
	"runtime"
	"slices"
	"testing"
	"time"

	"inkflow/core/path"
)

// One number of workers always gives the same bits, whether they run or have been
// sent home; another number differs in rounding.
func TestWorkersAreDeterministic(t *testing.T) {
	run := func(workers int, closed bool) ([]float32, float64) {
		tr := trainer(t, ring8{2, .2}, func(c *Config) { c.Workers, c.Batch, c.Net.Hidden = workers, 200, []int{16, 16} })
		defer tr.Close()
		if closed {
			tr.Close()
		}
		steps(t, tr, 60)
		return slices.Clone(tr.net.Weights), tr.Loss()
	}
	one, lossOne := run(1, false)
	for _, w := range []int{2, 3, 7, 64} {
		a, lossA := run(w, false)
		b, lossB := run(w, true)
		if !slices.Equal(a, b) || lossA != lossB {
			t.Errorf("%d workers: two runs differ", w)
		}
		if slices.Equal(a, one) {
			t.Errorf("%d workers: as if there were one", w)
		}
		if math.Abs(lossA/lossOne-1) > 1e-4 { // roundings, over 60 steps
			t.Errorf("%d workers: loss %g, one worker's is %g", w, lossA, lossOne)
		}
	}
	if zero, _ := run(0, false); !slices.Equal(zero, one) {
		t.Error("no workers is not one worker")
	}
}

// Shards cover the batch once, in whole tiles where there are enough columns.
func TestShards(t *testing.T) {
	for _, r := range []struct{ batch, workers, shards int }{
		{128, 2, 2}, {128, 4, 4}, {128, 64, 4}, {100, 3, 3}, {1, 8, 1}, {33, 2, 2}, {1000, 3, 3},
	} {
		tr := trainer(t, round2d(), func(c *Config) { c.Workers, c.Batch = r.workers, r.batch })
		if len(tr.shards) != r.shards {
			t.Errorf("batch %d, %d workers: %d shards, want %d", r.batch, r.workers, len(tr.shards), r.shards)
		}
		at := 0
		for _, s := range tr.shards {
			if s.from != at || len(s.time) == 0 {
				t.Errorf("batch %d, %d workers: a shard from %d of %d columns, want it to begin at %d", r.batch, r.workers, s.from, len(s.time), at)
			}
			at += len(s.time)
		}
		if at != r.batch {
			t.Errorf("batch %d, %d workers: %d columns are worked on", r.batch, r.workers, at)
		}
	}
}

// waitFor waits for the number of goroutines to fall to n.
func waitFor(t *testing.T, n int, nudge func()) {
	t.Helper()
	for range 500 {
		if runtime.NumGoroutine() <= n {
			return
		}
		nudge()
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines, want %d", runtime.NumGoroutine(), n)
}

func TestWorkersGoHome(t *testing.T) {
	time.Sleep(time.Millisecond) // in a browser's Go the first sleep starts a goroutine
	before := runtime.NumGoroutine()
	tr := trainer(t, round2d(), func(c *Config) { c.Workers = 3 })
	if runtime.NumGoroutine() != before {
		t.Error("workers come before there is work")
	}
	steps(t, tr, 3)
	if n := runtime.NumGoroutine() - before; n != 2 {
		t.Errorf("%d goroutines for three workers, want 2", n)
	}
	tr.Close()
	waitFor(t, before, func() {})
	tr.Close() // once more is no harm
	steps(t, tr, 3)
	if runtime.NumGoroutine() > before {
		t.Error("a closed trainer has started goroutines again")
	}
	runtime.KeepAlive(tr)

	// And without Close, when nobody holds the trainer any more.
	func() {
		tr := trainer(t, round2d(), func(c *Config) { c.Workers = 4 })
		steps(t, tr, 3)
	}()
	waitFor(t, before, runtime.GC)
}

// A step allocates nothing, whatever is asked of it.
func TestNoStepAllocates(t *testing.T) {
	check := func(name string, change func(*Config)) {
		tr := trainer(t, round2d(), change)
		defer tr.Close()
		steps(t, tr, 2)
		if a := testing.AllocsPerRun(20, func() {
			if err := tr.Step(); err != nil {
				t.Fatal(err)
			}
		}); a != 0 {
			t.Errorf("%s: a step allocates %g times", name, a)
		}
	}
	for _, c := range variety {
		check(c.Name(), func(cfg *Config) { cfg.Coupling = c })
	}
	for _, s := range Samplings() {
		check(s.Name, func(cfg *Config) { cfg.Times = s })
	}
	for _, w := range Weights() {
		check(w.String(), func(cfg *Config) { cfg.Weight, cfg.Predict = w, path.Noise })
	}
	check("a source", func(cfg *Config) { cfg.Source = round2d() })
	check("two workers", func(cfg *Config) { cfg.Workers = 2 })
}
