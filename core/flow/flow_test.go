package flow

import (
	"math"
	"slices"
	"testing"

	"inkflow/core/ode"
)

// gaussian is the exact field of the linear path from N(0, I) to N(m, s² I):
// with v_t = t² s² + (1 − t)²,
//
//	u(x, t) = m + (t s² − (1 − t)) / v_t · (x − t m)
//
// and its flow carries x0 to t m + √v_t x0.
type gaussian struct {
	mean []float64
	std  float64
}

func (g gaussian) variance(t float64) float64 { return t*t*g.std*g.std + (1-t)*(1-t) }

func (g gaussian) Velocity(dst, x []float32, t float64) {
	n := len(x) / len(g.mean)
	rate := (t*g.std*g.std - (1 - t)) / g.variance(t)
	for i, m := range g.mean {
		for j := range n {
			dst[i*n+j] = float32(m + rate*(float64(x[i*n+j])-t*m))
		}
	}
}

var gaussians = []gaussian{
	{[]float64{2}, 0.5},
	{[]float64{3, -1}, 0.3},
	{[]float64{1, 0, -2, 5, 0.5}, 2},
}

func sampler(g gaussian, steps int) *Sampler {
	return NewSampler(g, len(g.mean), ode.RK4, ode.Uniform(steps))
}

func TestSampleMoments(t *testing.T) {
	const n = 20000
	for _, g := range gaussians {
		d := len(g.mean)
		x := make([]float32, d*n)
		res := sampler(g, 20).Sample(x, 7)
		if res != (ode.Result{Evaluations: 80, Steps: 20, Status: ode.Done}) {
			t.Errorf("d=%d: %+v", d, res)
		}
		mean := make([]float64, d)
		for i := range d {
			for _, v := range x[i*n:][:n] {
				mean[i] += float64(v) / n
			}
			// Five standard errors of a mean.
			if e := math.Abs(mean[i] - g.mean[i]); e > 5*g.std/math.Sqrt(n) {
				t.Errorf("d=%d: mean %d is off by %g", d, i, e)
			}
		}
		for i := range d {
			for k := range i + 1 {
				sum, want := 0.0, 0.0
				for j := range n {
					sum += (float64(x[i*n+j]) - mean[i]) * (float64(x[k*n+j]) - mean[k]) / n
				}
				if i == k {
					want = g.std * g.std
				}
				// Five standard errors: √2 σ²/√n on the diagonal, σ²/√n off it.
				if e := math.Abs(sum - want); e > 5*math.Sqrt2*g.std*g.std/math.Sqrt(n) {
					t.Errorf("d=%d: covariance %d, %d is off by %g", d, i, k, e)
				}
			}
		}
	}
}

// The exact flow of a normal target is known point by point and at every time.
func TestTraceIsTheFlow(t *testing.T) {
	for _, g := range gaussians {
		d, n := len(g.mean), 100
		s := sampler(g, 64)
		noise := make([]float32, d*n)
		s.Noise(noise, 1, 0)
		frames := make([]float32, len(s.Times())*d*n)
		if res := s.Trace(frames, noise); res.Status != ode.Done {
			t.Fatal(res)
		}
		for f, at := range s.Times() {
			for i, m := range g.mean {
				for j := range n {
					got := float64(frames[(f*d+i)*n+j])
					want := at*m + math.Sqrt(g.variance(at))*float64(noise[i*n+j])
					// 64 steps of RK4 are exact to 1e-6; the rest is float32 at values up to 10.
					if math.Abs(got-want) > 3e-5 {
						t.Fatalf("d=%d: point %d at t=%g is %g, want %g", d, j, at, got, want)
					}
				}
			}
		}
	}
}

