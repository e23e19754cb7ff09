package cfm

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"inkflow/core/metric"
)

func cloud(rng *rand.Rand, n, d int, scale, shift float64) []float32 {
	x := make([]float32, d*n)
	for i := range x {
		x[i] = float32(shift + scale*rng.NormFloat64())
	}
	return x
}

var variety = []Coupling{Independent{}, OT{}, OT{Group: 32}, Sinkhorn{Epsilon: .5}, Sinkhorn{Epsilon: 1e-3}, Sinkhorn{Epsilon: 1e4}, Bridge{Sigma: .3}}

// Whatever a coupling does, x1 keeps all its points, none twice, and x0 is left
// alone.
func TestWholeBatchIsKept(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, c := range variety {
		for _, n := range []int{1, 2, 7, 128, 300, 1100} {
			for _, d := range []int{1, 2, 5} {
				if _, slow := c.(OT); n > 300 && (!slow || d != 2) {
					continue
				}
				m := c.Matcher(n, d)
				if m == nil {
					continue
				}
				for _, far := range []float64{1, 1e3} {
					x0, x1 := cloud(rng, n, d, 1, 0), cloud(rng, n, d, far, far)
					keep0, keep1 := slices.Clone(x0), points(x1, n)
					m.Match(rng, x0, x1)
					if !slices.Equal(x0, keep0) {
						t.Fatalf("%s, n=%d: x0 was changed", c.Name(), n)
					}
					if !slices.EqualFunc(keep1, points(x1, n), slices.Equal[[]float32]) {
						t.Fatalf("%s, n=%d, d=%d: the points of x1 are not those there were", c.Name(), n, d)
					}
				}
			}
		}
	}
}

// points are the points of x [d × n], sorted.
func points(x []float32, n int) [][]float32 {
	list := make([][]float32, n)
	for j := range n {
		for k := j; k < len(x); k += n {
			list[j] = append(list[j], x[k])
		}
	}
	slices.SortFunc(list, slices.Compare[[]float32])
	return list
}

// meanCost is the mean squared distance within pairs from … to of n.
func meanCost(x0, x1 []float32, n, from, to int) float64 {
	sum := 0.
	for k := range x0 {
		if j := k % n; j >= from && j < to {
			e := float64(x0[k]) - float64(x1[k])
			sum += e * e
		}
	}
	return sum / float64(to-from)
}

// The exact pairs cost what core/metric, which shares no code, says is the least.
func TestExactPairs(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	for _, n := range []int{2, 64, 200} {
		for _, d := range []int{1, 2, 4} {
			x0, x1 := cloud(rng, n, d, 1, 0), cloud(rng, n, d, 3, 2)
			want := metric.W2(x0, x1, d)
			OT{}.Matcher(n, d).Match(rng, x0, x1)
			if got := math.Sqrt(meanCost(x0, x1, n, 0, n)); got > want*(1+1e-6) { // float32 costs
				t.Errorf("n=%d, d=%d: cost %.9g, least %.9g", n, d, got, want)
			}
		}
	}
	// In groups, each is at its own least.
	const n, d = 50, 2
	x0, x1 := cloud(rng, n, d, 1, 0), cloud(rng, n, d, 3, 2)
	OT{Group: 16}.Matcher(n, d).Match(rng, x0, x1) // four groups of 12 or 13
	for k := range 4 {
		from, to := k*n/4, (k+1)*n/4
		var a, b []float32
		for i := range d {
			a, b = append(a, x0[i*n+from:i*n+to]...), append(b, x1[i*n+from:i*n+to]...)
		}
		if got, want := math.Sqrt(meanCost(x0, x1, n, from, to)), metric.W2(a, b, d); got > want*(1+1e-6) {
			t.Errorf("group %d: cost %.9g, least %.9g", k, got, want)
		}
	}
}

// The permutation of a small batch has the distribution it should have: all 24 of
// four points, by χ².
func TestEntropicPermutation(t *testing.T) {
	const n, draws = 4, 20000
	x0 := []float32{0, 1, 2, 4}
	x1 := []float32{.5, 1.2, 3, 2}
	for _, epsilon := range []float64{1, 4} {
		rng := rand.New(rand.NewPCG(3, 3))
		m := Sinkhorn{Epsilon: epsilon}.Matcher(n, 1)
		count := map[[n]float32]float64{}
		for range draws {
			var y [n]float32
			copy(y[:], x1)
			m.Match(rng, x0, y[:])
			count[y]++
		}
		chance, total := map[[n]float32]float64{}, 0.
		permutations(x1, func(p []float32) {
			w := math.Exp(-n * meanCost(x0, p, n, 0, n) / epsilon)
			chance[[n]float32(p)] = w
			total += w
		})
		chi2, used := 0., -1.
		for p, w := range chance {
			if e := draws * w / total; e >= 5 {
				chi2 += (count[p] - e) * (count[p] - e) / e
				used++
			}
		}
		// The 99.9 % point of χ² with up to 23 degrees of freedom is 49.7.
		if chi2 > 49.7 || used < 3 {
			t.Errorf("ε = %g: χ² = %.1f on %g degrees of freedom", epsilon, chi2, used)
		}
	}
}

func permutations(x []float32, visit func([]float32)) {
	p := slices.Clone(x)
	var step func(k int)
	step = func(k int) {
		if k == len(p) {
			visit(p)
			return
		}
		for i := k; i < len(p); i++ {
			p[k], p[i] = p[i], p[k]
			step(k + 1)
			p[k], p[i] = p[i], p[k]
		}
	}
	step(0)
}

