//go:build goexperiment.simd

package kernel

import (
	"simd/archsimd"
	"unsafe"
)

// The tile in vectors of 256 bits. It is tile_portable.go once more, with every
// vector named, which lets the compiler keep a third more of the machine's speed.
// Nothing in the inner loop is unrolled: twice the body, and the compiler spills
// float32 with legacy SSE moves between wide instructions, a hundred times slower.

// columns8 computes the first n columns, a multiple of 16.
//
//go:nocheckptr
//go:norace
func columns8(t *tile, n int) {
	row, col, ldb, ldc := t.row, t.col, t.ldb, t.ldc
	end := uintptr(t.k) * col
	for j := 0; j < n; j += 16 {
		b := unsafe.Add(t.b, uintptr(j)*4)
		r := 0
		for ; r+4 <= t.m; r += 4 {
			c0 := unsafe.Add(t.c, uintptr(r)*ldc+uintptr(j)*4)
			c1, c2, c3 := unsafe.Add(c0, ldc), unsafe.Add(c0, 2*ldc), unsafe.Add(c0, 3*ldc)
			var s00, s01, s10, s11, s20, s21, s30, s31 archsimd.Float32x8
			if t.bias != nil {
				p := unsafe.Add(t.bias, uintptr(r)*t.step)
				s00 = spread8(p)
				s10 = spread8(unsafe.Add(p, t.step))
				s20 = spread8(unsafe.Add(p, 2*t.step))
				s30 = spread8(unsafe.Add(p, 3*t.step))
				s01, s11, s21, s31 = s00, s10, s20, s30
			} else {
				s00, s01 = load8(c0), load8(unsafe.Add(c0, 32))
				s10, s11 = load8(c1), load8(unsafe.Add(c1, 32))
				s20, s21 = load8(c2), load8(unsafe.Add(c2, 32))
				s30, s31 = load8(c3), load8(unsafe.Add(c3, 32))
			}
			a0 := unsafe.Add(t.a, uintptr(r)*row)
			a1, a2, a3 := unsafe.Add(a0, row), unsafe.Add(a0, 2*row), unsafe.Add(a0, 3*row)
			p := b
			for o := uintptr(0); o < end; o += col {
				x0, x1 := load8(p), load8(unsafe.Add(p, 32))
				w := spread8(unsafe.Add(a0, o))
				s00, s01 = w.MulAdd(x0, s00), w.MulAdd(x1, s01)
				w = spread8(unsafe.Add(a1, o))
				s10, s11 = w.MulAdd(x0, s10), w.MulAdd(x1, s11)
				w = spread8(unsafe.Add(a2, o))
				s20, s21 = w.MulAdd(x0, s20), w.MulAdd(x1, s21)
				w = spread8(unsafe.Add(a3, o))
				s30, s31 = w.MulAdd(x0, s30), w.MulAdd(x1, s31)
				p = unsafe.Add(p, ldb)
			}
			store8(c0, s00)
			store8(unsafe.Add(c0, 32), s01)
			store8(c1, s10)
			store8(unsafe.Add(c1, 32), s11)
			store8(c2, s20)
			store8(unsafe.Add(c2, 32), s21)
			store8(c3, s30)
			store8(unsafe.Add(c3, 32), s31)
		}
		for ; r < t.m; r++ {
			c0 := unsafe.Add(t.c, uintptr(r)*ldc+uintptr(j)*4)
			var s0, s1 archsimd.Float32x8
			if t.bias != nil {
				s0 = spread8(unsafe.Add(t.bias, uintptr(r)*t.step))
				s1 = s0
			} else {
				s0, s1 = load8(c0), load8(unsafe.Add(c0, 32))
			}
			a0, p := unsafe.Add(t.a, uintptr(r)*row), b
			for o := uintptr(0); o < end; o += col {
				w := spread8(unsafe.Add(a0, o))
				s0, s1 = w.MulAdd(load8(p), s0), w.MulAdd(load8(unsafe.Add(p, 32)), s1)
				p = unsafe.Add(p, ldb)
			}
			store8(c0, s0)
			store8(unsafe.Add(c0, 32), s1)
		}
	}
}

func load8(p unsafe.Pointer) archsimd.Float32x8 {
	return archsimd.LoadFloat32x8Array((*[8]float32)(p))
}
func store8(p unsafe.Pointer, x archsimd.Float32x8) { x.StoreArray((*[8]float32)(p)) }
func spread8(p unsafe.Pointer) archsimd.Float32x8 {
	return archsimd.BroadcastFloat32x8(*(*float32)(p))
}