func TestBackToNoise(t *testing.T) {
	g := gaussians[1]
	x := make([]float32, 2*Chunk)
	forward := sampler(g, 64)
	forward.Sample(x, 3)
	noise := make([]float32, len(x))
	forward.Noise(noise, 3, 0)
	NewSampler(g, 2, ode.RK4, ode.Span(1, 0, 64)).Advance(x)
	for i := range x {
		// The way back multiplies rounding by 1/0.3.
		if d := math.Abs(float64(x[i] - noise[i])); d > 5e-5 {
			t.Fatalf("number %d comes back off by %g", i, d)
		}
	}
}

// Under a field that is constant in space a point goes straight, at even speed.
func TestTraceStraight(t *testing.T) {
	shift := Func(func(dst, x []float32, _ float64) {
		n := len(x) / 2
		for j := range n {
			dst[j], dst[n+j] = 3, -4
		}
	})
	for _, tab := range ode.Tableaus() {
		s := NewSampler(shift, 2, tab, ode.Uniform(50))
		noise := make([]float32, 2*10)
		s.Noise(noise, 5, 2)
		frames := make([]float32, len(s.Times())*len(noise))
		s.Trace(frames, noise)
		for f, at := range s.Times() {
			for i, v := range frames[f*20:][:20] {
				want := float64(noise[i]) + at*[2]float64{3, -4}[i/10]
				// 50 sums in float32 at values up to 8.
				if math.Abs(float64(v)-want) > 50*8*0x1p-24 {
					t.Fatalf("%s: %g at t=%g, want %g", tab.Name, v, at, want)
				}
			}
		}
	}
}

func TestTimes(t *testing.T) {
	for _, row := range []struct{ steps, frames int }{{1, 2}, {2, 3}, {15, 16}, {16, 17}, {17, 17}, {30, 17}, {100, 17}, {1000, 17}} {
		grid := ode.Uniform(row.steps)
		times := sampler(gaussians[0], row.steps).Times()
		if len(times) != row.frames || times[0] != 0 || times[len(times)-1] != 1 {
			t.Errorf("%d steps: times %v", row.steps, times)
		}
		for f, at := range times {
			if !slices.Contains(grid, at) {
				t.Errorf("%d steps: %g is not a time of the grid", row.steps, at)
			}
			// Evenly spread: within half a step of even.
			if want := float64(f) / float64(row.frames-1); math.Abs(at-want) > 0.5/float64(row.steps)+1e-12 {
				t.Errorf("%d steps: frame %d at %g, evenly it were %g", row.steps, f, at, want)
			}
		}
	}
}

// A trace that breaks off shows its last finite state to the end.
func TestTraceNonFinite(t *testing.T) {
	wall := Func(func(dst, x []float32, at float64) {
		for i := range dst {
			dst[i] = 1
			if at > 0.55 {
				dst[i] = float32(math.Inf(1))
			}
		}
	})
	s := NewSampler(wall, 1, ode.Euler, ode.Uniform(10))
	frames := make([]float32, len(s.Times())*3)
	res := s.Trace(frames, []float32{0, 1, 2})
	if res.Status != ode.NonFinite || res.Steps != 6 {
		t.Errorf("%+v", res)
	}
	for f := range s.Times() {
		for j := range 3 {
			want := float64(j) + math.Min(float64(f), 6)/10
			if got := float64(frames[f*3+j]); math.Abs(got-want) > 1e-6 {
				t.Errorf("frame %d point %d is %g, want %g", f, j, got, want)
			}
		}
	}
	x := make([]float32, 2*Chunk)
	if res := s.Sample(x, 1); res.Status != ode.NonFinite {
		t.Errorf("Sample says %v", res.Status)
	}
}

