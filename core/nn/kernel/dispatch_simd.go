//go:build goexperiment.simd && (amd64 || arm64 || wasm)

package kernel

import "strconv"

// A build with vectors. They are used where the machine has them; emulated ones
// are slower than the scalar code. Every kernel clears the upper halves of the
// registers behind itself (package upper).

// Name says which implementation this build and machine use.
func Name() string {
	if emulated() {
		return "scalar"
	}
	return "simd" + strconv.Itoa(32*width())
}

func product(c []float32, a matrix, b, bias []float32, step, m, k, n int) {
	if emulated() {
		productScalar(c, a, b, bias, step, m, k, n)
		return
	}
	productSimd(c, a, b, bias, step, m, k, n)
	clearUpper()
}

func rowSums(s, x []float32, rows, n int) {
	if emulated() {
		rowSumsScalar(s, x, rows, n)
		return
	}
	const block = 64 // rows at a time
	var parts [block * widest]float32
	lanes := width()
	for r := 0; r < rows; r += block {
		m := min(block, rows-r)
		x := x[r*n : (r+m)*n]
		whole := rowSumsSimd(parts[:], x, m, n)
		clearUpper()
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
	if !emulated() {
		done = siluSimd(z, d)
		clearUpper()
	}
	siluScalar(z[done:], d[done:])
}

func siluOnly(z []float32) {
	done := 0
	if !emulated() {
		done = siluOnlySimd(z)
		clearUpper()
	}
	siluOnlyScalar(z[done:])
}

func siluFast(z []float32) {
	done := 0
	if !emulated() {
		done = siluFastSimd(z)
		clearUpper()
	}
	siluFastScalar(z[done:])
}

func tanhBoth(z, d []float32) {
	done := 0
	if !emulated() {
		done = tanhSimd(z, d)
		clearUpper()
	}
	tanhScalar(z[done:], d[done:])
}

func tanhOnly(z []float32) {
	done := 0
	if !emulated() {
		done = tanhOnlySimd(z)
		clearUpper()
	}
	tanhOnlyScalar(z[done:])
}

func mul(y, x []float32) {
	done := 0
	if !emulated() {
		done = mulSimd(y, x)
		clearUpper()
	}
	mulScalar(y[done:], x[done:])
}

func sinCos(s, c, x []float32) {
	done := 0
	if !emulated() {
		done = sinCosSimd(s, c, x)
		clearUpper()
	}
	sinCosScalar(s[done:], c[done:], x[done:])
}

func addAngles(s, c, s1, c1, s2, c2 []float32) {
	done := 0
	if !emulated() {
		done = addAnglesSimd(s, c, s1, c1, s2, c2)
		clearUpper()
	}
	addAnglesScalar(s[done:], c[done:], s1[done:], c1[done:], s2[done:], c2[done:])
}

func adamW(w, m, v, g []float32, a Adam) {
	done := 0
	if !emulated() {
		done = adamWSimd(w, m, v, g, a)
		clearUpper()
	}
	adamWScalar(w[done:], m[done:], v[done:], g[done:], a)
}

func lerp(y, x []float32, share float32) {
	done := 0
	if !emulated() {
		done = lerpSimd(y, x, share)
		clearUpper()
	}
	lerpScalar(y[done:], x[done:], share)
}

func finite(x []float32) bool {
	if emulated() {
		return finiteScalar(x)
	}
	var lanes [widest]float32
	done := finiteSimd(lanes[:], x)
	clearUpper()
	return finiteScalar(lanes[:]) && finiteScalar(x[done:])
}

func normals(dst []float32, key [2]uint32, block uint64) {
	if emulated() {
		normalsScalar(dst, key, block)
		return
	}
	var lane [blockPairs]float32
	for i := range lane {
		lane[i] = number(uint32(i))
	}
	normalsSimd(dst, key, block, &lane)
	clearUpper()
}
