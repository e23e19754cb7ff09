package density

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

func seeded(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15)) }

// The tests of this package that weigh a random quantity use a fixed seed and
// a chance of 1e-6 to fail for a correct sampler and another seed.
const rare = 1e-6

func TestSamplerChiSquare(t *testing.T) {
	tests := []struct {
		name string
		ink  func(i int) float32
		w, h int
	}{
		{"uniform", func(int) float32 { return 1 }, 12, 9},
		{"ramp", func(i int) float32 { return float32(i + 1) }, 12, 9},
		{"with holes", func(i int) float32 { return float32((i * i) % 5) }, 12, 9},
		{"one heavy cell", func(i int) float32 { return max(1, 500*float32(1-min(i, 1))) }, 12, 9},
		{"a row", func(i int) float32 { return float32(i % 3) }, 40, 1},
	}
	for seed, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			g := NewGrid(test.w, test.h, -1, 2, 0.25)
			for i := range g.Ink {
				g.Ink[i] = test.ink(i)
			}
			s, err := NewSampler(g)
			if err != nil {
				t.Fatal(err)
			}
			const n = 200_000
			x := make([]float32, 2*n)
			s.Sample(seeded(uint64(seed)), x)

			// Four bins a cell test the place inside it too. Rounding to
			// float32 carries one sample in some 10⁷ across a border: none here.
			seen := make([]float64, 4*len(g.Ink))
			for j := range n {
				u, v := (float64(x[j])+1)/0.25, (float64(x[n+j])-2)/0.25
				i, k := min(int(u), g.W-1), min(int(v), g.H-1)
				quarter := int(2*(u-float64(i)))&1 + 2*(int(2*(v-float64(k)))&1)
				seen[4*(k*g.W+i)+quarter]++
			}
			var got, want []float64
			for i, ink := range g.Ink {
				for q := range 4 {
					if ink == 0 && seen[4*i+q] != 0 {
						t.Fatalf("cell %d holds no ink but %v samples", i, seen[4*i+q])
					}
					if ink > 0 {
						got = append(got, seen[4*i+q])
						want = append(want, n*float64(ink)/g.Mass()/4)
					}
				}
			}
			chi := stat.ChiSquare(got, want)
			bins := distuv.ChiSquared{K: float64(len(got) - 1)}
			if p := bins.Survival(chi); p < rare || p > 1-rare {
				t.Errorf("χ² = %.1f on %d bins, p = %g", chi, len(got), p)
			}
		})
	}
}

func TestSamplerMoments(t *testing.T) {
	g := canvas()
	g.Line(Brush{Radius: 0.4, Softness: 0.6}, Dab{-2, -1, 1}, Dab{1, 2, 0.4})
	g.Line(Brush{Radius: 0.3}, Dab{1, 2, 1}, Dab{2, -2, 1})
	mean, cov := g.Moments()
	s, err := NewSampler(g)
	if err != nil {
		t.Fatal(err)
	}
	const n = 400_000
	x := make([]float32, 2*n)
	s.Sample(seeded(5), x)
	gotMean, gotCov := sampleMoments(x)
	for i := range 2 {
		// Five standard errors of a mean, and of a variance of light tails.
		if d := math.Abs(gotMean[i] - mean[i]); d > 5*math.Sqrt(cov[i][i]/n) {
			t.Errorf("mean %v, exactly %v", gotMean, mean)
		}
		for j := range 2 {
			if d := math.Abs(gotCov[i][j] - cov[i][j]); d > 5*math.Sqrt(2*cov[i][i]*cov[j][j]/n) {
				t.Errorf("covariance %v, exactly %v", gotCov, cov)
			}
		}
	}
}

// sampleMoments of points x [2 × n].
func sampleMoments(x []float32) (mean [2]float64, cov [2][2]float64) {
	n := len(x) / 2
	for i := range 2 {
		for j := range n {
			mean[i] += float64(x[i*n+j]) / float64(n)
		}
	}
	for j := range n {
		d := [2]float64{float64(x[j]) - mean[0], float64(x[n+j]) - mean[1]}
		for a := range 2 {
			for b := range 2 {
				cov[a][b] += d[a] * d[b] / float64(n)
			}
		}
	}
	return mean, cov
}

