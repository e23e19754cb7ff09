// Package kernel is where the time goes: the float32 loops of a small dense
// network, and nothing that knows what a network is.
//
// # Layout
//
// Everything is feature-major. A buffer "x [features × n]" holds n columns
// (points, samples); row i is contiguous and x[i*n+j] is feature i of column j.
// A weight matrix "w [out × in]" is row-major with no padding. In this layout a
// layer reads and writes along the columns with plain vector loads, whatever
// the number of features, and only the weights are broadcast.
//
// # One product
//
// A dense layer needs three products, and they are one kernel:
//
//	y  = W x + b      c = W [out × in]      · x  [in × n],   started from b
//	dx = Wᵀ dy        c = Wᵀ [in × out]     · dy [out × n],  started from 0
//	dW += dy xᵀ       c = dy [out × n]      · xᵀ [n × in],   started from dW
//
// The left factor is read one element at a time, so any row and column stride
// will do and Wᵀ costs nothing; the right factor is read in vectors along its
// rows, which is why the last product first transposes x, two per cent of its
// work. A faster tile for some machine is thus one function, and one file.
//
// # Files
//
// The API files (dense.go, activation.go, update.go) check shapes and say what
// is computed. scalar.go is the reference, always compiled and always what the
// tests compare with. simd.go and simd_product.go do the same with Go's portable
// vectors. dispatch_*.go, with complementary build tags, choose: portable
// vectors where GOEXPERIMENT=simd is on and the machine has them, the scalar
// code elsewhere, and also when the vectors would be emulated (GODEBUG=simd=0),
// which is ten times slower than plain Go.
//
// Results are deterministic on one build and machine. Between vector widths and
// between amd64 and wasm they differ in the last bits: a multiply-add rounds
// once on one and twice on the other.
//
// Every function works for any size, zero included; multiples of [Align]
// columns are the fast case. Buffers named as results must not overlap the
// others unless the comment allows it.
package kernel
