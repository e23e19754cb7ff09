package exact

import (
	"errors"
	"math"
	"math/rand/v2"
	"strconv"
	"sync"

	"inkflow/core/density"
	"inkflow/core/internal/upper"
)

// A Drawing is a density that is constant on the square cells of a grid, and
// stays exactly that: no cell is replaced by a point.
//
// The likelihood of a cell is a product of one factor in x and one in y, so a
// point needs the factors of the columns and of the rows, and then two
// products of the cells' masses with them: 2 · W · H multiply-adds. Columns
// and rows further than twelve deviations of the noise are not looked at, once
// it is certain that they do not matter.
type Drawing struct {
	x0, y0, cell float64
	w, h         int
	mass         []float64 // [h × w] of each cell, 1 in all; cropped to the ink
	row          []span    // [h] columns that hold ink
	alias        *density.Sampler
	mean         [2]float64
	spread       float64 // trace of the covariance
	entropy      float64
	scratch      sync.Pool // of *workspace
}

// A span is a half-open range of cells.
type span struct{ from, to int }

// NewDrawing takes a picture of g as it is now. It returns density.ErrEmpty
// when there is no ink and an error when a cell is negative or not finite.
func NewDrawing(g *density.Grid) (*Drawing, error) {
	alias, err := density.NewSampler(g) // judges the ink
	if err != nil {
		return nil, err
	}
	left, bottom, w, h := crop(g)
	d := &Drawing{x0: g.X0 + float64(left)*g.Cell, y0: g.Y0 + float64(bottom)*g.Cell, cell: g.Cell, w: w, h: h,
		mass: make([]float64, w*h), row: make([]span, h), alias: alias}
	far := math.Abs(d.x0) + math.Abs(d.y0) + g.Cell*float64(w+h)
	if !(far < 1e9 && g.Cell > 1e-9) {
		return nil, errors.New("the drawing reaches out to " + strconv.FormatFloat(far, 'g', 3, 64) +
			" with cells of " + strconv.FormatFloat(g.Cell, 'g', 3, 64) + "; within ±1e9 and cells above 1e-9 are wanted")
	}
	total := g.Mass()
	logArea := 2 * math.Log(g.Cell)
	for j := range h {
		row := d.mass[j*w : (j+1)*w]
		for i := range row {
			m := float64(g.Ink[(bottom+j)*g.W+left+i]) / total
			row[i] = m
			if m > 0 {
				d.entropy -= m * (math.Log(m) - logArea)
				if d.row[j].to == 0 {
					d.row[j].from = i
				}
				d.row[j].to = i + 1
			}
		}
	}
	var cov [2][2]float64
	d.mean, cov = g.Moments()
	d.spread = cov[0][0] + cov[1][1]
	d.scratch.New = func() any { return newWorkspace(w, h) }
	return d, nil
}

// crop is the smallest box of cells that holds all the ink.
func crop(g *density.Grid) (left, bottom, w, h int) {
	left, bottom = g.W, g.H
	right, top := 0, 0
	for k, v := range g.Ink {
		if v > 0 {
			i, j := k%g.W, k/g.W
			left, right = min(left, i), max(right, i+1)
			bottom, top = min(bottom, j), max(top, j+1)
		}
	}
	return left, bottom, right - left, top - bottom
}

// Dim is 2.
func (d *Drawing) Dim() int { return 2 }

// Entropy is −E log q in nats, exactly: the best possible mean negative
// log-likelihood of any model of this drawing. ok is always true.
func (d *Drawing) Entropy() (nats float64, ok bool) { return d.entropy, true }

// Sample fills x [2 × n].
func (d *Drawing) Sample(rng *rand.Rand, x []float32) { d.alias.Sample(rng, x) }

// Point draws one point in double precision, so that no rounding carries it
// out of its cell.
func (d *Drawing) Point(rng *rand.Rand, x []float64) {
	var at [2]float32
	d.alias.Sample(rng, at[:])
	// Which cell it is survives the rounding to float32 but for its border;
	// the place inside is drawn anew.
	i, j := d.cellAt(float64(at[0]), float64(at[1]))
	x[0] = d.x0 + d.cell*(float64(i)+rng.Float64())
	x[1] = d.y0 + d.cell*(float64(j)+rng.Float64())
}

// cellAt is the inked cell at, or nearest to, a place.
func (d *Drawing) cellAt(x, y float64) (i, j int) {
	u, v := (x-d.x0)/d.cell, (y-d.y0)/d.cell
	if u >= 0 && v >= 0 && u < float64(d.w) && v < float64(d.h) {
		if i, j = int(u), int(v); d.mass[j*d.w+i] > 0 {
			return i, j
		}
	}
	least := math.Inf(1)
	for b := range d.h {
		dy := outside(v, float64(b), float64(b+1))
		if dy*dy >= least {
			continue
		}
		for a := d.row[b].from; a < d.row[b].to; a++ {
			dx := outside(u, float64(a), float64(a+1))
			if r := dx*dx + dy*dy; r < least && d.mass[b*d.w+a] > 0 {
				least, i, j = r, a, b
			}
		}
	}
	return i, j
}

// outside is the distance from u to [lo, hi].
func outside(u, lo, hi float64) float64 { return math.Max(0, math.Max(lo-u, u-hi)) }

// Posterior implements Target.
func (d *Drawing) Posterior(mean []float64, x []float64, alpha, sigma float64) (logDensity, spread float64) {
	checkPoint(d, mean, x, alpha, sigma)
	upper.Clear()
	var at [2]float64
	switch {
	case alpha == 0:
		r := (x[0]*x[0] + x[1]*x[1]) / (sigma * sigma)
		at, spread, logDensity = d.mean, d.spread, -r/2-2*(math.Log(sigma)+logRoot2Pi)
	case sigma < leastSigma:
		at, logDensity = d.still(x[0]/alpha, x[1]/alpha)
		logDensity -= 2 * math.Log(alpha)
	default:
		ws := d.scratch.Get().(*workspace)
		var ok bool
		if at, logDensity, spread, ok = d.near(ws, x, alpha, sigma, full()); !ok {
			at, logDensity, spread = d.far(ws, x, alpha, sigma)
		}
		d.scratch.Put(ws)
	}
	if mean != nil {
		mean[0], mean[1] = at[0], at[1]
	}
	return logDensity, spread
}

// still is the density itself, without noise.
func (d *Drawing) still(x, y float64) (at [2]float64, logDensity float64) {
	i, j := d.cellAt(x, y)
	left, bottom := d.x0+d.cell*float64(i), d.y0+d.cell*float64(j)
	at[0] = math.Min(math.Max(x, left), left+d.cell)
	at[1] = math.Min(math.Max(y, bottom), bottom+d.cell)
	if at[0] != x || at[1] != y {
		return at, math.Inf(-1)
	}
	return at, math.Log(d.mass[j*d.w+i]) - 2*math.Log(d.cell)
}
