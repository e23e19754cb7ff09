package exact

import (
	"math"

	"inkflow/core/internal/upper"
	"inkflow/core/nn/kernel"
)

// A Batch is a [Field] for many points at once in single precision, with
// buffers of its own: one a goroutine. It is a flow.Velocity, a network that
// makes no mistakes.
type Batch struct {
	field   Field
	point   []float64 // [d]
	mean    []float64 // [d]
	drawing *Drawing  // nil for other targets
	ws      *workspace
	table   *table // made when it is first needed
}

// Batch returns a field of the same target and path for [d × n] buffers. A
// drawing has a faster way in single precision, which the double precision of
// the rest confirms to about 1e-5 of the drawing's size; all other targets are
// computed in double precision and rounded.
func (f Field) Batch() *Batch {
	d := f.Dim()
	b := &Batch{field: f, point: make([]float64, d), mean: make([]float64, d)}
	if g, ok := f.Target.(*Drawing); ok {
		b.drawing, b.ws = g, newWorkspace(g.w, g.h)
	}
	return b
}

// Dim is d.
func (b *Batch) Dim() int { return b.field.Dim() }

// Velocity writes to dst [d × n] the velocity of the points x [d × n] at time t.
func (b *Batch) Velocity(dst, x []float32, t float64) {
	b.Denoiser(dst, x, t)
	alpha, sigma, dAlpha, dSigma := b.field.Path.Coefficients(t)
	if sigma < leastSigma {
		for i, mean := range dst {
			dst[i] = float32(dAlpha * float64(mean))
		}
		return
	}
	// u = (σ̇/σ) x + (σα̇ − σ̇α)/σ D.
	cx, cd := float32(dSigma/sigma), float32((sigma*dAlpha-dSigma*alpha)/sigma)
	for i, mean := range dst {
		dst[i] = cx*x[i] + cd*mean
	}
}

// Denoiser writes to dst [d × n] the posterior mean of X1 at the points
// x [d × n]. dst must not be x.
func (b *Batch) Denoiser(dst, x []float32, t float64) {
	d := len(b.point)
	if len(dst) != len(x) || len(x)%d != 0 {
		panic("exact: a batch wants two buffers of whole points, of one length")
	}
	alpha, sigma, _, _ := b.field.Path.Coefficients(t)
	n := len(x) / d
	if b.drawing != nil && alpha > 0 && alpha*b.drawing.cell <= fine*sigma {
		if b.table == nil {
			b.table = newTable(b.drawing)
		}
		for from := 0; from < n; from += block {
			b.table.denoise(b, dst, x, n, from, min(from+block, n), alpha, sigma)
		}
		return
	}
	for j := range n {
		b.one(dst, x, n, j, alpha, sigma)
	}
}

// one computes point j by itself.
func (b *Batch) one(dst, x []float32, n, j int, alpha, sigma float64) {
	for i := range b.point {
		b.point[i] = float64(x[i*n+j])
	}
	done := false
	if b.drawing != nil && alpha > 0 && sigma > leastSigma {
		upper.Clear()
		var at [2]float64
		if at, _, _, done = b.drawing.near(b.ws, b.point, alpha, sigma, single()); done {
			b.mean[0], b.mean[1] = at[0], at[1]
		}
	}
	if !done {
		b.field.Posterior(b.mean, b.point, alpha, sigma)
	}
	for i, v := range b.mean {
		dst[i*n+j] = float32(v)
	}
}

// block is the number of points that a table works on at once, fine the width
// of a cell, in units of the noise, up to which it does, and fresh the number
// of cells after which the Gaussian is computed anew.
const (
	block = 64
	fine  = 0.5
	fresh = 16
)

// A table computes the denoiser of a drawing whose cells are fine beside the
// noise, where every point sees most of the drawing. The factors of 64 points
// make a matrix, and what was a sum over cells is a matrix product.
type table struct {
	d    *Drawing
	mass []float32 // [h × w]
	none []float32 // [h] zeros
	col  []float32 // [w × 2·block] zero | zero·place + first, of the columns
	sums []float32 // [h × 2·block] mass · col
	row  []float32 // [h × 2·block] the same as col, of the rows
	acc  [3 * block]float64
}

