package exact

import (
	"errors"
	"math"
	"math/rand/v2"
	"strconv"
	"sync"

	"inkflow/core/internal/upper"
)

// A Box is a density that is constant on an axis-aligned box, in any dimension.
type Box struct {
	Weight float64   // > 0, in any unit
	Lo, Hi []float64 // [d] corners, Lo < Hi
}

// Boxes is a weighted mixture of boxes: a checkerboard is one. Boxes may touch
// and overlap.
type Boxes struct {
	dim   int
	log   []float64  // [k] logarithm of the weight, 1 in all
	until []float64  // [k] running sum of the weights
	axes  []segments // [d]
	edges []int      // [k × d] which segment of the axis
	mean  []float64  // [d]
	var0  float64    // trace of the covariance
	pool  sync.Pool  // of *boxesSpace
}

// segments are the different intervals that boxes have along one axis: a board
// of n × n squares needs 2n looks, not n².
type segments struct{ lo, hi []float64 }

type boxesSpace struct {
	looks []look    // of all axes, one after the other
	share []float64 // [k] posterior
	mean  []float64 // [d]
}

// NewBoxes makes a target of boxes, in the dimension of the first. It is an
// error when there are none, or one has no extent, no weight or another
// dimension.
func NewBoxes(boxes []Box) (*Boxes, error) {
	if len(boxes) == 0 {
		return nil, errors.New("there are no boxes; one at least is wanted")
	}
	d := len(boxes[0].Lo)
	b := &Boxes{dim: d, axes: make([]segments, d), mean: make([]float64, d)}
	total := 0.0
	for k, box := range boxes {
		name := "box " + strconv.Itoa(k+1)
		if len(box.Lo) != d || len(box.Hi) != d || d == 0 {
			return nil, errors.New(name + " has not the dimension of the first; all boxes have d ≥ 1 coordinates")
		}
		if !(box.Weight > 0) || math.IsInf(box.Weight, 0) {
			return nil, errors.New(name + " weighs nothing or no number; weights are positive and finite")
		}
		for i := range d {
			if !(box.Lo[i] < box.Hi[i] && box.Lo[i] > -1e9 && box.Hi[i] < 1e9) {
				return nil, errors.New(name + " has no extent along axis " + strconv.Itoa(i+1) + "; Lo < Hi within ±1e9 is wanted")
			}
			b.edges = append(b.edges, b.axes[i].find(box.Lo[i], box.Hi[i]))
		}
		total += box.Weight
	}
	sum := 0.0
	for _, box := range boxes {
		sum += box.Weight / total
		b.log, b.until = append(b.log, math.Log(box.Weight/total)), append(b.until, sum)
	}
	square := make([]float64, d)
	for _, box := range boxes {
		for i := range d {
			middle, width := (box.Lo[i]+box.Hi[i])/2, box.Hi[i]-box.Lo[i]
			b.mean[i] += box.Weight / total * middle
			square[i] += box.Weight / total * (middle*middle + width*width/12)
		}
	}
	for i, m := range b.mean {
		b.var0 += square[i] - m*m
	}
	looks := 0
	for _, s := range b.axes {
		looks += len(s.lo)
	}
	b.pool.New = func() any {
		return &boxesSpace{make([]look, looks), make([]float64, len(boxes)), make([]float64, d)}
	}
	return b, nil
}

// find returns the index of the interval, which is added if it is new.
func (s *segments) find(lo, hi float64) int {
	for k := range s.lo {
		if s.lo[k] == lo && s.hi[k] == hi {
			return k
		}
	}
	s.lo, s.hi = append(s.lo, lo), append(s.hi, hi)
	return len(s.lo) - 1
}

// Dim is d.
func (b *Boxes) Dim() int { return b.dim }

// Point draws one sample.
func (b *Boxes) Point(rng *rand.Rand, x []float64) {
	k := pick(b.until, rng.Float64())
	for i := range x {
		s := b.edges[k*b.dim+i]
		lo, hi := b.axes[i].lo[s], b.axes[i].hi[s]
		x[i] = lo + (hi-lo)*rng.Float64()
	}
}

