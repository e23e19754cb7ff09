package nn

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Twenty steps against the published formulas in float64.
func TestAdamW(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	const n = 37
	a := NewAdamW(n)
	a.Decay = .1
	w32 := normals(rng, n, 1)
	w, m, v := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range w {
		w[i] = float64(w32[i])
	}
	for k := 1; k <= 20; k++ {
		g := normals(rng, n, math.Pow(10, float64(k%5-2)))
		rate := .01 * float64(k)
		a.Step(w32, g, rate)
		for i := range w {
			gi := float64(g[i])
			m[i] = .9*m[i] + .1*gi
			v[i] = .99*v[i] + .01*gi*gi
			mh := m[i] / (1 - math.Pow(.9, float64(k)))
			vh := v[i] / (1 - math.Pow(.99, float64(k)))
			w[i] -= rate * (mh/(math.Sqrt(vh)+1e-8) + .1*w[i])
		}
	}
	for i := range w {
		if e := math.Abs(w[i] - float64(w32[i])); e > 2e-5 { // 20 steps of float32 on numbers up to 5
			t.Errorf("weight %d is %g, want %g", i, w32[i], w[i])
		}
	}
	a.Reset()
	if a.Count != 0 || a.M[3] != 0 || a.V[3] != 0 {
		t.Error("Reset left moments behind")
	}
}

// The average against the definition, and the ramp that keeps it from being
// biased towards its start.
func TestEMA(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 1))
	e := EMA{Decay: .95}
	average := []float32{100}
	want := 100.0
	for k := range 400 {
		x := rng.NormFloat64() + 3
		d := min(.95, float64(1+k)/float64(10+k))
		if got := e.Effective(); got != d {
			t.Fatalf("effective decay after %d updates is %g, want %g", k, got, d)
		}
		want = d*want + (1-d)*float64(float32(x))
		e.Update(average, []float32{float32(x)})
		if math.Abs(float64(average[0])-want) > 1e-4 { // float32 of a number that began at 100
			t.Fatalf("average after %d updates is %g, want %g", k+1, average[0], want)
		}
		if k == 20 && math.Abs(want-3) > 2 {
			t.Errorf("after 20 updates the average is still %g, biased towards its start", want)
		}
	}
	e.Reset()
	if e.Effective() > .2 {
		t.Error("Reset did not restart the ramp")
	}
}

func TestRates(t *testing.T) {
	for _, r := range []struct {
		name      string
		got, want float64
	}{
		{"first warm-up step", WarmUp(0, 10), .1},
		{"last warm-up step", WarmUp(9, 10), 1},
		{"after warm-up", WarmUp(1000, 10), 1},
		{"no warm-up", WarmUp(0, 0), 1},
		{"cosine begins", CosineDecay(0, 100), 1},
		{"cosine halfway", CosineDecay(50, 100), .5},
		{"cosine ends", CosineDecay(100, 100), 0},
		{"cosine after the end", CosineDecay(1e9, 100), 0},
		{"stable", InverseRoot(100, 100, .1), 1},
		{"four times as far", InverseRoot(400, 100, .1), .5},
		{"floor", InverseRoot(1e9, 100, .1), .1},
	} {
		if math.Abs(r.got-r.want) > 1e-15 {
			t.Errorf("%s: %g, want %g", r.name, r.got, r.want)
		}
	}
	for k := range 99 {
		if CosineDecay(k+1, 100) >= CosineDecay(k, 100) || WarmUp(k+1, 100) <= WarmUp(k, 100) && k < 99 {
			t.Fatalf("schedules are not monotone at step %d", k)
		}
	}
}