func newTable(d *Drawing) *table {
	t := &table{d: d, mass: make([]float32, d.w*d.h), none: make([]float32, d.h),
		col: make([]float32, d.w*2*block), sums: make([]float32, d.h*2*block), row: make([]float32, d.h*2*block)}
	for k, m := range d.mass {
		t.mass[k] = float32(m)
	}
	return t
}

// denoise does the points from … to−1 of x [2 × n].
func (t *table) denoise(b *Batch, dst, x []float32, n, from, to int, alpha, sigma float64) {
	d := t.d
	delta := alpha * d.cell / sigma
	upper.Clear()
	for p := range to - from {
		factors(t.col[p:], d.w, (alpha*d.x0-float64(x[from+p]))/sigma, delta)
		factors(t.row[p:], d.h, (alpha*d.y0-float64(x[n+from+p]))/sigma, delta)
	}
	kernel.Dense(t.sums, t.mass, t.none, t.col, d.h, d.w, 2*block)

	clear(t.acc[:])
	total, sx, sy := t.acc[:block], t.acc[block:2*block], t.acc[2*block:]
	for j := range d.h {
		s, r := t.sums[j*2*block:(j+1)*2*block], t.row[j*2*block:(j+1)*2*block]
		for p := range block {
			zero := float64(r[p])
			total[p] += zero * float64(s[p])
			sx[p] += zero * float64(s[block+p])
			sy[p] += float64(r[block+p]) * float64(s[p])
		}
	}
	middleX, middleY := d.x0+d.cell*float64(d.w)/2, d.y0+d.cell*float64(d.h)/2
	for p := range to - from {
		if !(total[p] > 1e-12) { // too far out for single precision
			b.one(dst, x, n, from+p, alpha, sigma)
			continue
		}
		dst[from+p] = float32(middleX + d.cell*sx[p]/total[p])
		dst[n+from+p] = float32(middleY + d.cell*sy[p]/total[p])
	}
}

// factors writes the factors of n cells to out, one every 2·block numbers: the
// mean of φ(v) over the cell, and block further on, that of (s − n/2) φ(v), s
// the place in cells. The first cell begins at v0 and each is delta wide.
//
// The Gaussian runs from cell to cell by two multiplications. Over the cell it
// is expanded as in hermite, to order 6: at a cell of half a unit the rest is
// below 1e-7 for |v| < 4.
func factors(out []float32, n int, v0, delta float64) {
	h2 := delta * delta / 4
	m2, m4, m6 := h2/6, h2*h2/120, h2*h2*h2/5040
	f1, f3, f5 := -delta/12, -delta*h2/120, -delta*h2*h2/3360
	step := math.Exp(-delta * delta)
	for first := 0; first < n; first += fresh {
		v := v0 + (float64(first)+0.5)*delta
		cells := out[first*2*block:]
		count := min(fresh, n-first)
		if v > 10 || v+fresh*delta < -10 {
			for i := range count {
				cells[i*2*block], cells[i*2*block+block] = 0, 0
			}
			continue
		}
		g, q := invRoot2Pi*math.Exp(-v*v/2), math.Exp(-delta*(v+delta/2))
		place := float64(first) + 0.5 - float64(n)/2
		for i := range count {
			v2 := v * v
			zero := g * (1 + m2*(v2-1) + m4*((v2-6)*v2+3) + m6*(((v2-15)*v2+45)*v2-15))
			one := g * v * (f1 + f3*(v2-3) + f5*((v2-10)*v2+15))
			if g < 1e-20 { // |v| > 9.5; subnormal products would cost ten times as much
				zero, one = 0, 0
			}
			cells[i*2*block] = float32(zero)
			cells[i*2*block+block] = float32(one + zero*place)
			g *= q
			q *= step
			v += delta
			place++
		}
	}
}
