package matrix

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// Points copies a matrix whose n rows are points of d coordinates into a
// buffer [d × n], rounded to float32.
func Points(m mat.Matrix) []float32 {
	n, d := m.Dims()
	x := make([]float32, d*n)
	for i := range d {
		for j := range n {
			x[i*n+j] = float32(m.At(j, i))
		}
	}
	return x
}

// Dense copies x, [d × n], into a matrix whose rows are the points. It panics
// if x is empty or not [d × n].
func Dense(x []float32, d int) *mat.Dense {
	if d < 1 || len(x) == 0 || len(x)%d != 0 {
		panic("matrix: x is not [d × n]")
	}
	n := len(x) / d
	m := mat.NewDense(n, d, nil)
	for i := range d {
		for j := range n {
			m.Set(j, i, float64(x[i*n+j]))
		}
	}
	return m
}

// Moments returns the mean, [d], and the unbiased covariance, [d × d], of the
// points x, [d × n] with n ≥ 2.
func Moments(x []float32, d int) (mean *mat.VecDense, cov *mat.SymDense) {
	m := Dense(x, d)
	n, _ := m.Dims()
	mean = mat.NewVecDense(d, nil)
	for i := range d {
		mean.SetVec(i, stat.Mean(mat.Col(nil, i, m), nil))
	}
	if n < 2 {
		panic("matrix: a covariance needs two points")
	}
	cov = mat.NewSymDense(d, nil)
	stat.CovarianceMatrix(cov, m, nil)
	return mean, cov
}

// Rows is the empirical distribution of a matrix's rows: a target for
// cfm.New. Every row is as likely as any other.
type Rows struct {
	d int
	x []float32 // [d × n]
}

// NewRows copies the rows of a matrix. The error names the first number that
// is not finite in float32.
func NewRows(m mat.Matrix) (*Rows, error) {
	n, d := m.Dims()
	if n == 0 || d == 0 {
		return nil, errors.New("matrix: no points to learn, want at least one row and one column")
	}
	r := &Rows{d: d, x: Points(m)}
	for k, v := range r.x {
		if f := float64(v); math.IsNaN(f) || math.IsInf(f, 0) {
			return nil, fmt.Errorf("matrix: row %d, column %d is %v, want a finite number", k%n, k/n, m.At(k%n, k/n))
		}
	}
	return r, nil
}

// Dim is the number of columns.
func (r *Rows) Dim() int { return r.d }

// Sample fills x, [d × n], with rows drawn with replacement.
func (r *Rows) Sample(rng *rand.Rand, x []float32) {
	if len(x)%r.d != 0 {
		panic("matrix: x is not [d × n]")
	}
	n, have := len(x)/r.d, len(r.x)/r.d
	for j := range n {
		k := rng.IntN(have)
		for i := range r.d {
			x[i*n+j] = r.x[i*have+k]
		}
	}
}
