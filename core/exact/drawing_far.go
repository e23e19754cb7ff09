package exact

import "math"

// far computes the posterior where the noise hardly reaches the ink: every
// cell by its logarithm, none too far. It does by 2 (W + H) calls of seen and
// one sweep over the cells what near does without logarithms, and nothing
// underflows.
func (d *Drawing) far(ws *workspace, x []float64, alpha, sigma float64) (at [2]float64, logDensity, spread float64) {
	// zero, first, second of an axis are here: log-likelihood, mean and
	// variance of a cell.
	look := func(a *axis, n int, x, origin float64) {
		for i := range n {
			l := seen(x, origin+d.cell*float64(i), origin+d.cell*float64(i+1), alpha, sigma)
			a.zero[i], a.first[i], a.second[i] = l.log, l.mean, l.variance
		}
	}
	look(&ws.x, d.w, x[0], d.x0)
	look(&ws.y, d.h, x[1], d.y0)

	// The best cell, its mass rounded to a power of two.
	best := math.Inf(-1)
	for j := range d.h {
		for i := d.row[j].from; i < d.row[j].to; i++ {
			m := d.mass[j*d.w+i]
			if l := ws.x.zero[i] + ws.y.zero[j] + rough(m); l > best && m > 0 {
				best = l
			}
		}
	}
	clear(ws.x.sum)
	clear(ws.y.sum)
	total := 0.0
	for j := range d.h {
		for i := d.row[j].from; i < d.row[j].to; i++ {
			m := d.mass[j*d.w+i]
			l := ws.x.zero[i] + ws.y.zero[j] - best
			if l+rough(m) < -80 || m == 0 {
				continue
			}
			p := m * math.Exp(l)
			ws.x.sum[i] += p
			ws.y.sum[j] += p
			total += p
		}
	}
	moments := func(a *axis) (mean, variance float64) {
		for i, p := range a.sum {
			mean += p / total * a.first[i]
		}
		for i, p := range a.sum {
			c := a.first[i] - mean
			variance += p / total * (a.second[i] + c*c)
		}
		return mean, variance
	}
	var vx, vy float64
	at[0], vx = moments(&ws.x)
	at[1], vy = moments(&ws.y)
	return at, best + math.Log(total), vx + vy
}

// rough is log m, rounded down to a multiple of log 2.
func rough(m float64) float64 {
	return float64(int(math.Float64bits(m)>>52)-1023) * math.Ln2
}
