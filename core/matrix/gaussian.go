package matrix

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"
)

// GaussianW2 is the Wasserstein-2 distance between N(m1, c1) and N(m2, c2):
//
//	W2² = |m1 − m2|² + tr(c1 + c2 − 2 (c1^½ c2 c1^½)^½)
//
// (Dowson and Landau 1982). Of the moments of samples and of a target it is a
// lower bound of the distance between the two (Gelbrich 1990), at a cost that
// does not grow with their number. The error says that a matrix is no
// covariance.
func GaussianW2(m1 mat.Vector, c1 mat.Symmetric, m2 mat.Vector, c2 mat.Symmetric) (float64, error) {
	root, err := sqrt(c1)
	if err != nil {
		return 0, err
	}
	if _, err := sqrt(c2); err != nil {
		return 0, err
	}
	d := c1.SymmetricDim()
	var inner mat.Dense
	inner.Mul(root, c2)
	inner.Mul(&inner, root)
	sym := mat.NewSymDense(d, nil)
	for i := range d {
		for j := i; j < d; j++ {
			sym.SetSym(i, j, (inner.At(i, j)+inner.At(j, i))/2)
		}
	}
	cross, err := sqrt(sym)
	if err != nil {
		return 0, err
	}
	sum := mat.Trace(c1) + mat.Trace(c2) - 2*mat.Trace(cross)
	for i := range d {
		e := m1.AtVec(i) - m2.AtVec(i)
		sum += e * e
	}
	return math.Sqrt(max(sum, 0)), nil
}

// sqrt is the symmetric square root of a positive semidefinite matrix.
func sqrt(c mat.Symmetric) (*mat.SymDense, error) {
	var e mat.EigenSym
	if !e.Factorize(c, true) {
		return nil, errors.New("matrix: the eigenvalues of a covariance did not converge; is it finite?")
	}
	var q mat.Dense
	e.VectorsTo(&q)
	d := c.SymmetricDim()
	values := e.Values(nil)
	largest := max(math.Abs(values[0]), math.Abs(values[d-1]))
	r := mat.NewSymDense(d, nil)
	for k, v := range values {
		if !(v >= -1e-9*largest) { // also where it is no number
			return nil, errors.New("matrix: a covariance has an eigenvalue that is not ≥ 0")
		}
		r.SymRankOne(r, math.Sqrt(max(v, 0)), q.ColView(k))
	}
	return r, nil
}
