//go:build goexperiment.simd

package kernel

import "unsafe"

// SiLU on wasm: assembly (silu_wasm.s). The constants come as a table of vectors,
// since a vector constant is put together from integers wherever it stands, and
// the loop would do so again at every turn.

// siluTable: each number in four lanes.
var siluTable = table(expLimit, -expLimit, -log2e, round, 1, exp5, exp4, exp3, exp2, exp1, exp0)

// coarseTable is siluTable with the coarse polynomial.
var coarseTable = table(expLimit, -expLimit, -log2e, round, 1, coarse3, coarse2, coarse1, coarse0)

func table(x ...float32) (t [11][lanes]float32) {
	for i, v := range x {
		t[i] = [lanes]float32{v, v, v, v}
	}
	return t
}

// The three loops take n ≥ 1 numbers, a multiple of 4.

//go:noescape
func siluLoop(z, d unsafe.Pointer, n uintptr, constants *[11][lanes]float32)

//go:noescape
func siluOnlyLoop(z unsafe.Pointer, n uintptr, constants *[11][lanes]float32)

//go:noescape
func siluFastLoop(z unsafe.Pointer, n uintptr, constants *[11][lanes]float32)

func siluSimd(z, d []float32) int {
	n := len(z) / lanes * lanes
	if n > 0 {
		siluLoop(at(z), at(d), uintptr(n), &siluTable)
	}
	return n
}

func siluOnlySimd(z []float32) int {
	n := len(z) / lanes * lanes
	if n > 0 {
		siluOnlyLoop(at(z), uintptr(n), &siluTable)
	}
	return n
}

func siluFastSimd(z []float32) int {
	n := len(z) / lanes * lanes
	if n > 0 {
		siluFastLoop(at(z), uintptr(n), &coarseTable)
	}
	return n
}
