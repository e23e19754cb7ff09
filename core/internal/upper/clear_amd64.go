//go:build goexperiment.simd

package upper

import "simd/archsimd"

// Clear zeroes the upper halves, on machines that have them.
func Clear() {
	if archsimd.X86.AVX() {
		archsimd.ClearAVXUpperBits()
	}
}
