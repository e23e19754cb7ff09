package matrix

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func TestPointsAndBack(t *testing.T) {
	m := mat.NewDense(3, 2, []float64{1, 2, 3, 4, 5, 6})
	x := Points(m)
	if fmt.Sprint(x) != "[1 3 5 2 4 6]" {
		t.Errorf("points %v, want feature-major", x)
	}
	if !mat.Equal(Dense(x, 2), m) {
		t.Error("the way back leads elsewhere")
	}
	for _, bad := range []func(){func() { Dense(nil, 2) }, func() { Dense(x, 4) }, func() { Dense(x, 0) }, func() { Moments(x[:2], 2) }} {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("nonsense did not panic")
				}
			}()
			bad()
		}()
	}
}

func TestMoments(t *testing.T) {
	mean, cov := Moments([]float32{1, 3, 5, 2, 4, 9}, 2)
	if mean.AtVec(0) != 3 || mean.AtVec(1) != 5 {
		t.Errorf("mean %v", mean.RawVector().Data)
	}
	if cov.At(0, 0) != 4 || cov.At(0, 1) != 7 || cov.At(1, 1) != 13 {
		t.Errorf("covariance %v", mat.Formatted(cov))
	}
}

func TestRows(t *testing.T) {
	r, err := NewRows(mat.NewDense(3, 2, []float64{0, 10, 1, 11, 2, 12}))
	if err != nil {
		t.Fatal(err)
	}
	const n = 30_000
	x := make([]float32, r.Dim()*n)
	r.Sample(rand.New(rand.NewPCG(1, 2)), x)
	var seen [3]int
	for j := range n {
		k := int(x[j])
		if x[n+j] != x[j]+10 {
			t.Fatalf("(%v, %v) is no row", x[j], x[n+j])
		}
		seen[k]++
	}
	for k, c := range seen {
		if math.Abs(float64(c)-n/3) > 5*math.Sqrt(n*2./9) { // five standard deviations
			t.Errorf("row %d came %d times of %d", k, c, n)
		}
	}
	if _, err := NewRows(mat.NewDense(2, 2, []float64{1, 2, math.NaN(), 4})); err == nil {
		t.Error("a NaN is learned")
	}
	if _, err := NewRows(mat.NewDense(1, 1, []float64{1e300})); err == nil {
		t.Error("an infinity in float32 is learned")
	}
	if _, err := NewRows(&mat.Dense{}); err == nil {
		t.Error("nothing is learned")
	}
}

// For commuting covariances the distance is that of the eigenvalues' roots.
func TestGaussianW2(t *testing.T) {
	sin, cos := math.Sincos(0.7)
	turn := mat.NewDense(2, 2, []float64{cos, -sin, sin, cos})
	cov := func(a, b float64) *mat.SymDense {
		var m mat.Dense
		m.Mul(turn, mat.NewDiagDense(2, []float64{a, b}))
		m.Mul(&m, turn.T())
		return mat.NewSymDense(2, []float64{m.At(0, 0), m.At(0, 1), m.At(0, 1), m.At(1, 1)})
	}
	zero, far := mat.NewVecDense(2, nil), mat.NewVecDense(2, []float64{3, 4})
	for _, c := range []struct {
		a, b *mat.SymDense
		m    mat.Vector
		want float64
	}{
		{cov(1, 4), cov(1, 4), zero, 0},
		{cov(1, 4), cov(1, 4), far, 5},
		{cov(1, 4), cov(9, 16), zero, math.Hypot(2, 2)},
		{cov(0, 0), cov(9, 16), zero, 5},
	} {
		got, err := GaussianW2(zero, c.a, c.m, c.b)
		// The square root doubles the digits lost near 0.
		if err != nil || math.Abs(got-c.want) > 1e-7 {
			t.Errorf("%v, %v; want %v", got, err, c.want)
		}
	}
	for _, bad := range []*mat.SymDense{cov(-1, 1), mat.NewSymDense(2, []float64{math.NaN(), 0, 0, 1})} {
		if _, err := GaussianW2(zero, bad, zero, cov(1, 1)); err == nil {
			t.Error("no error for a matrix that is no covariance")
		}
		if _, err := GaussianW2(zero, cov(1, 1), zero, bad); err == nil {
			t.Error("no error for a matrix that is no covariance")
		}
	}
}

func ExampleGaussianW2() {
	zero := mat.NewVecDense(1, nil)
	d, _ := GaussianW2(zero, mat.NewSymDense(1, []float64{1}), zero, mat.NewSymDense(1, []float64{9}))
	fmt.Println(d)
	// Output: 2
}
