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
// rows, which is why the last product first transposes x. (On wasm it does not:
// there a register holds four partial sums of one weight's gradient, both factors
// are read along their rows, and the lanes are added at the end.)
//
// The inner part of the product is a tile: four rows and two vectors of columns,
// eight accumulators that stay in registers while the inner index runs (Goto and
// van de Geijn 2008 explain why that shape). A tile for a machine is one function
// in one file, and the rest does not know it:
//
//   - wasm: assembly. A compiled loop ends every turn in a jump table and stops
//     below half of what the machine can do; this one keeps three vector units
//     busy. The weights of four rows are spread beforehand, one number into four
//     lanes, since a tile reads each of them dozens of times.
//   - amd64: named vectors of 256 or 512 bits, whichever the machine has.
//   - arm64, and amd64 held to 128 bits: portable vectors.
//
// Package roofline, below this one, measures what the machine can do; the
// benchmarks here report shares of it.
//
// # Numbers
//
// [SiLU] and [Tanh] come with their derivatives, for training; [SiLUFast] is for
// inference. [Normal] makes the noise: counter-based, so that number i of a stream
// is the same however the stream is cut, and on every machine but for rounding.
//
// # Files
//
// The API files (dense.go, activation.go, update.go, normal.go) check shapes and
// say what is computed. scalar*.go are the reference, always compiled and always
// what the tests compare with. simd.go and its siblings do the same in vectors:
// written once, in Go's portable vectors, and copied for wasm by a test that also
// notices when a copy is stale (generated_test.go says why there must be copies).
// dispatch_*.go, with complementary build tags, choose: vectors where
// GOEXPERIMENT=simd is on and the machine has them, the scalar code elsewhere, and
// also when the vectors would be emulated (GODEBUG=simd=0), which is ten times
// slower than plain Go.
//
// Results are deterministic on one build and machine. Between vector widths and
// between amd64 and wasm they differ in the last bits: a multiply-add rounds
// once on one and twice on the other.
//
// Every function works for any size, zero included; multiples of [Align]
// columns are the fast case. Buffers named as results must not overlap the
// others unless the comment allows it.
package kernel
