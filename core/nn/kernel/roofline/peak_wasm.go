//go:build goexperiment.simd

package roofline

import "unsafe"

// flopsPerTurn: four times 8 multiplications and 10 additions, of four lanes.
const flopsPerTurn = 4 * (8 + 10) * 4

// mulAdd runs the loop n ≥ 1 times, starting from the six vectors at x.
//
//go:noescape
func mulAdd(n uintptr, x unsafe.Pointer)

func name() string { return "muladd128" }

func turns(n int) float64 {
	var x [6 * 4]float32
	mulAdd(uintptr(n), unsafe.Pointer(&x))
	return float64(n) * flopsPerTurn
}
