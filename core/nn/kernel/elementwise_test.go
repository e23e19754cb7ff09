package kernel

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// lengths that leave every possible remainder at every register width.
var lengths = []int{0, 1, 3, 4, 7, 8, 15, 16, 17, 31, 33, 100, 1001}

// spread returns n numbers of all sizes up to limit, both signs, and some exact
// ones.
func spread(rng *rand.Rand, n int, limit float64) []float32 {
	x := make([]float32, n)
	exact := []float32{0, 1, -1, float32(limit), -float32(limit), 1e-30, -1e-30}
	for j := range x {
		if j%5 == 4 {
			x[j] = exact[rng.IntN(len(exact))]
			continue
		}
		x[j] = float32(limit * math.Pow(rng.Float64(), 3) * float64(1-2*rng.IntN(2)))
	}
	return x
}

func close64(t *testing.T, what string, j int, x, got float32, want, tol float64) {
	t.Helper()
	if e := math.Abs(float64(got) - want); !(e <= tol) {
		t.Fatalf("%s(%g), element %d: %g, want %g ± %.1g", what, x, j, got, want, tol)
	}
}

func TestSiLU(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, n := range lengths {
		for _, limit := range []float64{3, 30, 1000} {
			x := spread(rng, n, limit)
			z, intactZ := fenced(t, n)
			d, intactD := fenced(t, n)
			only, intactO := fenced(t, n)
			fast, intactF := fenced(t, n)
			sz, sd := slices.Clone(x), make([]float32, n)
			so, sf := slices.Clone(x), slices.Clone(x)
			copy(z, x)
			copy(only, x)
			copy(fast, x)
			SiLU(z, d)
			SiLUOnly(only)
			SiLUFast(fast)
			siluScalar(sz, sd)
			siluOnlyScalar(so)
			siluFastScalar(sf)
			intactZ()
			intactD()
			intactO()
			intactF()
			for j, v := range x {
				s := 1 / (1 + math.Exp(-float64(v)))
				a, slope := float64(v)*s, s*(1+float64(v)*(1-s))
				// exp is good to 1e-7, and the product rounds once more.
				tol := 4e-7 * max(1, math.Abs(float64(v)))
				close64(t, "SiLU", j, v, z[j], a, tol)
				close64(t, "SiLU'", j, v, d[j], slope, 1e-6)
				close64(t, "SiLUOnly", j, v, only[j], a, tol)
				close64(t, "scalar SiLU", j, v, sz[j], a, tol)
				close64(t, "scalar SiLU'", j, v, sd[j], slope, 1e-6)
				close64(t, "scalar SiLUOnly", j, v, so[j], a, tol)
				tol = SiLUFastError + 2e-7*math.Abs(float64(v))
				close64(t, "SiLUFast", j, v, fast[j], a, tol)
				close64(t, "scalar SiLUFast", j, v, sf[j], a, tol)
			}
		}
	}
}

// The stated error of the fast one is that of every z, not of a sample: a fine
// grid where it is largest. It must also be near the statement, or the statement
// should be improved.
func TestSiLUFastError(t *testing.T) {
	const n = 1 << 16
	z := make([]float32, n)
	for j := range z {
		z[j] = float32(j)*(16./n) - 8
	}
	x := slices.Clone(z)
	SiLUFast(z)
	worst := 0.
	for j, v := range x {
		worst = max(worst, math.Abs(float64(z[j])-float64(v)/(1+math.Exp(-float64(v)))))
	}
	if worst > SiLUFastError || worst < SiLUFastError/2 {
		t.Errorf("largest error %.3g, stated %g", worst, SiLUFastError)
	}
}

func TestTanh(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 8))
	for _, n := range lengths {
		for _, limit := range []float64{.1, 3, 100} {
			x := spread(rng, n, limit)
			z, intactZ := fenced(t, n)
			d, intactD := fenced(t, n)
			only, intactO := fenced(t, n)
			sz, sd, so := slices.Clone(x), make([]float32, n), slices.Clone(x)
			copy(z, x)
			copy(only, x)
			Tanh(z, d)
			TanhOnly(only)
			tanhScalar(sz, sd)
			tanhOnlyScalar(so)
			intactZ()
			intactD()
			intactO()
			for j, v := range x {
				a := math.Tanh(float64(v))
				const tol, slope = 3e-7, 6e-7 // exp, twice; the derivative doubles it
				close64(t, "tanh", j, v, z[j], a, tol)
				close64(t, "tanh'", j, v, d[j], 1-a*a, slope)
				close64(t, "TanhOnly", j, v, only[j], a, tol)
				close64(t, "scalar tanh", j, v, sz[j], a, tol)
				close64(t, "scalar tanh'", j, v, sd[j], 1-a*a, slope)
				close64(t, "scalar TanhOnly", j, v, so[j], a, tol)
			}
		}
	}
}

