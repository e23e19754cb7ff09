//go:build goexperiment.simd

package kernel

import (
	"simd/archsimd"
	"unsafe"
)

// Vectors on wasm: always 128 bits, and not by way of the portable package, which
// brings package fmt along, 160 KB of a compressed binary.

const (
	lanes  = 4     // of a vector
	widest = lanes // of the longest vector there is
)

func load(p unsafe.Pointer) archsimd.Float32x4 {
	return archsimd.LoadFloat32x4Array((*[lanes]float32)(p))
}

func store(p unsafe.Pointer, x archsimd.Float32x4) { x.StoreArray((*[lanes]float32)(p)) }

func splat(x float32) archsimd.Float32x4 { return archsimd.BroadcastFloat32x4(x) }

func width() int { return lanes }

// emulated is false: a module with vectors does not load without them.
func emulated() bool { return false }

// clearUpper has nothing to do: no register is wider than a vector.
func clearUpper() {}
