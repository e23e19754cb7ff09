package exact

import "math"

// A care says how far the near field looks, in deviations of the noise either
// way, and how much it must find there. What lies beyond is at most
// φ(reach) φ(0) of the whole, over the area of a unit of noise.
type care struct{ reach, enough float64 }

// full leaves out less than 1e-15 (φ(12) φ(0) = 8.6e-33), and single, for
// results in single precision, less than 1e-8 (φ(9) φ(0) = 4.1e-19).
func full() care   { return care{12, 1e-17} }
func single() care { return care{9, 5e-11} }

// A workspace holds what one point needs: factors and marginals of columns (x)
// and rows (y).
type workspace struct{ x, y axis }

// An axis of cells. Over the cells of the window, with s in cells from the
// middle of a cell: zero is the mean of φ(v) over the cell, first and second
// those of s φ(v) and s² φ(v). sum is the mass times the other axis's zero.
type axis struct {
	zero, first, second, sum []float64 // [cells]
}

func newWorkspace(w, h int) *workspace {
	return &workspace{x: newAxis(w), y: newAxis(h)}
}

func newAxis(n int) axis {
	b := make([]float64, 4*n)
	return axis{b[:n], b[n : 2*n], b[2*n : 3*n], b[3*n:]}
}

// near computes the posterior from the cells within reach. It is not ok when
// they hold too little for that.
func (d *Drawing) near(ws *workspace, x []float64, alpha, sigma float64, c care) (at [2]float64, logDensity, spread float64, ok bool) {
	delta := alpha * d.cell / sigma
	cols := ws.x.fill((alpha*d.x0-x[0])/sigma, delta, d.w, c.reach)
	rows := ws.y.fill((alpha*d.y0-x[1])/sigma, delta, d.h, c.reach)
	zero, sum := ws.x.zero[cols.from:cols.to], ws.x.sum[cols.from:cols.to]
	clear(sum)
	total := 0.0
	for j := rows.from; j < rows.to; j++ {
		from, to := max(cols.from, d.row[j].from), min(cols.to, d.row[j].to)
		if from >= to {
			ws.y.sum[j] = 0
			continue
		}
		mass := d.mass[j*d.w+from : j*d.w+to]
		dot := product(mass, zero[from-cols.from:], sum[from-cols.from:], ws.y.zero[j])
		ws.y.sum[j] = dot
		total += dot * ws.y.zero[j]
	}
	// Cells wider than the noise share out their mass.
	if wide := math.Max(1, delta); !(total*wide*wide > c.enough) {
		return at, 0, 0, false
	}
	var vx, vy float64
	at[0], vx = ws.x.moments(cols, total)
	at[1], vy = ws.y.moments(rows, total)
	at[0], at[1] = d.x0+d.cell*at[0], d.y0+d.cell*at[1]
	return at, math.Log(total) - 2*math.Log(sigma), d.cell * d.cell * (vx + vy), true
}

// product returns Σ m·z, and adds b·m to sum, over one row: m is read once for
// the two.
func product(m, z, sum []float64, b float64) float64 {
	z, sum = z[:len(m)], sum[:len(m)]
	var s0, s1 float64
	i := 0
	for ; i+1 < len(m); i += 2 {
		m0, m1 := m[i], m[i+1]
		s0 += m0 * z[i]
		s1 += m1 * z[i+1]
		sum[i] += b * m0
		sum[i+1] += b * m1
	}
	if i < len(m) {
		s0 += m[i] * z[i]
		sum[i] += b * m[i]
	}
	return s0 + s1
}

// moments returns mean and variance of the place along the axis, in cells.
func (a *axis) moments(s span, total float64) (mean, variance float64) {
	for i := s.from; i < s.to; i++ {
		mean += a.sum[i] * (a.zero[i]*(float64(i)+0.5) + a.first[i])
	}
	mean /= total
	for i := s.from; i < s.to; i++ {
		c := float64(i) + 0.5 - mean
		variance += a.sum[i] * (a.second[i] + c*(2*a.first[i]+c*a.zero[i]))
	}
	return mean, variance / total
}

// fill computes the factors of the cells within r of 0, where the first of n
// cells begins at v0 and each is delta wide, all in deviations of the noise.
func (a *axis) fill(v0, delta float64, n int, r float64) span {
	s := span{clamp((-r-v0)/delta, n), clamp(math.Ceil((r-v0)/delta), n)}
	if s.from >= s.to {
		return span{}
	}
	if delta < 2*narrow {
		a.bySeries(v0, delta, s)
	} else {
		a.byEdges(v0, delta, s)
	}
	return s
}

func clamp(v float64, n int) int {
	return int(math.Min(math.Max(v, 0), float64(n)))
}

// bySeries is for cells that are narrow beside the noise.
func (a *axis) bySeries(v0, delta float64, s span) {
	h := delta / 2
	for i := s.from; i < s.to; i++ {
		v := v0 + (float64(i)+0.5)*delta
		g := invRoot2Pi * math.Exp(-v*v/2)
		zero, first, second := hermite(v*v, h*h)
		a.zero[i], a.first[i], a.second[i] = g*zero, -g*v*h*first, g*second
	}
}

// byEdges is for the others: one erfc and one exp an edge.
func (a *axis) byEdges(v0, delta float64, s span) {
	v := v0 + float64(s.from)*delta
	q, g := tailAt(v)
	over := 1 / delta
	for i := s.from; i < s.to; i++ {
		w := v0 + float64(i+1)*delta
		p, f := tailAt(w)
		mass := q - p // beyond v less beyond w
		switch {
		case w <= 0:
			mass = p - q
		case v < 0:
			mass = 1 - q - p
		}
		// Moments about the middle c, from those of v about 0.
		c := v0 + (float64(i)+0.5)*delta
		one := g - f - c*mass
		two := mass + v*g - w*f - c*(2*(g-f)-c*mass)
		a.zero[i] = mass * over
		a.first[i] = one * over * over
		a.second[i] = two * over * over * over
		v, q, g = w, p, f
	}
}

// tailAt returns the mass of the normal beyond |v|, on the side of v, and its
// density there.
func tailAt(v float64) (mass, density float64) {
	return math.Erfc(math.Abs(v)*(1/math.Sqrt2)) / 2, invRoot2Pi * math.Exp(-v*v/2)
}
