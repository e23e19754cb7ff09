package run

import (
	"math"
	"runtime"
	"testing"

	"inkflow/core/engine"
	"inkflow/core/flow"
	"inkflow/core/ode"
)

// unit is that of a cloud near the origin.
const unit = float32(half) / math.MaxInt16

// still leaves every particle where it is; the sampler takes so many steps.
func still(steps int) *flow.Sampler {
	return flow.NewSampler(flow.Func(func(dst, _ []float32, _ float64) { clear(dst) }), 2, ode.Euler, ode.Uniform(steps))
}

func newCloud(total, steps int) (*cloud, *flow.Sampler) {
	s := still(steps)
	c := &cloud{unit: unit}
	c.shape(total, s)
	return c, s
}

func TestCloudCoversAllParticles(t *testing.T) {
	for _, total := range []int{1000, 1024, 1025, 5000} {
		c, s := newCloud(total, 3)
		if c.waiting() {
			t.Errorf("%d particles: something is to be sent that was never traced", total)
		}
		for turns := 0; c.stale(7); turns++ {
			if turns > len(c.slices) {
				t.Fatalf("%d particles: still stale after %d slices", total, turns)
			}
			c.traceNext(s, 1, 7, 0)
		}
		var out engine.Cloud
		c.unsent(&out)
		next := 0
		for _, p := range out.Slices {
			if p.First != next || len(p.XY) != len(out.Times)*2*p.Count {
				t.Errorf("%d particles: a slice %d + %d, want first %d", total, p.First, p.Count, next)
			}
			next += p.Count
		}
		if next != total || out.Total != total || len(out.Times) != 4 || out.Unit != c.unit {
			t.Errorf("%d particles: %d sent, total %d, frames %v, unit %g", total, next, out.Total, out.Times, out.Unit)
		}
		if c.waiting() {
			t.Errorf("%d particles: sent, and yet waiting", total)
		}
	}
}

// A particle is the sample of the same number and seed that core/flow draws.
func TestCloudIsFlowsNoise(t *testing.T) {
	c, s := newCloud(2000, 2)
	for c.stale(0) {
		c.traceNext(s, 42, 0, 0)
	}
	want := make([]float32, 2*2000)
	s.Sample(want, 42)
	for i, p := range c.slices {
		for j := range p.count {
			for axis := range 2 {
				for frame := range 3 {
					got := float64(p.xy[(frame*2+axis)*p.count+j]) * float64(c.unit)
					// Rounding to a unit of 16/32767.
					if w := float64(want[axis*2000+i*engine.SliceLen+j]); math.Abs(got-w) > 0.51*float64(c.unit) {
						t.Fatalf("particle %d, axis %d, frame %d: %g, want %g", i*engine.SliceLen+j, axis, frame, got, w)
					}
				}
			}
		}
	}
}

func TestOtherWeightsMakeSlicesStale(t *testing.T) {
	c, s := newCloud(3000, 2)
	for c.stale(1) {
		c.traceNext(s, 1, 1, 0)
	}
	if !c.stale(2) {
		t.Error("other weights leave the paths as they are")
	}
	c.unsent(new(engine.Cloud))
	c.traceNext(s, 1, 2, 0)
	var out engine.Cloud
	if c.unsent(&out); len(out.Slices) != 1 {
		t.Errorf("one slice was traced and %d are sent", len(out.Slices))
	}
	// The same slice is not traced again while others wait.
	seen := map[int]bool{out.Slices[0].First: true}
	for c.stale(2) {
		c.traceNext(s, 1, 2, 0)
		out = engine.Cloud{}
		c.unsent(&out)
		if first := out.Slices[0].First; seen[first] {
			t.Fatalf("slice %d was traced twice", first)
		} else {
			seen[first] = true
		}
	}
}

