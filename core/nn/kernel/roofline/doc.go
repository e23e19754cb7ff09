// Package roofline measures how much arithmetic one core can do: the ceiling that
// a kernel's speed is a share of (Williams, Waterman and Patterson 2009).
//
// The ceiling is that of products added up, as a dense layer needs them, in the
// vectors that package kernel uses: fused multiply-adds on amd64 at the width in
// use; on wasm, which has no fused operation that every browser takes, a
// multiplication and an addition each. Both come from assembly that touches no
// memory and leaves no unit waiting for a result. Elsewhere it is plain Go, and a
// lower bound only.
//
// A ceiling is a property of the moment: clocks change and cores are shared.
// Measure it in the same run as the kernel, alternating, and compare the best of
// both.
package roofline

// Turns runs the loop n ≥ 1 times, some hundred operations each, and returns how
// many floating-point operations that was. The caller holds the watch.
func Turns(n int) (flops float64) {
	if n < 1 {
		panic("roofline: Turns: want at least one")
	}
	return turns(n)
}

// Name says what was counted: "fused512", "fused256", "muladd128", "scalar".
func Name() string { return name() }