// Something not a number must stay visible: a training run looks for it.
func TestActivationsKeepNaN(t *testing.T) {
	for name, f := range map[string]func(z, d []float32){
		"SiLU":            SiLU,
		"SiLUOnly":        func(z, d []float32) { SiLUOnly(z); copy(d, z) },
		"SiLUFast":        func(z, d []float32) { SiLUFast(z); copy(d, z) },
		"Tanh":            Tanh,
		"TanhOnly":        func(z, d []float32) { TanhOnly(z); copy(d, z) },
		"scalar SiLU":     siluScalar,
		"scalar SiLUOnly": func(z, d []float32) { siluOnlyScalar(z); copy(d, z) },
		"scalar SiLUFast": func(z, d []float32) { siluFastScalar(z); copy(d, z) },
		"scalar Tanh":     tanhScalar,
		"scalar TanhOnly": func(z, d []float32) { tanhOnlyScalar(z); copy(d, z) },
	} {
		nan := float32(math.NaN())
		z, d := slices.Repeat([]float32{nan}, 33), make([]float32, 33)
		f(z, d)
		for j := range z {
			if z[j] == z[j] || d[j] == d[j] {
				t.Fatalf("%s, element %d: a NaN became %g with derivative %g", name, j, z[j], d[j])
			}
		}
	}
}

func TestSinCos(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, n := range lengths {
		for _, row := range []struct{ limit, tol float64 }{
			{1.6, 2e-7},  // no reduction
			{100, 3e-7},  // reduction exact but for the last part of π
			{8192, 2e-6}, // the last part of π, times 2600
		} {
			x := spread(rng, n, row.limit)
			s, intactS := fenced(t, n)
			c, intactC := fenced(t, n)
			ss, sc := make([]float32, n), make([]float32, n)
			SinCos(s, c, x)
			sinCosScalar(ss, sc, x)
			intactS()
			intactC()
			for j, v := range x {
				ws, wc := math.Sincos(float64(v))
				close64(t, "sin", j, v, s[j], ws, row.tol)
				close64(t, "cos", j, v, c[j], wc, row.tol)
				close64(t, "scalar sin", j, v, ss[j], ws, row.tol)
				close64(t, "scalar cos", j, v, sc[j], wc, row.tol)
			}
		}
	}
	// Beyond the limit the value is that of the limit, and still on the circle.
	x := slices.Repeat([]float32{1e30, float32(math.Inf(-1))}, 17)
	s, c := make([]float32, 34), make([]float32, 34)
	SinCos(s, c, x)
	for j := range x {
		close64(t, "|sin, cos|", j, x[j], s[j]*s[j]+c[j]*c[j], 1, 1e-6)
	}
}

func TestAddAngles(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 3))
	for _, n := range lengths {
		a, b := random(rng, n), random(rng, n)
		sa, ca, sb, cb := make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)
		SinCos(sa, ca, a)
		SinCos(sb, cb, b)
		s, intactS := fenced(t, n)
		c, intactC := fenced(t, n)
		ss, sc := make([]float32, n), make([]float32, n)
		AddAngles(s, c, sa, ca, sb, cb)
		addAnglesScalar(ss, sc, sa, ca, sb, cb)
		intactS()
		intactC()
		for j := range a {
			ws, wc := math.Sincos(float64(a[j]) + float64(b[j]))
			const tol = 6e-7 // twice the error of each factor
			close64(t, "sin of a sum", j, a[j], s[j], ws, tol)
			close64(t, "cos of a sum", j, a[j], c[j], wc, tol)
			close64(t, "scalar sin of a sum", j, a[j], ss[j], ws, tol)
			close64(t, "scalar cos of a sum", j, a[j], sc[j], wc, tol)
		}
	}
}

