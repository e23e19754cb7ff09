//go:build goexperiment.simd && (amd64 || arm64)

package kernel

import (
	"math"
	"simd"
	"unsafe"
)

// Element-wise kernels in vectors. Each does the whole vectors and returns how
// many elements that was; the scalar twin, with the same formula, finishes the
// rest. Minima are taken on integers: on x86 wasm's float minimum
// is slow. For finite floats ≥ 0 the order of the bits is the order of the
// values.

// expNegativeSimd is expNegative.
//
//go:norace
func expNegativeSimd(u simd.Float32s) simd.Float32s {
	y := u.MulAdd(splat(-log2e), splat(round))
	f := u.MulAdd(splat(-log2e), splat(round).Sub(y))
	p := f.MulAdd(splat(exp5), splat(exp4))
	p = p.MulAdd(f, splat(exp3))
	p = p.MulAdd(f, splat(exp2))
	p = p.MulAdd(f, splat(exp1))
	p = p.MulAdd(f, splat(exp0))
	return p.ToBits().Add(y.ToBits().ShiftAllLeft(23)).BitsToFloat32()
}

// tanhVector is tanh.
//
//go:norace
func tanhVector(z simd.Float32s) simd.Float32s {
	one := splat(1)
	limit := simd.BroadcastInt32s(int32(math.Float32bits(expLimit)))
	u := z.Add(z).Abs().ToBits().BitsToInt32().Min(limit).ToBits().BitsToFloat32()
	e := expNegativeSimd(u)
	a := one.Sub(e).Div(one.Add(e))
	sign := z.ToBits().ShiftAllRight(31).ShiftAllLeft(31)
	return a.ToBits().Add(sign).BitsToFloat32().IfElse(z.Equal(z), z) // a NaN stays one
}

//go:nocheckptr
//go:norace
func tanhSimd(z, d []float32) int {
	l := simd.Float32s{}.Len()
	n := len(z) / l * l
	p, q := at(z), at(d)
	one := splat(1)
	for j := 0; j < n; j += l {
		o := uintptr(j) * 4
		a := tanhVector(load(unsafe.Add(p, o)))
		store(unsafe.Add(q, o), one.Sub(a.Mul(a)))
		store(unsafe.Add(p, o), a)
	}
	return n
}

//go:nocheckptr
//go:norace
func tanhOnlySimd(z []float32) int {
	l := simd.Float32s{}.Len()
	n := len(z) / l * l
	p := at(z)
	for j := 0; j < n; j += l {
		store(unsafe.Add(p, uintptr(j)*4), tanhVector(load(unsafe.Add(p, uintptr(j)*4))))
	}
	return n
}

//go:nocheckptr
func mulSimd(y, x []float32) int {
	l := simd.Float32s{}.Len()
	n := len(y) / l * l
	p, q := at(y), at(x)
	for j := 0; j < n; j += l {
		o := uintptr(j) * 4
		store(unsafe.Add(p, o), load(unsafe.Add(p, o)).Mul(load(unsafe.Add(q, o))))
	}
	return n
}

//go:nocheckptr
func sinCosSimd(s, c, x []float32) int {
	l := simd.Float32s{}.Len()
	n := len(x) / l * l
	ps, pc, px := at(s), at(c), at(x)
	limit := simd.BroadcastInt32s(int32(math.Float32bits(SinCosLimit)))
	var zero simd.Float32s
	for j := 0; j < n; j += l {
		o := uintptr(j) * 4
		v := load(unsafe.Add(px, o))
		u := v.Abs().ToBits().BitsToInt32().Min(limit).ToBits().BitsToFloat32()
		y := u.MulAdd(splat(invPi), splat(round))
		k := splat(round).Sub(y) // −k
		r := k.MulAdd(splat(piHi), u)
		r = k.MulAdd(splat(piMid), r)
		r = k.MulAdd(splat(piLo), r)
		q := r.Mul(r)
		a := q.MulAdd(splat(sin4), splat(sin3))
		a = a.MulAdd(q, splat(sin2))
		a = a.MulAdd(q, splat(sin1))
		a = a.MulAdd(q, splat(sin0))
		a = a.Mul(r)
		b := q.MulAdd(splat(cos5), splat(cos4))
		b = b.MulAdd(q, splat(cos3))
		b = b.MulAdd(q, splat(cos2))
		b = b.MulAdd(q, splat(cos1))
		b = b.MulAdd(q, splat(cos0))
		flip := y.ToBits().ShiftAllLeft(31)
		a = a.ToBits().Add(flip).BitsToFloat32()
		store(unsafe.Add(ps, o), a.Neg().IfElse(v.Less(zero), a))
		store(unsafe.Add(pc, o), b.ToBits().Add(flip).BitsToFloat32())
	}
	return n
}

