//go:build goexperiment.simd

package kernel

// columns computes the first n columns, a multiple of two vectors.
func columns(t *tile, n int) { columnsPortable(t, n) }

func weights(dw, dy, x, scratch []float32, out, in, n int) {
	weightsTransposed(dw, dy, x, scratch, out, in, n)
}
