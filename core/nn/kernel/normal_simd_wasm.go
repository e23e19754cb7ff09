// Code generated from normal_simd.go by go test -run TestWasmCopies -update; DO NOT EDIT.

//go:build goexperiment.simd

package kernel

import (
	"simd/archsimd"
	"unsafe"
)

// [Normal] in vectors: as many pairs at once as there are lanes, 16 or a divisor
// of it. The words are the scalar ones to the bit.

// normalsSimd is normalsScalar. lane holds the bits of the numbers 0 to 15.
//
//	dst [blocks × (16 cosines, 16 sines)]
//
//go:nocheckptr
//go:norace
func normalsSimd(dst []float32, key [2]uint32, block uint64, lane *[blockPairs]float32) {
	l := archsimd.Float32x4{}.Len()
	p := at(dst)
	k0, k1 := archsimd.BroadcastUint32x4(key[0]), archsimd.BroadcastUint32x4(key[1])
	k2 := archsimd.BroadcastUint32x4(key[0] ^ key[1] ^ parity)
	for n := len(dst) / blockNumbers; n > 0; n-- { // "for range" without a variable crashes the compiler here
		c := block * blockPairs
		c0 := archsimd.BroadcastUint32x4(uint32(c)).Add(k0)
		c1 := archsimd.BroadcastUint32x4(uint32(c >> 32)).Add(k1)
		for i := 0; i < blockPairs; i += l {
			x0, x1 := threefrySimd(load(unsafe.Pointer(&lane[i])).ToBits().Add(c0), c1, k0, k1, k2)
			radius := radiusSimd(x0)
			c, s := circleSimd(x1)
			store(unsafe.Add(p, i*4), radius.Mul(c))
			store(unsafe.Add(p, (blockPairs+i)*4), radius.Mul(s))
		}
		p = unsafe.Add(p, blockNumbers*4)
		block++
	}
}

// threefrySimd is threefry, from where the key has been added to the counter.
func threefrySimd(x0, x1, k0, k1, k2 archsimd.Uint32x4) (archsimd.Uint32x4, archsimd.Uint32x4) {
	x0 = x0.Add(x1)
	x1 = x1.RotateAllLeft(rot0).Xor(x0)
	x0 = x0.Add(x1)
	x1 = x1.RotateAllLeft(rot1).Xor(x0)
	x0 = x0.Add(x1)
	x1 = x1.RotateAllLeft(rot2).Xor(x0)
	x0 = x0.Add(x1)
	x1 = x1.RotateAllLeft(rot3).Xor(x0)
	x0 = x0.Add(k1)
	x1 = x1.Add(k2).Add(archsimd.BroadcastUint32x4(1))
	x0 = x0.Add(x1)
	x1 = x1.RotateAllLeft(rot4).Xor(x0)
	x0 = x0.Add(x1)
	x1 = x1.RotateAllLeft(rot5).Xor(x0)
	x0 = x0.Add(x1)
	x1 = x1.RotateAllLeft(rot6).Xor(x0)
	x0 = x0.Add(x1)
	x1 = x1.RotateAllLeft(rot7).Xor(x0)
	x0 = x0.Add(k2)
	x1 = x1.Add(k0).Add(archsimd.BroadcastUint32x4(2))
	x0 = x0.Add(x1)
	x1 = x1.RotateAllLeft(rot0).Xor(x0)
	x0 = x0.Add(x1)
	x1 = x1.RotateAllLeft(rot1).Xor(x0)
	x0 = x0.Add(x1)
	x1 = x1.RotateAllLeft(rot2).Xor(x0)
	x0 = x0.Add(x1)
	x1 = x1.RotateAllLeft(rot3).Xor(x0)
	x0 = x0.Add(k0)
	x1 = x1.Add(k1).Add(archsimd.BroadcastUint32x4(3))
	x0 = x0.Add(x1)
	x1 = x1.RotateAllLeft(rot4).Xor(x0)
	x0 = x0.Add(x1)
	x1 = x1.RotateAllLeft(rot5).Xor(x0)
	x0 = x0.Add(x1)
	x1 = x1.RotateAllLeft(rot6).Xor(x0)
	x0 = x0.Add(x1)
	x1 = x1.RotateAllLeft(rot7).Xor(x0)
	x0 = x0.Add(k1)
	x1 = x1.Add(k2).Add(archsimd.BroadcastUint32x4(4))
	x0 = x0.Add(x1)
	x1 = x1.RotateAllLeft(rot0).Xor(x0)
	x0 = x0.Add(x1)
	x1 = x1.RotateAllLeft(rot1).Xor(x0)
	x0 = x0.Add(x1)
	x1 = x1.RotateAllLeft(rot2).Xor(x0)
	x0 = x0.Add(x1)
	x1 = x1.RotateAllLeft(rot3).Xor(x0)
	x0 = x0.Add(k2)
	x1 = x1.Add(k0).Add(archsimd.BroadcastUint32x4(5))
	return x0, x1
}

// radiusSimd is the first half of boxMuller.
func radiusSimd(x0 archsimd.Uint32x4) archsimd.Float32x4 {
	u := x0.ShiftAllRight(1).BitsToInt32().ConvertToFloat32().MulAdd(splat(halves), splat(halves/2))
	e := u.ToBits().Sub(archsimd.BroadcastUint32x4(rootHalf)).BitsToInt32().ShiftAllRight(23)
	f := u.ToBits().Sub(e.ToBits().ShiftAllLeft(23)).BitsToFloat32().Sub(splat(1))
	p := f.MulAdd(splat(log7), splat(log6))
	p = p.MulAdd(f, splat(log5))
	p = p.MulAdd(f, splat(log4))
	p = p.MulAdd(f, splat(log3))
	p = p.MulAdd(f, splat(log2))
	p = p.MulAdd(f, splat(log1))
	p = p.MulAdd(f, splat(log0))
	return e.ConvertToFloat32().MulAdd(splat(-ln4), f.Mul(splat(-2)).Mul(p)).Sqrt()
}

// circleSimd is the second half: the cosine and the sine of a random angle.
func circleSimd(x1 archsimd.Uint32x4) (archsimd.Float32x4, archsimd.Float32x4) {
	g := x1.ShiftAllLeft(1).BitsToInt32().ConvertToFloat32().Mul(splat(quarter))
	q := g.Mul(g)
	s := q.MulAdd(splat(sin4), splat(sin3))
	s = s.MulAdd(q, splat(sin2))
	s = s.MulAdd(q, splat(sin1))
	s = s.MulAdd(q, splat(sin0))
	s = s.Mul(g)
	c := q.MulAdd(splat(cos5), splat(cos4))
	c = c.MulAdd(q, splat(cos3))
	c = c.MulAdd(q, splat(cos2))
	c = c.MulAdd(q, splat(cos1))
	c = c.MulAdd(q, splat(cos0))
	half := x1.ShiftAllRight(31).ShiftAllLeft(31)
	return c.ToBits().Add(half).BitsToFloat32(), s.ToBits().Add(half).BitsToFloat32()
}