//go:nocheckptr
func addAnglesSimd(s, c, s1, c1, s2, c2 []float32) int {
	l := simd.Float32s{}.Len()
	n := len(s) / l * l
	ps, pc, ps1, pc1, ps2, pc2 := at(s), at(c), at(s1), at(c1), at(s2), at(c2)
	for j := 0; j < n; j += l {
		o := uintptr(j) * 4
		a, b := load(unsafe.Add(ps1, o)), load(unsafe.Add(pc1, o))
		e, f := load(unsafe.Add(ps2, o)), load(unsafe.Add(pc2, o))
		store(unsafe.Add(ps, o), a.MulAdd(f, b.Mul(e)))
		store(unsafe.Add(pc, o), b.MulAdd(f, a.Mul(e).Neg()))
	}
	return n
}

// rowSumsSimd adds up each row of x [rows × n] as far as whole vectors go, lane by
// lane, and leaves the lanes in parts [rows × lanes]. It returns how many columns
// that was. Adding the lanes is scalar work, and has to wait until the wide
// registers are clear.
//
//go:nocheckptr
func rowSumsSimd(parts, x []float32, rows, n int) int {
	l := simd.Float32s{}.Len()
	whole := n / l * l
	p, q := at(x), at(parts)
	step := uintptr(l) * 4
	for r := range rows {
		var a, b, c, d simd.Float32s // four sums: one would wait for itself
		row := unsafe.Add(p, uintptr(r*n)*4)
		j := 0
		for ; j+4*l <= whole; j += 4 * l {
			a = a.Add(load(row))
			b = b.Add(load(unsafe.Add(row, step)))
			c = c.Add(load(unsafe.Add(row, 2*step)))
			d = d.Add(load(unsafe.Add(row, 3*step)))
			row = unsafe.Add(row, 4*step)
		}
		for ; j < whole; j += l {
			a = a.Add(load(row))
			row = unsafe.Add(row, step)
		}
		store(unsafe.Add(q, uintptr(r*l)*4), a.Add(b).Add(c.Add(d)))
	}
	return whole
}

//go:nocheckptr
func adamWSimd(w, m, v, g []float32, a Adam) int {
	l := simd.Float32s{}.Len()
	n := len(w) / l * l
	pw, pm, pv, pg := at(w), at(m), at(v), at(g)
	b1, b2 := splat(1-a.Beta1), splat(1-a.Beta2)
	rate, second, eps, decay := splat(-a.Rate), splat(a.Second), splat(a.Epsilon), splat(-a.Decay)
	for j := 0; j < n; j += l {
		o := uintptr(j) * 4
		gj := load(unsafe.Add(pg, o))
		mj := load(unsafe.Add(pm, o))
		vj := load(unsafe.Add(pv, o))
		wj := load(unsafe.Add(pw, o))
		mj = gj.Sub(mj).MulAdd(b1, mj)
		vj = gj.Mul(gj).Sub(vj).MulAdd(b2, vj)
		store(unsafe.Add(pm, o), mj)
		store(unsafe.Add(pv, o), vj)
		root := vj.Mul(second).Sqrt().Add(eps)
		wj = wj.MulAdd(decay, wj)
		store(unsafe.Add(pw, o), rate.Mul(mj).Div(root).Add(wj))
	}
	return n
}

//go:nocheckptr
func lerpSimd(y, x []float32, share float32) int {
	l := simd.Float32s{}.Len()
	n := len(y) / l * l
	p, q := at(y), at(x)
	k := splat(share)
	for j := 0; j < n; j += l {
		o := uintptr(j) * 4
		v := load(unsafe.Add(p, o))
		store(unsafe.Add(p, o), load(unsafe.Add(q, o)).Sub(v).MulAdd(k, v))
	}
	return n
}

// finiteSimd leaves 0 in every lane of lanes, or NaN in one at least that saw a
// number that is not finite.
//
//go:nocheckptr
func finiteSimd(lanes, x []float32) int {
	l := simd.Float32s{}.Len()
	n := len(x) / l * l
	p := at(x)
	var s, zero simd.Float32s
	for j := 0; j < n; j += l {
		s = load(unsafe.Add(p, uintptr(j)*4)).MulAdd(zero, s)
	}
	store(at(lanes), s)
	return n
}