// pick is the first k with u < until[k].
func pick(until []float64, u float64) int {
	lo, hi := 0, len(until)-1
	for lo < hi {
		if k := (lo + hi) / 2; u < until[k] {
			hi = k
		} else {
			lo = k + 1
		}
	}
	return lo
}

// Sample fills x [d × n].
func (b *Boxes) Sample(rng *rand.Rand, x []float32) { sample(b, rng, x) }

// Entropy is −E log q in nats, exactly, if no two boxes overlap; else ok is
// false.
func (b *Boxes) Entropy() (nats float64, ok bool) {
	for k, l := range b.log {
		nats += math.Exp(l) * (b.logVolume(k) - l)
		for m := range k {
			apart := false
			for i := range b.dim {
				s, t, a := b.edges[k*b.dim+i], b.edges[m*b.dim+i], &b.axes[i]
				apart = apart || a.hi[s] <= a.lo[t] || a.hi[t] <= a.lo[s]
			}
			if !apart {
				return 0, false
			}
		}
	}
	return nats, true
}

func (b *Boxes) logVolume(k int) float64 {
	v := 0.0
	for i := range b.dim {
		s := b.edges[k*b.dim+i]
		v += math.Log(b.axes[i].hi[s] - b.axes[i].lo[s])
	}
	return v
}

// Posterior implements Target.
func (b *Boxes) Posterior(mean []float64, x []float64, alpha, sigma float64) (logDensity, spread float64) {
	checkPoint(b, mean, x, alpha, sigma)
	upper.Clear()
	ws := b.pool.Get().(*boxesSpace)
	defer b.pool.Put(ws)
	at := mean
	if at == nil {
		at = ws.mean
	}
	switch {
	case alpha == 0:
		for i, v := range x {
			logDensity -= v * v / (2 * sigma * sigma)
			at[i] = b.mean[i]
		}
		return logDensity - float64(b.dim)*(math.Log(sigma)+logRoot2Pi), b.var0
	case sigma < leastSigma:
		return b.still(at, x, alpha), 0
	}
	offset := 0
	for i, a := range b.axes {
		for s := range a.lo {
			ws.looks[offset+s] = seen(x[i], a.lo[s], a.hi[s], alpha, sigma)
		}
		offset += len(a.lo)
	}
	best := math.Inf(-1)
	for k := range ws.share {
		l, offset := b.log[k], 0
		for i, a := range b.axes {
			l += ws.looks[offset+b.edges[k*b.dim+i]].log
			offset += len(a.lo)
		}
		ws.share[k] = l
		best = math.Max(best, l)
	}
	total := 0.0
	for k, l := range ws.share {
		ws.share[k] = math.Exp(l - best)
		total += ws.share[k]
	}
	offset = 0
	for i, a := range b.axes {
		looks := ws.looks[offset:]
		m, v := 0.0, 0.0
		for k, p := range ws.share {
			m += p / total * looks[b.edges[k*b.dim+i]].mean
		}
		for k, p := range ws.share {
			l := looks[b.edges[k*b.dim+i]]
			v += p / total * (l.variance + (l.mean-m)*(l.mean-m))
		}
		at[i] = m
		spread += v
		offset += len(a.lo)
	}
	return best + math.Log(total), spread
}

// still is the density itself, without noise, at x/α; at becomes the nearest
// point of the boxes. A box holds its lower edges and not its upper ones, so that
// boxes side by side count once where they touch.
func (b *Boxes) still(at, x []float64, alpha float64) (logDensity float64) {
	density, least, nearest := 0.0, math.Inf(1), 0
	for k, l := range b.log {
		r, in := 0.0, true
		for i, v := range x {
			s := b.edges[k*b.dim+i]
			lo, hi := b.axes[i].lo[s], b.axes[i].hi[s]
			d := outside(v/alpha, lo, hi)
			r += d * d
			in = in && lo <= v/alpha && v/alpha < hi
		}
		if in {
			density += math.Exp(l - b.logVolume(k))
		}
		if r < least {
			least, nearest = r, k
		}
	}
	for i, v := range x {
		s := b.edges[nearest*b.dim+i]
		at[i] = math.Min(math.Max(v/alpha, b.axes[i].lo[s]), b.axes[i].hi[s])
	}
	return math.Log(density) - float64(b.dim)*math.Log(alpha)
}
