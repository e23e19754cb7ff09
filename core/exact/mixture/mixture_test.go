package mixture

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/mat"

	"inkflow/core/exact"
	"inkflow/core/internal/race"
	"inkflow/core/path"
)

var _ exact.Smooth = (*Mixture)(nil)

func seeded(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 3)) }

// slanted are two components in d dimensions, tilted and of unlike size.
func slanted(t *testing.T, d int) (*Mixture, []Component) {
	t.Helper()
	rng := seeded(uint64(d))
	var parts []Component
	for k := range 2 {
		mean, root := make([]float64, d), mat.NewDense(d, d, nil)
		for i := range d {
			mean[i] = 2 * rng.NormFloat64()
			for j := range d {
				root.Set(i, j, 0.5*rng.NormFloat64())
			}
		}
		cov := mat.NewSymDense(d, nil)
		cov.SymOuterK(1, root)
		for i := range d {
			cov.SetSym(i, i, cov.At(i, i)+0.05)
		}
		parts = append(parts, Component{float64(k + 1), mean, cov})
	}
	m, err := New(parts)
	if err != nil {
		t.Fatal(err)
	}
	return m, parts
}

// log p by determinant and LU solution, where the code has Cholesky factors.
func TestLogDensity(t *testing.T) {
	for _, d := range []int{1, 2, 5} {
		m, parts := slanted(t, d)
		rng := seeded(1)
		x, mean := make([]float64, d), make([]float64, d)
		for _, s := range []struct{ alpha, sigma float64 }{{0, 1}, {0.3, 0.7}, {0.99, 0.01}, {1, 0}, {1, 10}} {
			for i := range x {
				x[i] = rng.NormFloat64()
			}
			want := 0.0
			for k, p := range parts {
				cov := mat.NewSymDense(d, nil)
				cov.ScaleSym(s.alpha*s.alpha, p.Covariance)
				for i := range d {
					cov.SetSym(i, i, cov.At(i, i)+s.sigma*s.sigma)
					mean[i] = s.alpha * p.Mean[i]
				}
				var solved mat.VecDense
				deviation := mat.NewVecDense(d, nil)
				for i := range d {
					deviation.SetVec(i, x[i]-mean[i])
				}
				if err := solved.SolveVec(mat.DenseCopyOf(cov), deviation); err != nil {
					t.Fatal(err)
				}
				r := mat.Dot(deviation, &solved)
				want += float64(k+1) / 3 * math.Exp(-r/2) / math.Sqrt(math.Pow(2*math.Pi, float64(d))*mat.Det(cov))
			}
			if l, _ := m.Posterior(nil, x, s.alpha, s.sigma); math.Abs(l-math.Log(want)) > 1e-9*(1+math.Abs(l)) {
				t.Errorf("d = %d at α, σ = %v: log p %v, want %v", d, s, l, math.Log(want))
			}
		}
	}
}

// Round components are the modes of package exact.
func TestRoundIsModes(t *testing.T) {
	round := mat.NewSymDense(2, []float64{0.25, 0, 0, 0.25})
	m, err := New([]Component{{1, []float64{1, 2}, round}, {3, []float64{-1, 0}, round}})
	if err != nil {
		t.Fatal(err)
	}
	modes, err := exact.NewModes([]exact.Mode{{Weight: 1, Mean: []float64{1, 2}, Std: 0.5}, {Weight: 3, Mean: []float64{-1, 0}, Std: 0.5}})
	if err != nil {
		t.Fatal(err)
	}
	a, b := make([]float64, 2), make([]float64, 2)
	for _, at := range []float64{0, 0.2, 0.5, 0.9, 1} {
		x := []float64{0.3, 1.1}
		f, g := exact.Field{Target: m, Path: path.Cosine{}}, exact.Field{Target: modes, Path: path.Cosine{}}
		f.Velocity(a, x, at)
		g.Velocity(b, x, at)
		if math.Abs(a[0]-b[0])+math.Abs(a[1]-b[1]) > 1e-12 {
			t.Errorf("t = %v: velocity %v, of modes %v", at, a, b)
		}
		f.Score(a, x, at)
		g.Score(b, x, at)
		if math.Abs(a[0]-b[0])+math.Abs(a[1]-b[1]) > 1e-11 {
			t.Errorf("t = %v: score %v, of modes %v", at, a, b)
		}
		if p, q := f.Divergence(x, at), g.Divergence(x, at); math.Abs(p-q) > 1e-10 {
			t.Errorf("t = %v: divergence %v, of modes %v", at, p, q)
		}
	}
}

