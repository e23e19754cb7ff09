//go:build goexperiment.simd

package roofline

import (
	"simd"
	"testing"
)

// Every loop that this machine can run comes to an end, whatever width is in use.
func TestEveryWidth(t *testing.T) {
	if simd.Emulated() {
		return
	}
	for bits, loop := range map[int]func(int){128: fused128, 256: fused256, 512: fused512} {
		if bits <= simd.VectorBitSize() {
			loop(10)
		}
	}
}
