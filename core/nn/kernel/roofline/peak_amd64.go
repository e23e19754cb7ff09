//go:build goexperiment.simd

package roofline

import (
	"simd"
	"strconv"
)

//go:noescape
func fused512(n int)

//go:noescape
func fused256(n int)

//go:noescape
func fused128(n int)

func name() string {
	if simd.Emulated() {
		return "scalar"
	}
	return "fused" + strconv.Itoa(simd.VectorBitSize())
}

func turns(n int) float64 {
	if simd.Emulated() {
		return turnsScalar(n)
	}
	const chains = 12
	bits := simd.VectorBitSize()
	[...]func(int){fused128, fused256, fused512}[bits/256](n)
	return float64(n) * chains * 2 * float64(bits/32)
}
