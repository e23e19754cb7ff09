//go:build goexperiment.simd

package matching

import "simd/archsimd"

func hasVectors() bool { return archsimd.X86.AVX() }
