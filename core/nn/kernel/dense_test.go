package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// Sizes of a layer: even and odd, below, at and above every register width and
// every tile, and an inner length that needs more than one packed panel.
var sizes = []struct{ out, in, n int }{
	{1, 1, 1}, {2, 3, 5}, {4, 4, 32}, {3, 64, 32}, {5, 7, 31}, {4, 1, 33},
	{64, 23, 128}, {64, 64, 128}, {2, 64, 128}, {63, 65, 127}, {9, 130, 17},
	{8, 200, 15}, {6, 6, 8}, {1, 9, 64}, {7, 2, 48}, {4, 3, 0}, {3, 0, 20}, {0, 3, 20},
}

// fence is written around every result; a kernel that touches it is out of
// bounds.
const fence = 12345

// fenced returns a zeroed slice of n with fences on both sides, and a check.
func fenced(t *testing.T, n int) (x []float32, intact func()) {
	t.Helper()
	all := make([]float32, n+2*widestTest)
	for i := range all {
		all[i] = fence
	}
	x = all[widestTest : widestTest+n : widestTest+n]
	clear(x)
	return x, func() {
		t.Helper()
		for i, v := range all {
			if (i < widestTest || i >= widestTest+n) && v != fence {
				t.Fatalf("element %d of a result of %d overwritten", i-widestTest, n)
			}
		}
	}
}

const widestTest = 32

// agree compares c [m × n] = start + A B with gonum in float64. The tolerance is
// the classical bound for a sum of k products in any order (Higham 2002,
// equation 3.5): (k + 2) u Σ|a||b|, u = 2⁻²⁴.
func agree(t *testing.T, what string, c []float32, start, a, b *mat.Dense) {
	t.Helper()
	m, k := a.Dims()
	_, n := b.Dims()
	var want, bound mat.Dense
	want.Mul(a, b)
	want.Add(&want, start)
	abs := func(_, _ int, v float64) float64 { return math.Abs(v) }
	var aa, ab, as mat.Dense
	aa.Apply(abs, a)
	ab.Apply(abs, b)
	as.Apply(abs, start)
	bound.Mul(&aa, &ab)
	bound.Add(&bound, &as)
	for i := range m {
		for j := range n {
			tol := float64(k+2) * 0x1p-24 * bound.At(i, j)
			if e := math.Abs(float64(c[i*n+j]) - want.At(i, j)); !(e <= tol) {
				t.Fatalf("%s [%d × %d, inner %d]: element (%d, %d) is %g, want %g ± %.1g", what, m, n, k, i, j, c[i*n+j], want.At(i, j), tol)
			}
		}
	}
}

func TestDenseAgainstGonum(t *testing.T) {
	for _, s := range sizes {
		if s.out*s.in*s.n == 0 { // gonum has no empty matrices; TestEmpty covers them
			continue
		}
		t.Run(fmt.Sprint(s), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(uint64(s.out), uint64(s.in*1000+s.n)))
			w, bias, x := random(rng, s.out*s.in), random(rng, s.out), random(rng, s.in*s.n)
			dy := random(rng, s.out*s.n)
			inputs := [][]float32{w, bias, x, dy}
			var before [][]float32
			for _, in := range inputs {
				before = append(before, slices.Clone(in))
			}
			mw, mx, mdy := dense64(w, s.out, s.in), dense64(x, s.in, s.n), dense64(dy, s.out, s.n)
			ones := mat.NewDense(1, s.n, slices.Repeat([]float64{1}, s.n))
			var start mat.Dense
			start.Mul(dense64(bias, s.out, 1), ones)

			y, intact := fenced(t, s.out*s.n)
			Dense(y, w, bias, x, s.out, s.in, s.n)
			intact()
			agree(t, "Dense", y, &start, mw, mx)

			dx, intact := fenced(t, s.in*s.n)
			DenseInput(dx, w, dy, s.out, s.in, s.n)
			intact()
			agree(t, "DenseInput", dx, mat.NewDense(s.in, s.n, nil), mat.DenseCopyOf(mw.T()), mdy)

			dw, intactW := fenced(t, s.out*s.in)
			db, intactB := fenced(t, s.out)
			copy(dw, w) // gradients add to what is there
			copy(db, bias)
			scratch, intactS := fenced(t, s.in*s.n)
			DenseWeights(dw, db, dy, x, scratch, s.out, s.in, s.n)
			intactW()
			intactB()
			intactS()
			agree(t, "DenseWeights, dW", dw, mw, mdy, mat.DenseCopyOf(mx.T()))
			agree(t, "DenseWeights, db", db, dense64(bias, s.out, 1), mdy, mat.DenseCopyOf(ones.T()))

			for i, in := range inputs {
				if !slices.Equal(in, before[i]) {
					t.Errorf("input %d was changed", i)
				}
			}
		})
	}
}

