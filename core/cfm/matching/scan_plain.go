//go:build !goexperiment.simd || !(amd64 || wasm)

package matching

// A build without vectors.

// lanes is how many columns a row is a multiple of.
const lanes = 1

func addSquares(row, y []float32, x float32) { addSquaresScalar(row, y, x) }

func leastRow(price []float32, at []int32, row []float32, i int32) {
	leastRowScalar(price, at, row, i)
}

func twoLeast(row, price []float32) (first, second float32, at int) {
	return twoLeastScalar(row, price)
}

func relax(key []float32, from []int32, row, price []float32, offset float32, i int32) (least float32, at int) {
	return relaxScalar(key, from, row, price, offset, i)
}