// The expected share of a cell follows from the table alone: what it keeps of
// its own slot and what the other slots pass on. It must be the ink's share to
// the rounding of float64, on a grid large enough for long chains of passing on.
func TestAliasTableIsExact(t *testing.T) {
	g := NewGrid(192, 192, -3, -3, 6.0/192)
	rng := seeded(11)
	for i := range g.Ink {
		g.Ink[i] = float32(math.Pow(rng.Float64(), 8)) // a few heavy, many light
	}
	s, err := NewSampler(g)
	if err != nil {
		t.Fatal(err)
	}
	share := make([]float64, len(g.Ink))
	for _, p := range s.slots {
		keep := float64(p.keep) / (1 << 63) / 2
		share[int(p.ownY)*g.W+int(p.ownX)] += keep
		share[int(p.otherY)*g.W+int(p.otherX)] += 1 - keep
	}
	mass := g.Mass()
	for i, ink := range g.Ink {
		want := float64(ink) / mass * float64(len(s.slots))
		// The heaviest cell gives thousands of times: as many roundings.
		if math.Abs(share[i]-want) > 1e-10*(1+want) {
			t.Fatalf("cell %d has %v of an average slot, want %v", i, share[i], want)
		}
	}
}

func TestSamplerIsReproducible(t *testing.T) {
	g := canvas()
	g.Line(Brush{Radius: 0.5}, Dab{-1, 0, 1}, Dab{1, 0, 1})
	s, err := NewSampler(g)
	if err != nil {
		t.Fatal(err)
	}
	a, b := make([]float32, 200), make([]float32, 200)
	s.Sample(seeded(1), a)
	g.Clear() // the sampler keeps nothing of the grid
	s.Sample(seeded(1), b)
	if !slices.Equal(a, b) {
		t.Error("equal seeds gave different points")
	}
}

func TestSamplerRefusesBadInk(t *testing.T) {
	for _, bad := range []float32{-1, float32(math.NaN()), float32(math.Inf(1))} {
		g := NewGrid(3, 2, 0, 0, 1)
		g.Ink[0], g.Ink[4] = 1, bad
		if _, err := NewSampler(g); err == nil {
			t.Errorf("ink %v was taken", bad)
		}
	}
	g := NewGrid(3, 2, 0, 0, 1)
	g.Ink = g.Ink[:5]
	mustPanic(t, func() { NewSampler(g) })
}

func TestOneDot(t *testing.T) {
	g := NewGrid(3, 3, 0, 0, 1)
	g.Ink[4] = 1e-30
	s, err := NewSampler(g)
	if err != nil {
		t.Fatal(err)
	}
	x := make([]float32, 2000)
	s.Sample(seeded(2), x)
	if slices.Min(x) < 1 || slices.Max(x) > 2 || slices.Max(x)-slices.Min(x) < 0.9 {
		t.Errorf("one cell of side 1 gave points from %v to %v", slices.Min(x), slices.Max(x))
	}
	//lint:ignore SA5012 an odd number is what must panic
	mustPanic(t, func() { s.Sample(seeded(2), x[:3]) })
}

func TestSampleAllocatesNothing(t *testing.T) {
	rng, x := seeded(1), make([]float32, 256)
	points, err := NewPoints([]float32{0, 1, 2, 0, 1, 4})
	if err != nil {
		t.Fatal(err)
	}
	targets := map[string]Target{"points": points}
	for _, p := range Presets() {
		targets[p.Name] = p.Target()
	}
	for name, target := range targets {
		if n := testing.AllocsPerRun(5, func() { target.Sample(rng, x) }); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

func BenchmarkSampler(b *testing.B) {
	g := canvas()
	g.Line(Brush{Radius: 0.5, Softness: 1}, Dab{-1, 0, 1}, Dab{1, 0, 1})
	s, err := NewSampler(g)
	if err != nil {
		b.Fatal(err)
	}
	rng, x := seeded(1), make([]float32, 2*1024)
	b.ReportAllocs()
	for b.Loop() {
		s.Sample(rng, x)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1024, "ns/point")
}
