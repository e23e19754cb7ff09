//go:build goexperiment.simd && (amd64 || arm64 || wasm)

package kernel

import (
	"simd"
	"strconv"

	"inkflow/core/internal/upper"
)

// A build with portable vectors. They are used where the machine has them;
// emulated ones are slower than the scalar code. A tile written for one machine
// takes its place here, in product, and nowhere else.

// Name says which implementation this build and machine use.
func Name() string {
	if simd.Emulated() {
		return "scalar"
	}
	return "simd" + strconv.Itoa(simd.VectorBitSize())
}

func product(c []float32, a matrix, b, bias []float32, step, m, k, n int) {
	if simd.Emulated() {
		productScalar(c, a, b, bias, step, m, k, n)
		return
	}
	productSimd(c, a, b, bias, step, m, k, n)
	upper.Clear()
}

func rowSums(s, x []float32, rows, n int) {
	if simd.Emulated() {
		rowSumsScalar(s, x, rows, n)
		return
	}
	const block = 64 // rows at a time
	var parts [block * widest]float32
	lanes := simd.VectorBitSize() / 32
	for r := 0; r < rows; r += block {
		m := min(block, rows-r)
		x := x[r*n : (r+m)*n]
		whole := rowSumsSimd(parts[:], x, m, n)
		upper.Clear()
		rowSumsScalar(s[r:r+m], parts[:m*lanes], m, lanes)
		if whole < n {
			for i := range m {
				rowSumsScalar(s[r+i:r+i+1], x[i*n+whole:(i+1)*n], 1, n-whole)
			}
		}
	}
}

func silu(z, d []float32) {
	done := 0
	if !simd.Emulated() {
		done = siluSimd(z, d)
		upper.Clear()
	}
	siluScalar(z[done:], d[done:])
}

func siluOnly(z []float32) {
	done := 0
	if !simd.Emulated() {
		done = siluOnlySimd(z)
		upper.Clear()
	}
	siluOnlyScalar(z[done:])
}

func mul(y, x []float32) {
	done := 0
	if !simd.Emulated() {
		done = mulSimd(y, x)
		upper.Clear()
	}
	mulScalar(y[done:], x[done:])
}

func sinCos(s, c, x []float32) {
	done := 0
	if !simd.Emulated() {
		done = sinCosSimd(s, c, x)
		upper.Clear()
	}
	sinCosScalar(s[done:], c[done:], x[done:])
}

func addAngles(s, c, s1, c1, s2, c2 []float32) {
	done := 0
	if !simd.Emulated() {
		done = addAnglesSimd(s, c, s1, c1, s2, c2)
		upper.Clear()
	}
	addAnglesScalar(s[done:], c[done:], s1[done:], c1[done:], s2[done:], c2[done:])
}

func adamW(w, m, v, g []float32, a Adam) {
	done := 0
	if !simd.Emulated() {
		done = adamWSimd(w, m, v, g, a)
		upper.Clear()
	}
	adamWScalar(w[done:], m[done:], v[done:], g[done:], a)
}

func lerp(y, x []float32, share float32) {
	done := 0
	if !simd.Emulated() {
		done = lerpSimd(y, x, share)
		upper.Clear()
	}
	lerpScalar(y[done:], x[done:], share)
}

func finite(x []float32) bool {
	if simd.Emulated() {
		return finiteScalar(x)
	}
	var lanes [widest]float32
	done := finiteSimd(lanes[:], x)
	upper.Clear()
	return finiteScalar(lanes[:]) && finiteScalar(x[done:])
}