// However the work is cut, the points are the same, to the bit.
func TestCuts(t *testing.T) {
	g := gaussians[1]
	const n = 3*Chunk + 100
	whole := make([]float32, 2*n)
	sampler(g, 4).Sample(whole, 11)

	t.Run("repeat", func(t *testing.T) {
		again := make([]float32, 2*n)
		s := sampler(g, 4)
		s.Sample(again, 12)
		if slices.Equal(whole, again) {
			t.Error("another seed gives the same points")
		}
		s.Sample(again, 11)
		if !slices.Equal(whole, again) {
			t.Error("the same seed gives other points")
		}
	})
	t.Run("chunks out of order", func(t *testing.T) {
		x := make([]float32, 2*n)
		s := sampler(g, 4)
		for c := Chunks(n) - 1; c >= 0; c-- {
			s.SampleChunk(x, 11, c)
		}
		if !slices.Equal(whole, x) {
			t.Error("the order of the chunks matters")
		}
	})
	t.Run("fewer points", func(t *testing.T) {
		for _, m := range []int{1, 100, Chunk, Chunk + 1} {
			x := make([]float32, 2*m)
			sampler(g, 4).Sample(x, 11)
			for i := range 2 {
				if !slices.Equal(x[i*m:][:m], whole[i*n:][:m]) {
					t.Errorf("%d points are not the first of %d", m, n)
				}
			}
		}
	})
	t.Run("parallel", func(t *testing.T) {
		for _, workers := range []int{1, 2, 3, 8} {
			var team []*Sampler
			for range workers {
				team = append(team, sampler(g, 4))
			}
			x := make([]float32, 2*n)
			res := Parallel(team, x, 11)
			if !slices.Equal(whole, x) || res.Steps != 4 || res.Evaluations != 16 {
				t.Errorf("%d workers: other points, %+v", workers, res)
			}
		}
	})
}

func TestNoiseChunksDiffer(t *testing.T) {
	z := NewNoise()
	const pairs = 60
	a, b := make([]float32, Chunk), make([]float32, Chunk)
	for c := range pairs {
		z.Fill(a, 1, 1, c)
		z.Fill(b, 1, 1, c+1)
		sum := 0.0
		for j := range a {
			sum += float64(a[j]) * float64(b[j]) / Chunk
		}
		// The correlation of independent chunks has standard deviation 1/√Chunk.
		if math.Abs(sum) > 5/math.Sqrt(Chunk) {
			t.Errorf("chunks %d and %d correlate: %g", c, c+1, sum)
		}
	}
}

func TestNoAllocation(t *testing.T) {
	s := sampler(gaussians[1], 20)
	x := make([]float32, 2*Chunk)
	frames := make([]float32, len(s.Times())*len(x))
	for name, f := range map[string]func(){
		"noise":   func() { s.Noise(x, 1, 2) },
		"trace":   func() { s.Trace(frames, x) },
		"advance": func() { s.Advance(x) },
		"sample":  func() { s.Sample(x, 1) },
	} {
		if n := testing.AllocsPerRun(5, f); n != 0 {
			t.Errorf("%s: %g allocations", name, n)
		}
	}
}

func TestPanics(t *testing.T) {
	s := sampler(gaussians[1], 2)
	for name, f := range map[string]func(){
		"dim":     func() { NewSampler(gaussians[0], 0, ode.Euler, ode.Uniform(1)) },
		"grid":    func() { NewSampler(gaussians[0], 1, ode.Euler, nil) },
		"shape":   func() { s.Sample(make([]float32, 3), 1) },
		"noise":   func() { s.Noise(make([]float32, 3), 1, 0) },
		"large":   func() { s.Advance(make([]float32, 2*Chunk+2)) },
		"chunk":   func() { s.SampleChunk(make([]float32, 2), 1, 1) },
		"frames":  func() { s.Trace(make([]float32, 2), make([]float32, 2)) },
		"workers": func() { Parallel(nil, nil, 1) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
	if s.Dim() != 2 {
		t.Error("wrong dimension")
	}
}

func BenchmarkNoise(b *testing.B) {
	z, x := NewNoise(), make([]float32, 2*Chunk)
	for b.Loop() {
		z.Fill(x, 2, 1, 0)
	}
}