func TestAnotherShapeIsTracedAnew(t *testing.T) {
	c, s := newCloud(3000, 20)
	for c.stale(1) {
		c.traceNext(s, 1, 1, 0)
	}
	// As many frames, at other times.
	other := still(40)
	c.shape(3000, other)
	if !c.stale(1) || c.waiting() {
		t.Error("paths at other times are taken for those that are asked for")
	}
	for k, at := range other.Times() {
		if c.times[k] != float32(at) {
			t.Errorf("frame %d is at %g, not %g", k, c.times[k], at)
		}
	}
	c.traceNext(other, 1, 1, 0)
	c.shape(1500, other)
	if len(c.slices) != 2 || c.slices[1].count != 1500-engine.SliceLen || c.waiting() {
		t.Errorf("1500 particles are %d slices", len(c.slices))
	}
}

// However fast slices are traced, each is sent once in a while.
func TestEverySliceIsSent(t *testing.T) {
	const slices = 3*maxSlices + 5
	c, s := newCloud(slices*engine.SliceLen, 1)
	seen := map[int]bool{}
	for round := range 8 {
		for range slices {
			c.traceNext(s, 1, int64(round), 0)
		}
		var out engine.Cloud
		c.unsent(&out)
		if len(out.Slices) != maxSlices {
			t.Fatalf("round %d sends %d slices, want %d", round, len(out.Slices), maxSlices)
		}
		for _, p := range out.Slices {
			seen[p.First] = true
		}
	}
	if len(seen) != slices {
		t.Errorf("after 8 rounds of %d slices, %d of %d were sent", maxSlices, len(seen), slices)
	}
}

func TestResend(t *testing.T) {
	c, s := newCloud(3000, 1)
	c.traceNext(s, 1, 1, 0)
	c.traceNext(s, 1, 1, 0)
	c.unsent(new(engine.Cloud))
	c.resend()
	var out engine.Cloud
	if c.unsent(&out); len(out.Slices) != 2 {
		t.Errorf("%d slices are sent again, of 2 that were sent", len(out.Slices))
	}
}

func TestSentIsACopy(t *testing.T) {
	c, s := newCloud(1000, 1)
	c.traceNext(s, 1, 1, 0)
	var out engine.Cloud
	c.unsent(&out)
	was := append([]int16(nil), out.Slices[0].XY...)
	times := append([]float32(nil), out.Times...)
	c.traceNext(s, 2, 2, 0)
	c.shape(1000, flow.NewSampler(flow.Func(func(dst, _ []float32, _ float64) { clear(dst) }), 2, ode.Euler, []float64{0.25, 0.5}))
	for i, v := range was {
		if out.Slices[0].XY[i] != v {
			t.Fatal("what was sent changes with the next trace")
		}
	}
	if out.Times[0] != times[0] || out.Times[1] != times[1] {
		t.Error("the times that were sent change with the next shape")
	}
}

// What flies off is drawn at the rim, never on the other side.
func TestFarParticlesStayAtTheRim(t *testing.T) {
	away := flow.NewSampler(flow.Func(func(dst, x []float32, _ float64) {
		for i, v := range x {
			dst[i] = float32(math.Copysign(1e30, float64(v)))
		}
	}), 2, ode.Euler, ode.Uniform(1))
	c := &cloud{unit: unit}
	c.shape(1000, away)
	c.traceNext(away, 1, 1, 0)
	xy := c.slices[0].xy
	for j := range 2000 {
		want := int16(math.MaxInt16)
		if xy[j] < 0 {
			want = -want
		}
		if got := xy[2000+j]; got != want && xy[j] != 0 {
			t.Fatalf("coordinate %d went from %d to %d, want %d", j, xy[j], got, want)
		}
	}
}

func TestMemoryOfTheLargestCloud(t *testing.T) {
	s := still(engine.MaxSteps)
	c := &cloud{unit: 1}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	c.shape(engine.MaxParticles, s)
	runtime.ReadMemStats(&after)
	// 500,000 × 17 frames × 2 coordinates × 2 bytes are 34 MB, 32.4 MiB and
	// some rounding; the caps keep a worker under 256 MiB.
	if n := after.TotalAlloc - before.TotalAlloc; n > 36<<20 {
		t.Errorf("%d MiB for the largest cloud", n>>20)
	}
	runtime.ReadMemStats(&before)
	c.shape(engine.MaxParticles, still(engine.MaxSteps))
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
		t.Errorf("%d KiB more for another sampler of the same shape", n>>10)
	}
}
