//go:build goexperiment.simd && (amd64 || arm64)

package kernel

import (
	"simd"
	"unsafe"

	"inkflow/core/internal/upper"
)

// Vectors on amd64 and arm64: Go's portable ones, as wide as the machine has.
// vector_wasm.go has the same names for wasm.

// widest is the number of float32 in the longest vector there is.
const widest = 16

// load and store move one vector without a bounds check. The array type only
// says "long enough for any vector"; no more than one vector is touched, and
// every caller has nocheckptr since the array may end past the allocation.
//
//go:nocheckptr
func load(p unsafe.Pointer) simd.Float32s { return simd.LoadFloat32s((*[widest]float32)(p)[:]) }

//go:nocheckptr
func store(p unsafe.Pointer, x simd.Float32s) { x.Store((*[widest]float32)(p)[:]) }

// splat is for constants other than 0: on amd64 a broadcast 0 is built with a
// legacy SSE instruction, which stalls for a hundred cycles between wide ones.
// The zero value of a vector does it right.
func splat(x float32) simd.Float32s { return simd.BroadcastFloat32s(x) }

// width is the number of float32 in a vector.
func width() int { return simd.VectorBitSize() / 32 }

// emulated reports that there are no vectors, only code that looks like them.
func emulated() bool { return simd.Emulated() }

// clearUpper ends every kernel: see package upper.
func clearUpper() { upper.Clear() }
