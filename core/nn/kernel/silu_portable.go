//go:build goexperiment.simd && (amd64 || arm64)

package kernel

import (
	"simd"
	"unsafe"
)

// SiLU in portable vectors. On wasm, where it would take as long as half a dense
// layer, it is assembly (silu_wasm.s); hence a file of its own.

// clampSimd is clamp.
func clampSimd(z simd.Float32s) simd.Float32s {
	return z.Min(splat(expLimit)).Max(splat(-expLimit))
}

//go:nocheckptr
//go:norace
func siluSimd(z, d []float32) int {
	l := simd.Float32s{}.Len()
	n := len(z) / l * l
	p, q := at(z), at(d)
	one := splat(1)
	for j := 0; j < n; j += l {
		o := uintptr(j) * 4
		v := load(unsafe.Add(p, o))
		s := one.Div(one.Add(expNegativeSimd(clampSimd(v))))
		a := v.Mul(s)
		store(unsafe.Add(q, o), one.Sub(s).MulAdd(a, s))
		store(unsafe.Add(p, o), a)
	}
	return n
}

//go:nocheckptr
//go:norace
func siluOnlySimd(z []float32) int {
	l := simd.Float32s{}.Len()
	n := len(z) / l * l
	p := at(z)
	one := splat(1)
	for j := 0; j < n; j += l {
		v := load(unsafe.Add(p, uintptr(j)*4))
		s := one.Div(one.Add(expNegativeSimd(clampSimd(v))))
		store(unsafe.Add(p, uintptr(j)*4), v.Mul(s))
	}
	return n
}

//go:nocheckptr
//go:norace
func siluFastSimd(z []float32) int {
	l := simd.Float32s{}.Len()
	n := len(z) / l * l
	p := at(z)
	one := splat(1)
	for j := 0; j < n; j += l {
		v := load(unsafe.Add(p, uintptr(j)*4))
		u := clampSimd(v)
		y := u.MulAdd(splat(-log2e), splat(round))
		f := u.MulAdd(splat(-log2e), splat(round).Sub(y))
		e := f.MulAdd(splat(coarse3), splat(coarse2))
		e = e.MulAdd(f, splat(coarse1))
		e = e.MulAdd(f, splat(coarse0))
		e = e.ToBits().Add(y.ToBits().ShiftAllLeft(23)).BitsToFloat32()
		store(unsafe.Add(p, uintptr(j)*4), v.Div(one.Add(e)))
	}
	return n
}
