//go:build goexperiment.simd

package kernel

import (
	"simd/archsimd"
	"unsafe"
)

// The tile in vectors of 512 bits. It is tile_portable.go once more, with every
// vector named, which lets the compiler keep a third more of the machine's speed.
// Nothing in the inner loop is unrolled: twice the body, and the compiler spills
// float32 with legacy SSE moves between wide instructions, a hundred times slower.

// columns16 computes the first n columns, a multiple of 32.
//
//go:nocheckptr
//go:norace
func columns16(t *tile, n int) {
	row, col, ldb, ldc := t.row, t.col, t.ldb, t.ldc
	end := uintptr(t.k) * col
	for j := 0; j < n; j += 32 {
		b := unsafe.Add(t.b, uintptr(j)*4)
		r := 0
		for ; r+4 <= t.m; r += 4 {
			c0 := unsafe.Add(t.c, uintptr(r)*ldc+uintptr(j)*4)
			c1, c2, c3 := unsafe.Add(c0, ldc), unsafe.Add(c0, 2*ldc), unsafe.Add(c0, 3*ldc)
			var s00, s01, s10, s11, s20, s21, s30, s31 archsimd.Float32x16
			if t.bias != nil {
				p := unsafe.Add(t.bias, uintptr(r)*t.step)
				s00 = spread16(p)
				s10 = spread16(unsafe.Add(p, t.step))
				s20 = spread16(unsafe.Add(p, 2*t.step))
				s30 = spread16(unsafe.Add(p, 3*t.step))
				s01, s11, s21, s31 = s00, s10, s20, s30
			} else {
				s00, s01 = load16(c0), load16(unsafe.Add(c0, 64))
				s10, s11 = load16(c1), load16(unsafe.Add(c1, 64))
				s20, s21 = load16(c2), load16(unsafe.Add(c2, 64))
				s30, s31 = load16(c3), load16(unsafe.Add(c3, 64))
			}
			a0 := unsafe.Add(t.a, uintptr(r)*row)
			a1, a2, a3 := unsafe.Add(a0, row), unsafe.Add(a0, 2*row), unsafe.Add(a0, 3*row)
			p := b
			for o := uintptr(0); o < end; o += col {
				x0, x1 := load16(p), load16(unsafe.Add(p, 64))
				w := spread16(unsafe.Add(a0, o))
				s00, s01 = w.MulAdd(x0, s00), w.MulAdd(x1, s01)
				w = spread16(unsafe.Add(a1, o))
				s10, s11 = w.MulAdd(x0, s10), w.MulAdd(x1, s11)
				w = spread16(unsafe.Add(a2, o))
				s20, s21 = w.MulAdd(x0, s20), w.MulAdd(x1, s21)
				w = spread16(unsafe.Add(a3, o))
				s30, s31 = w.MulAdd(x0, s30), w.MulAdd(x1, s31)
				p = unsafe.Add(p, ldb)
			}
			store16(c0, s00)
			store16(unsafe.Add(c0, 64), s01)
			store16(c1, s10)
			store16(unsafe.Add(c1, 64), s11)
			store16(c2, s20)
			store16(unsafe.Add(c2, 64), s21)
			store16(c3, s30)
			store16(unsafe.Add(c3, 64), s31)
		}
		for ; r < t.m; r++ {
			c0 := unsafe.Add(t.c, uintptr(r)*ldc+uintptr(j)*4)
			var s0, s1 archsimd.Float32x16
			if t.bias != nil {
				s0 = spread16(unsafe.Add(t.bias, uintptr(r)*t.step))
				s1 = s0
			} else {
				s0, s1 = load16(c0), load16(unsafe.Add(c0, 64))
			}
			a0, p := unsafe.Add(t.a, uintptr(r)*row), b
			for o := uintptr(0); o < end; o += col {
				w := spread16(unsafe.Add(a0, o))
				s0, s1 = w.MulAdd(load16(p), s0), w.MulAdd(load16(unsafe.Add(p, 64)), s1)
				p = unsafe.Add(p, ldb)
			}
			store16(c0, s0)
			store16(unsafe.Add(c0, 64), s1)
		}
	}
}

func load16(p unsafe.Pointer) archsimd.Float32x16 {
	return archsimd.LoadFloat32x16Array((*[16]float32)(p))
}
func store16(p unsafe.Pointer, x archsimd.Float32x16) { x.StoreArray((*[16]float32)(p)) }
func spread16(p unsafe.Pointer) archsimd.Float32x16 {
	return archsimd.BroadcastFloat32x16(*(*float32)(p))
}
