//go:build goexperiment.simd

package kernel

// columns computes the first n columns, a multiple of two vectors of the width
// in use, which the machine and GODEBUG=simd decide when the program starts.
func columns(t *tile, n int) {
	switch width() {
	case 16:
		columns16(t, n)
	case 8:
		columns8(t, n)
	default:
		columnsPortable(t, n)
	}
}

func weights(dw, dy, x, scratch []float32, out, in, n int) {
	weightsTransposed(dw, dy, x, scratch, out, in, n)
}
