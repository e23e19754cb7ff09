//go:build goexperiment.simd && (amd64 || arm64 || wasm)

package kernel

import "unsafe"

// The product in vectors, but for its inner part: the columns that come in whole
// pairs of vectors, which a file a machine (tile_*.go) computes.

// panel is how many rows of b are packed at a time for the columns left over.
const panel = 64

func at(x []float32) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(x)) }

// productSimd is productScalar, in vectors.
func productSimd(c []float32, a matrix, b, bias []float32, step, m, k, n int) {
	if m == 0 || n == 0 {
		return
	}
	if k == 0 {
		productScalar(c, a, b, bias, step, m, k, n)
		return
	}
	t := tile{
		a: unsafe.Pointer(unsafe.SliceData(a.data)), row: uintptr(a.row) * 4, col: uintptr(a.col) * 4,
		step: uintptr(step) * 4, m: m, k: k,
	}
	if bias != nil {
		t.bias = unsafe.Pointer(unsafe.SliceData(bias))
	}
	pair := 2 * width()
	whole := n / pair * pair
	t.c, t.ldc = unsafe.Pointer(unsafe.SliceData(c)), uintptr(n)*4
	t.b, t.ldb = unsafe.Pointer(unsafe.SliceData(b)), uintptr(n)*4
	columns(&t, whole)
	if whole < n {
		remainder(&t, c, b, whole, n)
	}
}

// tile is a product whose columns come in whole pairs of vectors. Strides are in
// bytes.
type tile struct {
	c, a, b, bias unsafe.Pointer
	ldc, ldb      uintptr // from row to row of c and of b
	row, col      uintptr // from row to row and from column to column of a
	step          uintptr // from row to row of bias; bias nil means: add to c
	m, k          int
}

// remainder computes columns from..n of c: fewer than two vectors. They are
// copied into a panel with zeros behind, run through the same tile, and copied
// back.
//
//	c [m × n], b [k × n]
func remainder(t *tile, c, b []float32, from, n int) {
	var packed [panel * 2 * widest]float32 // [panel × wide], rest zero
	var out [4 * 2 * widest]float32        // [4 × wide]
	const wide = 2 * widest
	rest := n - from
	for k0 := 0; k0 < t.k; k0 += panel {
		kn := min(panel, t.k-k0)
		for i := range kn {
			copy(packed[i*wide:i*wide+rest], b[(k0+i)*n+from:(k0+i)*n+n])
		}
		for r := 0; r < t.m; r += 4 {
			rows := min(4, t.m-r)
			part := tile{
				c: unsafe.Pointer(&out[0]), ldc: wide * 4, b: unsafe.Pointer(&packed[0]), ldb: wide * 4,
				a:   unsafe.Add(t.a, uintptr(r)*t.row+uintptr(k0)*t.col),
				row: t.row, col: t.col, m: rows, k: kn,
			}
			if t.bias != nil && k0 == 0 {
				part.bias, part.step = unsafe.Add(t.bias, uintptr(r)*t.step), t.step
			} else {
				for q := range rows {
					copy(out[q*wide:q*wide+rest], c[(r+q)*n+from:(r+q)*n+n])
				}
			}
			columns(&part, 2*width())
			clearUpper() // before copy, which moves with legacy SSE
			for q := range rows {
				copy(c[(r+q)*n+from:(r+q)*n+n], out[q*wide:q*wide+rest])
			}
		}
	}
}
