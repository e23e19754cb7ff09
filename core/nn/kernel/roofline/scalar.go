package roofline

import "runtime"

// turnsScalar runs eight chains in plain Go. What it returns can be nothing but
// the count; the sum is kept alive so that the compiler does the work.
func turnsScalar(n int) float64 {
	a0, a1, a2, a3, a4, a5, a6, a7 := float32(0), float32(1), float32(2), float32(3), float32(4), float32(5), float32(6), float32(7)
	const shrink, add = 0.5, 1
	for range n {
		a0 = float32(a0*shrink) + add
		a1 = float32(a1*shrink) + add
		a2 = float32(a2*shrink) + add
		a3 = float32(a3*shrink) + add
		a4 = float32(a4*shrink) + add
		a5 = float32(a5*shrink) + add
		a6 = float32(a6*shrink) + add
		a7 = float32(a7*shrink) + add
	}
	runtime.KeepAlive(a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7)
	return float64(n) * 8 * 2
}
