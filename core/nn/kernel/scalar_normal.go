package kernel

import (
	"math"
	"math/bits"
)

// The reference for [Normal], one pair at a time.

// threefry is Threefry-2x32 with 20 rounds: key k, counter c.
func threefry(k0, k1, c0, c1 uint32) (x0, x1 uint32) {
	keys := [3]uint32{k0, k1, parity ^ k0 ^ k1}
	rotations := [2][4]int{{rot0, rot1, rot2, rot3}, {rot4, rot5, rot6, rot7}}
	x0, x1 = c0+k0, c1+k1
	for i := range uint32(5) {
		for _, r := range rotations[i%2] {
			x0 += x1
			x1 = bits.RotateLeft32(x1, r) ^ x0
		}
		x0 += keys[(i+1)%3]
		x1 += keys[(i+2)%3] + i + 1
	}
	return x0, x1
}

// boxMuller turns two random words into two independent normal numbers: a radius
// √(−2 ln u) from the first and an angle from the second, in which the highest
// bit chooses the half of the circle and the others the place in it.
func boxMuller(x0, x1 uint32) (a, b float32) {
	u := float32(float32(int32(x0>>1))*halves) + halves/2
	e := int32(pattern(u)-rootHalf) >> 23
	f := number(pattern(u)-uint32(e)<<23) - 1
	p := float32(f*log7) + log6
	p = float32(p*f) + log5
	p = float32(p*f) + log4
	p = float32(p*f) + log3
	p = float32(p*f) + log2
	p = float32(p*f) + log1
	p = float32(p*f) + log0
	l := float32(float32(e)*-ln4) + float32(float32(f*-2)*p)
	radius := float32(math.Sqrt(float64(l)))

	g := float32(float32(int32(x1<<1)) * quarter)
	q := float32(g * g)
	s := float32(q*sin4) + sin3
	s = float32(s*q) + sin2
	s = float32(s*q) + sin1
	s = float32(s*q) + sin0
	s = float32(s * g)
	c := float32(q*cos5) + cos4
	c = float32(c*q) + cos3
	c = float32(c*q) + cos2
	c = float32(c*q) + cos1
	c = float32(c*q) + cos0
	half := x1 >> 31 << 31
	c = number(pattern(c) + half)
	s = number(pattern(s) + half)
	return float32(radius * c), float32(radius * s)
}

// normalsScalar fills dst with whole blocks.
//
//	dst [blocks × (16 cosines, 16 sines)]
func normalsScalar(dst []float32, key [2]uint32, block uint64) {
	for ; len(dst) >= blockNumbers; dst = dst[blockNumbers:] {
		for i := range blockPairs {
			c := block*blockPairs + uint64(i)
			x0, x1 := threefry(key[0], key[1], uint32(c), uint32(c>>32))
			dst[i], dst[blockPairs+i] = boxMuller(x0, x1)
		}
		block++
	}
}
