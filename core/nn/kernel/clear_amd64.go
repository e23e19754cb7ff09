//go:build goexperiment.simd

package kernel

import "simd/archsimd"

// clearUpper zeroes the upper halves of the vector registers. Left dirty by a
// 256 or 512-bit kernel, they make every later SSE instruction (math.Exp is full
// of them) up to a hundred times slower.
func clearUpper() { archsimd.ClearAVXUpperBits() }