// Posterior mean and spread by weighted samples, within 5 standard errors;
// score and divergence by differences.
func TestPosterior(t *testing.T) {
	const n = 50_000
	for _, d := range []int{1, 2, 5} {
		m, _ := slanted(t, d)
		rng := seeded(7)
		const alpha, sigma = 0.5, 0.6
		x, p, mean, want := make([]float64, d), make([]float64, d), make([]float64, d), make([]float64, d)
		m.Point(rng, x)
		for i := range x {
			x[i] = alpha*x[i] + 0.3*sigma*rng.NormFloat64()
		}
		_, spread := m.Posterior(mean, x, alpha, sigma)
		total, squares, square := 0.0, 0.0, 0.0
		for range n {
			m.Point(rng, p)
			r := 0.0
			for i, v := range p {
				r += (x[i] - alpha*v) * (x[i] - alpha*v)
			}
			w := math.Exp(-r / (2 * sigma * sigma))
			total += w
			squares += w * w
			for i, v := range p {
				want[i] += w * v
				square += w * (v - mean[i]) * (v - mean[i])
			}
		}
		relative := math.Sqrt(squares) / total
		for i := range want {
			if math.Abs(want[i]/total-mean[i]) > 5*relative*math.Sqrt(spread) {
				t.Errorf("d = %d: mean %v, by samples %v", d, mean, want[i]/total)
			}
		}
		if math.Abs(square/total-spread) > 8*relative*spread {
			t.Errorf("d = %d: spread %v, by samples %v", d, spread, square/total)
		}

		f := exact.Field{Target: m, Path: path.CondOT{}}
		score, u, div := make([]float64, d), make([]float64, d), 0.0
		f.Score(score, x, 0.4)
		for i := range x {
			keep := x[i]
			set := &fd.Settings{Formula: fd.Central, Step: 1e-4}
			slope := fd.Derivative(func(v float64) float64 { x[i] = v; return f.LogDensity(x, 0.4) }, keep, set)
			div += fd.Derivative(func(v float64) float64 { x[i] = v; f.Velocity(u, x, 0.4); return u[i] }, keep, set)
			x[i] = keep
			if math.Abs(slope-score[i]) > 1e-6*(1+math.Abs(slope)) {
				t.Errorf("d = %d: score %v, differences say %v", d, score[i], slope)
			}
		}
		if got := f.Divergence(x, 0.4); math.Abs(got-div) > 1e-6*(1+math.Abs(div)) {
			t.Errorf("d = %d: divergence %v, differences say %v", d, got, div)
		}
	}
}

func TestManyGoroutines(t *testing.T) {
	m, _ := slanted(t, 2)
	f := exact.Field{Target: m, Path: path.CondOT{}}
	want := make([]float64, 10)
	u := make([]float64, 2)
	for k := range want {
		f.Velocity(u, []float64{0.1, 0.2}, float64(k)/10)
		want[k] = u[0]
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			u := make([]float64, 2)
			for k := range 200 {
				f.Velocity(u, []float64{0.1, 0.2}, float64(k%10)/10)
				if u[0] != want[k%10] {
					t.Errorf("t = %v: %v, alone %v", float64(k%10)/10, u[0], want[k%10])
				}
			}
		})
	}
	group.Wait()
	x := []float64{0.3, 0.4}
	if n := testing.AllocsPerRun(100, func() { f.Velocity(u, x, 0.5); f.Score(u, x, 0.5) }); n != 0 && !race.Enabled {
		t.Errorf("%v allocations a point at one time", n)
	}
}

func TestSampleAndRefusals(t *testing.T) {
	m, parts := slanted(t, 2)
	x := make([]float32, 2*50_000)
	m.Sample(seeded(2), x)
	for i := range 2 {
		sum, want := 0.0, 0.0
		for _, v := range x[i*50_000 : (i+1)*50_000] {
			sum += float64(v) / 50_000
		}
		for k, p := range parts {
			want += float64(k+1) / 3 * p.Mean[i]
		}
		if math.Abs(sum-want) > 0.06 { // five standard errors of a spread of 2.7
			t.Errorf("mean of samples %v, want %v", sum, want)
		}
	}
	one := mat.NewSymDense(1, []float64{1})
	flat := mat.NewSymDense(2, []float64{1, 1, 1, 1})
	for word, parts := range map[string][]Component{
		"no components":         nil,
		"dimension":             {{1, []float64{0, 0}, one}},
		"d ≥ 1":                 {{1, nil, one}},
		"weighs":                {{0, []float64{0}, one}},
		"place":                 {{1, []float64{math.NaN()}, one}},
		"not positive definite": {{1, []float64{0, 0}, flat}},
	} {
		if _, err := New(parts); err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("%v; want %q", err, word)
		}
	}
	for name, f := range map[string]func(){
		"half a point":    func() { m.Sample(seeded(1), x[:3]) },
		"short point":     func() { m.Posterior(nil, make([]float64, 1), 1, 1) },
		"nothing at all":  func() { m.Posterior(nil, make([]float64, 2), 0, 0) },
		"short gradients": func() { m.Score(make([]float64, 1), make([]float64, 2), 1, 1) },
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
}

// A tilted Gaussian, as a target for everything that takes one.
func Example() {
	m, err := New([]Component{{
		Weight: 1, Mean: []float64{1, 0},
		Covariance: mat.NewSymDense(2, []float64{1, 0.8, 0.8, 1}),
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	f := exact.Field{Target: m, Path: path.CondOT{}}
	u := make([]float64, 2)
	f.Velocity(u, []float64{0.5, 0.5}, 0.5)
	fmt.Printf("%.4f\n", u)
	// Output: [1.4762 -0.1905]
}