// entropicCovariance is that of the entropic plan between N(m, s0²) and N(m', s1²)
// in each coordinate. The plan's density is exp(−(x − y)²/ε) times a function of x
// times one of y, so it is a Gaussian whose precision matrix has −2/ε off its
// diagonal: c/(s0²s1² − c²) = 2/ε.
func entropicCovariance(s0, s1, epsilon float64) float64 {
	return math.Sqrt(epsilon*epsilon/16+s0*s0*s1*s1) - epsilon/4
}

// Between Gaussians the plan is known: pairs of large batches have its correlation.
// 3072 pairs in two coordinates know it to 0.01; a permutation of a finite batch is
// a little looser than the plan, most where its neighbours are farther apart than
// √ε.
func TestEntropicCorrelation(t *testing.T) {
	const n, d, s1 = 256, 2, 2.
	for _, r := range []struct{ epsilon, tolerance float64 }{{.05, .05}, {.5, .03}, {4, .03}, {50, .03}} {
		rng := rand.New(rand.NewPCG(4, 4))
		m := Sinkhorn{Epsilon: r.epsilon}.Matcher(n, d)
		var sum, square0, square1 float64
		for range 12 {
			x0, x1 := cloud(rng, n, d, 1, 0), cloud(rng, n, d, s1, 0)
			m.Match(rng, x0, x1)
			for k := range x0 {
				a, b := float64(x0[k]), float64(x1[k])
				sum, square0, square1 = sum+a*b, square0+a*a, square1+b*b
			}
		}
		got, want := sum/math.Sqrt(square0*square1), entropicCovariance(1, s1, r.epsilon)/s1
		if math.Abs(got-want) > r.tolerance {
			t.Errorf("ε = %g: correlation %.4f, of the plan %.4f", r.epsilon, got, want)
		}
	}
}

// The plan that permutations are drawn from has the margins it should have.
func TestPlanMargins(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	const n = 100
	for _, r := range []struct{ far, epsilon float64 }{{1, .5}, {1, .02}, {20, .5}, {1e3, 1}, {1, 1e5}} {
		x, y := cloud(rng, n, 2, 1, 0), cloud(rng, n, 2, r.far, r.far)
		p := newPlan(n)
		p.measure(x, y, n)
		p.solve(r.epsilon)
		off, total := 0., 0.
		for j := range n {
			col := 0.
			for i := range n {
				col += p.u[i] * p.k[i*n+j] * p.v[j]
			}
			off += math.Abs(col - 1./n)
			total += col
		}
		if math.Abs(total-1) > 1e-9 || math.IsNaN(off) {
			t.Errorf("far %g, ε = %g: the plan sums to %g", r.far, r.epsilon, total)
		}
		// Where ε is tiny beside the distances, a hundred iterations are not enough.
		if most := map[bool]float64{true: .02, false: .5}[r.epsilon*400 > r.far*r.far]; off > most {
			t.Errorf("far %g, ε = %g: columns' margins are off by %.3f in all, want %g", r.far, r.epsilon, off, most)
		}
	}
}

func TestNotFinitePairs(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 6))
	for _, c := range []Coupling{OT{}, Sinkhorn{Epsilon: .5}} {
		x0, x1 := cloud(rng, 8, 1, 1, 0), cloud(rng, 8, 1, 1, 0)
		x1[3] = float32(math.NaN())
		keep := slices.Clone(x1)
		c.Matcher(8, 1).Match(rng, x0, x1)
		if x1[3] == x1[3] || !slices.Equal(keep[4:], x1[4:]) {
			t.Errorf("%s: a batch with NaN was rearranged", c.Name())
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a batch of another size was accepted")
		}
	}()
	OT{}.Matcher(8, 1).Match(rng, make([]float32, 7), make([]float32, 7))
}

func TestParseCoupling(t *testing.T) {
	for _, c := range append(Couplings(), OT{Group: 64}, Sinkhorn{Epsilon: .125}, Bridge{Sigma: 1e-3}) {
		if got, err := ParseCoupling(c.Name()); err != nil || got != c {
			t.Errorf("ParseCoupling(%q) = %v, %v", c.Name(), got, err)
		}
		if v, ok := c.(interface{ Validate() error }); ok && v.Validate() != nil {
			t.Error(v.Validate())
		}
	}
	if c, err := ParseCoupling(""); err != nil || c != (Independent{}) {
		t.Errorf("an empty coupling is %v, %v", c, err)
	}
	for text, want := range map[string]string{
		"optimal":                 "independent, ot, sinkhorn, sb",
		":":                       "independent, ot",
		"independent:eps=1":       "independent, ot",
		"ot:eps=1":                "ot:group=1024",
		"ot:group=1":              "whole number from 2",
		"ot:group=2.5":            "whole number",
		"ot:group=5000":           "at most 4096",
		"sinkhorn:eps=0":          "above 0",
		"sinkhorn:eps=x":          "sinkhorn:eps=0.5",
		"sb:sigma=NaN":            "above 0",
		"sb:sigma":                "sb:sigma=1",
		strings.Repeat("x", 1000): "xxx",
	} {
		if c, err := ParseCoupling(text); err == nil || !strings.Contains(err.Error(), want) || len(err.Error()) > 200 {
			t.Errorf("ParseCoupling(%.30q) = %v, %v; want an error with %q", text, c, err, want)
		}
	}
}

// What a coupling costs a batch, in the plane.
func BenchmarkCoupling(b *testing.B) {
	for _, c := range Couplings()[1:3] {
		for _, n := range []int{64, 128, 256, 512} {
			b.Run(c.Name()+"/"+number(float64(n)), func(b *testing.B) {
				rng := rand.New(rand.NewPCG(1, 2))
				m := c.Matcher(n, 2)
				x0, x1 := make([]float32, 2*n), make([]float32, 2*n)
				for b.Loop() {
					independent(rng, ring8{5, 1}, x0, x1)
					m.Match(rng, x0, x1)
				}
			})
		}
	}
}