func TestDenseStrided(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	const out, in, stride, n = 7, 5, 9, 37
	w, bias, x := random(rng, out*stride), random(rng, out), random(rng, in*n)
	var narrow []float32
	for o := range out {
		narrow = append(narrow, w[o*stride:o*stride+in]...)
	}
	want, got := make([]float32, out*n), make([]float32, out*n)
	Dense(want, narrow, bias, x, out, in, n)
	DenseStrided(got, w, stride, bias, x, out, in, n)
	if !slices.Equal(got, want) {
		t.Error("the first columns of a wide matrix differ from a narrow matrix")
	}
}

// The dispatched product against its scalar twin, in all three starting modes.
func TestProductAgainstScalar(t *testing.T) {
	for _, s := range sizes {
		rng := rand.New(rand.NewPCG(uint64(s.in), uint64(s.out*1000+s.n)))
		a, b, bias := random(rng, s.out*s.in), random(rng, s.in*s.n), random(rng, s.out)
		for _, mode := range []struct {
			name string
			bias []float32
			step int
		}{{"bias", bias, 1}, {"zero", zero[:], 0}, {"add", nil, 0}} {
			want := random(rng, s.out*s.n)
			got := slices.Clone(want)
			productScalar(want, matrix{a, s.in, 1}, b, mode.bias, mode.step, s.out, s.in, s.n)
			product(got, matrix{a, s.in, 1}, b, mode.bias, mode.step, s.out, s.in, s.n)
			for i := range want {
				// Two sums of in+1 terms of size about 1, each with the same bound.
				tol := 2 * float64(s.in+2) * 0x1p-24 * 10 * math.Sqrt(float64(s.in+1))
				if e := math.Abs(float64(got[i] - want[i])); !(e <= tol) {
					t.Fatalf("%v %s: element %d is %g, scalar %g", s, mode.name, i, got[i], want[i])
				}
			}
		}
	}
}

func TestEmpty(t *testing.T) {
	y := []float32{9, 9, 9, 9, 9, 9}
	Dense(y, nil, []float32{1, 2}, nil, 2, 0, 3)
	if !slices.Equal(y, []float32{1, 1, 1, 2, 2, 2}) {
		t.Errorf("a layer without inputs gives %v, want its bias", y)
	}
	Dense(nil, []float32{1, 2}, []float32{1}, nil, 1, 2, 0)
	DenseInput(nil, []float32{1, 2}, nil, 1, 2, 0)
	dw, db := []float32{3, 4}, []float32{5}
	DenseWeights(dw, db, nil, nil, nil, 1, 2, 0)
	if !slices.Equal(dw, []float32{3, 4}) || db[0] != 5 {
		t.Errorf("a batch without columns gave gradients %v %v", dw, db)
	}
}

func TestSizePanics(t *testing.T) {
	x := make([]float32, 6)
	for name, f := range map[string]func(){
		"Dense":        func() { Dense(x, x, x[:2], x, 2, 3, 2) },
		"DenseBias":    func() { Dense(x[:4], x, x[:3], x, 2, 3, 2) },
		"DenseStrided": func() { DenseStrided(x[:4], x, 2, x[:2], x, 2, 3, 2) },
		"DenseInput":   func() { DenseInput(x, x, x, 2, 3, 2) },
		"DenseWeights": func() { DenseWeights(x, x[:2], x[:4], x, x[:5], 2, 3, 2) },
		"SiLU":         func() { SiLU(x, x[:5]) },
		"Tanh":         func() { Tanh(x, x[:5]) },
		"Mul":          func() { Mul(x, x[:5]) },
		"SinCos":       func() { SinCos(x, x, x[:5]) },
		"AddAngles":    func() { AddAngles(x, x, x, x, x, x[:5]) },
		"AdamW":        func() { AdamW(x, x, x, x[:5], Adam{}) },
		"Lerp":         func() { Lerp(x, x[:5], 1) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("wrong sizes were accepted")
				}
			}()
			f()
		})
	}
}

func TestRound(t *testing.T) {
	for n, want := range map[int]int{0: 0, 1: 32, 32: 32, 33: 64, 128: 128} {
		if got := Round(n); got != want {
			t.Errorf("Round(%d) = %d, want %d", n, got, want)
		}
	}
}
