package metric

import "math"

// Before they are matched the clouds are moved and stretched onto each other, in
// ways that do not change which matching is best. Good prices are then small and
// smooth, and clouds far apart, or of very different widths, take no longer than
// clouds that are alike.

// centre moves each cloud about its own mean: that adds to c_ij a term of the row
// and a term of the column. It reports whether every coordinate is finite.
func (a *Assignment) centre() bool {
	for k := range a.d {
		from, to := k*a.n, (k+1)*a.n
		mx := centred(a.x[from:to], a.givenX[from:to])
		my := centred(a.loose[from:to], a.givenY[from:to])
		if gap := mx - my; math.IsNaN(gap) || math.IsInf(gap, 0) {
			return false
		}
	}
	return true
}

// centred sets dst = src − mean and returns the mean, which is not finite if and
// only if one of src is not: a float64 sum of float32 numbers does not overflow.
func centred(dst []float64, src []float32) float64 {
	sum := 0.0
	for _, v := range src {
		sum += float64(v)
	}
	mean := sum / float64(len(src))
	for i, v := range src {
		dst[i] = float64(v) - mean
	}
	return mean
}

// scale stretches each axis of one cloud and shrinks the same axis of the other
// until they are equally wide. Of the total cost only −2 Σ x·y depends on the
// matching, and to that sum an axis contributes products of one coordinate of
// each cloud, which stay what they were. An axis along which a cloud has no width
// contributes nothing and is flattened in both.
func (a *Assignment) scale() {
	a.radius = 0
	for k := range a.d {
		x, y := a.x[k*a.n:][:a.n], a.loose[k*a.n:][:a.n]
		wx, wy := width(x), width(y)
		if wx == 0 || wy == 0 {
			clear(x)
			clear(y)
			continue
		}
		common := math.Sqrt(wx) * math.Sqrt(wy)
		stretch(x, common/wx)
		stretch(y, common/wy)
		a.radius += common * common
	}
}

// width is the root mean square of centred coordinates.
func width(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v * v
	}
	return math.Sqrt(sum / float64(len(x)))
}

func stretch(x []float64, by float64) {
	for i := range x {
		x[i] *= by
	}
}
