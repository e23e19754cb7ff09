package kernel

import "math"

// The reference: the same arithmetic one number at a time. It is what a plain
// build runs and what every other implementation is tested against. The rounding
// of each product is spelled out with float32(…) so that the compiler may not
// fuse it, and the result does not depend on the machine.

// productScalar computes c = start + A B, where start is bias[r*step] in all of
// row r, or c itself if bias is nil.
//
//	c [m × n], a.data element (r, i), b [k × n]
func productScalar(c []float32, a matrix, b, bias []float32, step, m, k, n int) {
	if bias != nil {
		for r := range m {
			fill(c[r*n:(r+1)*n], bias[r*step])
		}
	}
	r := 0
	for ; r+4 <= m; r += 4 {
		productRows4(c[r*n:(r+4)*n], matrix{a.data[r*a.row:], a.row, a.col}, b, k, n)
	}
	for ; r < m; r++ {
		row := c[r*n : (r+1)*n]
		for i := range k {
			axpyScalar(row, b[i*n:(i+1)*n], a.data[r*a.row+i*a.col])
		}
	}
}

// productRows4 adds A B to four rows at once: 4 × 2 accumulators in registers.
//
//	c [4 × n], b [k × n]
func productRows4(c []float32, a matrix, b []float32, k, n int) {
	c0, c1, c2, c3 := c[:n], c[n:2*n], c[2*n:3*n], c[3*n:4*n]
	j := 0
	for ; j+2 <= n; j += 2 {
		s00, s01 := c0[j], c0[j+1]
		s10, s11 := c1[j], c1[j+1]
		s20, s21 := c2[j], c2[j+1]
		s30, s31 := c3[j], c3[j+1]
		for i := range k {
			p, q := b[i*n+j], b[i*n+j+1]
			o := i * a.col
			w0, w1, w2, w3 := a.data[o], a.data[o+a.row], a.data[o+2*a.row], a.data[o+3*a.row]
			s00 += float32(w0 * p)
			s01 += float32(w0 * q)
			s10 += float32(w1 * p)
			s11 += float32(w1 * q)
			s20 += float32(w2 * p)
			s21 += float32(w2 * q)
			s30 += float32(w3 * p)
			s31 += float32(w3 * q)
		}
		c0[j], c0[j+1] = s00, s01
		c1[j], c1[j+1] = s10, s11
		c2[j], c2[j+1] = s20, s21
		c3[j], c3[j+1] = s30, s31
	}
	for ; j < n; j++ {
		for r := range 4 {
			s := c[r*n+j]
			for i := range k {
				s += float32(a.data[r*a.row+i*a.col] * b[i*n+j])
			}
			c[r*n+j] = s
		}
	}
}

func axpyScalar(y, x []float32, a float32) {
	x = x[:len(y)]
	for j := range y {
		y[j] += float32(a * x[j])
	}
}

func fill(x []float32, v float32) {
	for j := range x {
		x[j] = v
	}
}

// transpose writes x [rows × n] to xt [n × rows], four rows at a time.
func transpose(xt, x []float32, rows, n int) {
	i := 0
	for ; i+4 <= rows; i += 4 {
		r0, r1, r2, r3 := x[i*n:][:n], x[(i+1)*n:][:n], x[(i+2)*n:][:n], x[(i+3)*n:][:n]
		o := i
		for j := range r0 {
			d := xt[o : o+4 : o+4]
			d[0], d[1], d[2], d[3] = r0[j], r1[j], r2[j], r3[j]
			o += rows
		}
	}
	for ; i < rows; i++ {
		for j, v := range x[i*n : (i+1)*n] {
			xt[j*rows+i] = v
		}
	}
}

// rowSums adds the sum of each row of x [rows × n] to s [rows].
func rowSumsScalar(s, x []float32, rows, n int) {
	for r := range rows {
		var a, b, c, d float32
		row := x[r*n : (r+1)*n]
		for ; len(row) >= 4; row = row[4:] {
			a, b, c, d = a+row[0], b+row[1], c+row[2], d+row[3]
		}
		for _, v := range row {
			a += v
		}
		s[r] += (a + b) + (c + d)
	}
}

func mulScalar(y, x []float32) {
	x = x[:len(y)]
	for j := range y {
		y[j] *= x[j]
	}
}

func sinCosScalar(s, c, x []float32) {
	s, c = s[:len(x)], c[:len(x)]
	for j, v := range x {
		u := number(min(pattern(v)&0x7fffffff, pattern(SinCosLimit)))
		y := float32(u*invPi) + round
		k := y - round
		r := u - float32(k*piHi)
		r -= float32(k * piMid)
		r -= float32(k * piLo)
		q := float32(r * r)
		p := float32(q*sin4) + sin3
		p = float32(p*q) + sin2
		p = float32(p*q) + sin1
		p = float32(p*q) + sin0
		p = float32(p * r)
		t := float32(q*cos5) + cos4
		t = float32(t*q) + cos3
		t = float32(t*q) + cos2
		t = float32(t*q) + cos1
		t = float32(t*q) + cos0
		flip := pattern(y) << 31 // odd multiples of π change both signs
		p = number(pattern(p) + flip)
		if v < 0 {
			p = -p
		}
		s[j] = p
		c[j] = number(pattern(t) + flip)
	}
}

func addAnglesScalar(s, c, s1, c1, s2, c2 []float32) {
	c, s1, c1, s2, c2 = c[:len(s)], s1[:len(s)], c1[:len(s)], s2[:len(s)], c2[:len(s)]
	for j := range s {
		s[j] = float32(s1[j]*c2[j]) + float32(c1[j]*s2[j])
		c[j] = float32(c1[j]*c2[j]) - float32(s1[j]*s2[j])
	}
}

func adamWScalar(w, m, v, g []float32, a Adam) {
	m, v, g = m[:len(w)], v[:len(w)], g[:len(w)]
	for j, gj := range g {
		mj := m[j] + float32((1-a.Beta1)*(gj-m[j]))
		vj := v[j] + float32((1-a.Beta2)*(float32(gj*gj)-v[j]))
		m[j], v[j] = mj, vj
		root := float32(math.Sqrt(float64(float32(vj * a.Second))))
		w[j] = w[j] - float32(a.Decay*w[j]) - float32(a.Rate*mj)/(root+a.Epsilon)
	}
}

func lerpScalar(y, x []float32, share float32) {
	x = x[:len(y)]
	for j := range y {
		y[j] += float32(share * (x[j] - y[j]))
	}
}

func finiteScalar(x []float32) bool {
	var s float32
	for _, v := range x {
		s += v * 0 // 0, or NaN from the first number that is not finite
	}
	return s == 0
}
