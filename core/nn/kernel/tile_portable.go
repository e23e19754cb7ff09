//go:build goexperiment.simd && (amd64 || arm64)

package kernel

import (
	"simd"
	"unsafe"
)

// The tile in portable vectors: 4 rows × 2 vectors of accumulators, eight
// multiply-adds for two simd.Float32s loads and four broadcasts. The loads go through
// unsafe pointers, since bounds checks cost half the speed, and the inner loop
// is not unrolled: unrolled, the amd64 compiler spills it.
//
// The compiler of Go 1.27 does not take methods with vectors inside, hence plain
// functions. The hottest ones are hidden from the race detector, which would
// make them fifty times slower; it still sees every buffer in the others.

// columnsPortable computes the first n columns, a multiple of two vectors.
//
//go:nocheckptr
//go:norace
func columnsPortable(t *tile, n int) {
	l := simd.Float32s{}.Len()
	vec := uintptr(l) * 4
	row, col, ldb, ldc := t.row, t.col, t.ldb, t.ldc
	end := uintptr(t.k) * col
	for j := 0; j < n; j += 2 * l {
		r := 0
		for ; r+4 <= t.m; r += 4 {
			c0 := unsafe.Add(t.c, uintptr(r)*ldc+uintptr(j)*4)
			c1, c2, c3 := unsafe.Add(c0, ldc), unsafe.Add(c0, 2*ldc), unsafe.Add(c0, 3*ldc)
			var s00, s01, s10, s11, s20, s21, s30, s31 simd.Float32s
			if t.bias != nil {
				p := unsafe.Add(t.bias, uintptr(r)*t.step)
				s00 = splat(*(*float32)(p))
				s10 = splat(*(*float32)(unsafe.Add(p, t.step)))
				s20 = splat(*(*float32)(unsafe.Add(p, 2*t.step)))
				s30 = splat(*(*float32)(unsafe.Add(p, 3*t.step)))
				s01, s11, s21, s31 = s00, s10, s20, s30
			} else {
				s00, s01 = load(c0), load(unsafe.Add(c0, vec))
				s10, s11 = load(c1), load(unsafe.Add(c1, vec))
				s20, s21 = load(c2), load(unsafe.Add(c2, vec))
				s30, s31 = load(c3), load(unsafe.Add(c3, vec))
			}
			a0 := unsafe.Add(t.a, uintptr(r)*row)
			a1, a2, a3 := unsafe.Add(a0, row), unsafe.Add(a0, 2*row), unsafe.Add(a0, 3*row)
			p := unsafe.Add(t.b, uintptr(j)*4)
			q := unsafe.Add(p, vec)
			for o, u := uintptr(0), uintptr(0); o < end; o, u = o+col, u+ldb {
				x0 := load(unsafe.Add(p, u))
				x1 := load(unsafe.Add(q, u))
				w := splat(*(*float32)(unsafe.Add(a0, o)))
				s00, s01 = w.MulAdd(x0, s00), w.MulAdd(x1, s01)
				w = splat(*(*float32)(unsafe.Add(a1, o)))
				s10, s11 = w.MulAdd(x0, s10), w.MulAdd(x1, s11)
				w = splat(*(*float32)(unsafe.Add(a2, o)))
				s20, s21 = w.MulAdd(x0, s20), w.MulAdd(x1, s21)
				w = splat(*(*float32)(unsafe.Add(a3, o)))
				s30, s31 = w.MulAdd(x0, s30), w.MulAdd(x1, s31)
			}
			store(c0, s00)
			store(unsafe.Add(c0, vec), s01)
			store(c1, s10)
			store(unsafe.Add(c1, vec), s11)
			store(c2, s20)
			store(unsafe.Add(c2, vec), s21)
			store(c3, s30)
			store(unsafe.Add(c3, vec), s31)
		}
		for ; r < t.m; r++ {
			oneRow(t, r, j)
		}
	}
}

// oneRow computes two vectors of a single row, for the rows that four leaves.
//
//go:nocheckptr
//go:norace
func oneRow(t *tile, r, j int) {
	vec := uintptr(simd.VectorBitSize() / 8)
	c0 := unsafe.Add(t.c, uintptr(r)*t.ldc+uintptr(j)*4)
	var s0, s1 simd.Float32s
	if t.bias != nil {
		s0 = splat(*(*float32)(unsafe.Add(t.bias, uintptr(r)*t.step)))
		s1 = s0
	} else {
		s0, s1 = load(c0), load(unsafe.Add(c0, vec))
	}
	a0 := unsafe.Add(t.a, uintptr(r)*t.row)
	p := unsafe.Add(t.b, uintptr(j)*4)
	q := unsafe.Add(p, vec)
	col, ldb := t.col, t.ldb
	end := uintptr(t.k) * col
	for o, u := uintptr(0), uintptr(0); o < end; o, u = o+col, u+ldb {
		w := splat(*(*float32)(unsafe.Add(a0, o)))
		s0 = w.MulAdd(load(unsafe.Add(p, u)), s0)
		s1 = w.MulAdd(load(unsafe.Add(q, u)), s1)
	}
	store(c0, s0)
	store(unsafe.Add(c0, vec), s1)
}
