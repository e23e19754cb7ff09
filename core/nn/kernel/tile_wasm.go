//go:build goexperiment.simd

package kernel

import "unsafe"

// The product on wasm: tiles in assembly (tile_wasm.s), since a compiled loop
// ends every turn in a jump table and stops at half of what the machine can do.

// The assembly takes strides in bytes and counts in numbers; k, n and groups
// must not be 0.

// tile4 computes four rows of c from the weights that spread4 wrote. n is a
// multiple of 8. start holds four vectors, one a row, to begin from; nil means
// add to c.
//
//	c [4 × n], w [k × 4 × 4 equal lanes], b [k × n]
//
//go:noescape
func tile4(c unsafe.Pointer, ldc uintptr, w, b unsafe.Pointer, ldb, k, n uintptr, start unsafe.Pointer)

// tile1 computes one row of c, straight from the left factor.
//
//	c [n], a [k] col apart, b [k × n]
//
//go:noescape
func tile1(c, a unsafe.Pointer, col uintptr, b unsafe.Pointer, ldb, k, n uintptr, start unsafe.Pointer)

// spread4 copies four rows of the left factor, each number into four lanes:
// the tile reads them dozens of times, and a load is cheaper than a splat.
//
//	w [k × 4 × 4 equal lanes], a [4 × k], row and col apart
//
//go:noescape
func spread4(w, a unsafe.Pointer, row, col, k uintptr)

// dots2 adds the products of two rows of dy with 4·groups rows of x to two rows
// of dw. n is a multiple of 4.
//
//	dw0, dw1 [4·groups], dy0, dy1 [n], x [4·groups × n]
//
//go:noescape
func dots2(dw0, dw1, dy0, dy1, x unsafe.Pointer, ldx, n, groups uintptr)

// depth is how many rows of b a pass reads: 64 rows of 128 columns are 32 KB and
// stay in the first cache while all rows of c pass over them.
const depth = 64

// columns computes the first n columns, a multiple of two vectors.
//
//go:nocheckptr
func columns(t *tile, n int) {
	if n == 0 {
		return
	}
	var w [depth * 4 * lanes]float32 // [depth × 4 × 4 equal lanes]
	var first [4 * lanes]float32     // [4 × 4 equal lanes]
	for k0 := 0; k0 < t.k; k0 += depth {
		kn := uintptr(min(depth, t.k-k0))
		b := unsafe.Add(t.b, uintptr(k0)*t.ldb)
		r := 0
		for ; r+4 <= t.m; r += 4 {
			c, a := unsafe.Add(t.c, uintptr(r)*t.ldc), unsafe.Add(t.a, uintptr(r)*t.row+uintptr(k0)*t.col)
			spread4(unsafe.Pointer(&w), a, t.row, t.col, kn)
			var start unsafe.Pointer
			if t.bias != nil && k0 == 0 {
				start = unsafe.Pointer(&first)
				spread4(start, unsafe.Add(t.bias, uintptr(r)*t.step), t.step, 0, 1)
			}
			tile4(c, t.ldc, unsafe.Pointer(&w), b, t.ldb, kn, uintptr(n), start)
		}
		for ; r < t.m; r++ {
			c, a := unsafe.Add(t.c, uintptr(r)*t.ldc), unsafe.Add(t.a, uintptr(r)*t.row+uintptr(k0)*t.col)
			var start unsafe.Pointer
			if t.bias != nil && k0 == 0 {
				start = unsafe.Pointer(&first)
				spread4(start, unsafe.Add(t.bias, uintptr(r)*t.step), 0, 0, 1)
			}
			tile1(c, a, t.col, b, t.ldb, kn, uintptr(n), start)
		}
	}
}

// weights adds dy xᵀ to dw. Both factors are read along their rows and the lanes
// of a sum are added at its end: nothing is transposed and no weight spread.
//
//	dw [out × in], dy [out × n], x [in × n], scratch [in] at least
func weights(dw, dy, x, scratch []float32, out, in, n int) {
	whole := n / lanes * lanes
	if whole > 0 {
		for o := 0; o < out; o += 2 {
			q := min(o+1, out-1) // a last row alone is paired with itself
			d0, d1 := dw[o*in:(o+1)*in], dw[q*in:(q+1)*in]
			if q == o {
				d1 = scratch[:in]
			}
			twoRows(d0, d1, dy[o*n:(o+1)*n], dy[q*n:(q+1)*n], x, in, whole)
		}
	}
	if whole < n {
		weightsTail(dw, dy, x, out, in, n, whole)
	}
}

// twoRows adds two rows of dy xᵀ to dw, as far as whole columns. Rows of x that
// four leaves are done together with their neighbours before them, or, if there
// are fewer than four, each with itself; only what is new is added.
//
//	d0, d1 [in], dy0, dy1 [n], x [in × n]
func twoRows(d0, d1, dy0, dy1, x []float32, in, whole int) {
	ld := uintptr(len(dy0)) * 4
	if groups := in / 4; groups > 0 {
		dots2(at(d0), at(d1), at(dy0), at(dy1), at(x), ld, uintptr(whole), uintptr(groups))
	}
	for i := in / 4 * 4; i < in; {
		var sums [2][4]float32
		from, apart, next := in-4, ld, in
		if in < 4 {
			from, apart, next = i, 0, i+1
		}
		dots2(unsafe.Pointer(&sums[0]), unsafe.Pointer(&sums[1]), at(dy0), at(dy1), at(x[from*len(dy0):]), apart, uintptr(whole), 1)
		for ; i < next; i++ {
			d0[i] += sums[0][i-from]
			d1[i] += sums[1][i-from]
		}
	}
}

// weightsTail adds what the columns from whole on contribute.
func weightsTail(dw, dy, x []float32, out, in, n, whole int) {
	for o := range out {
		for i := range in {
			var s float32
			for j := whole; j < n; j++ {
				s += float32(dy[o*n+j] * x[i*n+j])
			}
			dw[o*in+i] += s
		}
	}
}