func TestMul(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 4))
	for _, n := range lengths {
		x, a := random(rng, n), random(rng, n)
		y, intact := fenced(t, n)
		copy(y, a)
		Mul(y, x)
		intact()
		scalar := slices.Clone(a)
		mulScalar(scalar, x)
		for j := range x {
			if want := a[j] * x[j]; y[j] != want || scalar[j] != want { // one product, rounded once
				t.Fatalf("n = %d, element %d: %g and scalar %g, want %g", n, j, y[j], scalar[j], want)
			}
		}
	}
}

func TestLerp(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 5))
	for _, n := range lengths {
		x, a := random(rng, n), random(rng, n)
		y, intact := fenced(t, n)
		copy(y, a)
		Lerp(y, x, .25)
		intact()
		scalar := slices.Clone(a)
		lerpScalar(scalar, x, .25)
		for j := range x {
			want := float64(a[j]) + .25*(float64(x[j])-float64(a[j]))
			close64(t, "Lerp", j, x[j], y[j], want, 1e-6) // three roundings of numbers below 5
			close64(t, "scalar Lerp", j, x[j], scalar[j], want, 1e-6)
		}
	}
}

func TestAdamWAgainstFloat64(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 6))
	a := Adam{Beta1: .9, Beta2: .99, Rate: .01, Second: 1.5, Epsilon: 1e-8, Decay: 1e-3}
	for _, n := range lengths {
		w0, m0, v0, g := random(rng, n), random(rng, n), random(rng, n), random(rng, n)
		for j := range v0 {
			v0[j] *= v0[j]
		}
		w, intactW := fenced(t, n)
		m, intactM := fenced(t, n)
		v, intactV := fenced(t, n)
		copy(w, w0)
		copy(m, m0)
		copy(v, v0)
		AdamW(w, m, v, g, a)
		intactW()
		intactM()
		intactV()
		sw, sm, sv := slices.Clone(w0), slices.Clone(m0), slices.Clone(v0)
		adamWScalar(sw, sm, sv, g, a)
		for j := range g {
			gj := float64(g[j])
			wm := .9*float64(m0[j]) + .1*gj
			wv := .99*float64(v0[j]) + .01*gj*gj
			ww := float64(w0[j])*(1-1e-3) - .01*wm/(math.Sqrt(1.5*wv)+1e-8)
			// β1 = 0.9 in float32 is off by 3e-8, and there are a few roundings.
			for _, c := range []struct {
				name      string
				got, twin float32
				want, tol float64
			}{{"m", m[j], sm[j], wm, 1e-6}, {"v", v[j], sv[j], wv, 4e-6}, {"w", w[j], sw[j], ww, 1e-6}} {
				close64(t, c.name, j, g[j], c.got, c.want, c.tol)
				close64(t, "scalar "+c.name, j, g[j], c.twin, c.want, c.tol)
			}
		}
	}
}

func TestFinite(t *testing.T) {
	inf := float32(math.Inf(1))
	for _, n := range lengths {
		x := slices.Repeat([]float32{math.MaxFloat32, -1, 0}, n)[:n]
		if !Finite(x) || !finiteScalar(x) {
			t.Errorf("n = %d: finite numbers called infinite", n)
		}
		for j := range x {
			for _, bad := range []float32{inf, -inf, float32(math.NaN())} {
				old := x[j]
				x[j] = bad
				if Finite(x) || finiteScalar(x) {
					t.Errorf("n = %d: %g at %d passed as finite", n, bad, j)
				}
				x[j] = old
			}
		}
	}
}

func TestRowSumsOverManyRows(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 7))
	for _, s := range []struct{ rows, n int }{{1, 1}, {3, 17}, {64, 32}, {130, 33}} {
		x := random(rng, s.rows*s.n)
		got, intact := fenced(t, s.rows)
		twin := make([]float32, s.rows)
		rowSums(got, x, s.rows, s.n)
		rowSumsScalar(twin, x, s.rows, s.n)
		intact()
		for r := range s.rows {
			var want float64
			for _, v := range x[r*s.n : (r+1)*s.n] {
				want += float64(v)
			}
			close64(t, "row sum", r, 0, got[r], want, 2e-5) // 33 terms of size 3
			close64(t, "scalar row sum", r, 0, twin[r], want, 2e-5)
		}
	}
}
