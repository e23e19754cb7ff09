package density

import (
	"errors"
	"math/bits"
	"math/rand/v2"
	"strconv"
)

// Target is a distribution that can be sampled.
type Target interface {
	// Dim is the number of coordinates of a point.
	Dim() int
	// Sample fills x [Dim × n], feature-major, with n independent points; n is
	// len(x)/Dim, and a length that is no multiple of Dim panics.
	Sample(rng *rand.Rand, x []float32)
}

// Sampler draws from a Grid: a cell by the alias method, in constant time
// whatever the number of cells, then a uniform place inside it. It keeps
// nothing of the grid it was made from and may be used from several goroutines
// as long as each brings its own generator.
type Sampler struct {
	x0, y0, cell float64
	slots        []slot // one for each cell that holds ink
}

// slot offers two cells: own, taken when a uniform 64-bit number lies below
// keep, and other.
type slot struct {
	keep                       uint64
	ownX, ownY, otherX, otherY uint16 // column and row
}

// NewSampler builds the alias table of g by the method of Walker (1977) as
// arranged by Vose (1991), in time linear in the number of cells. It returns
// ErrEmpty when g holds no ink and an error when a cell holds an amount that
// is negative or not finite.
func NewSampler(g *Grid) (*Sampler, error) {
	if len(g.Ink) != g.W*g.H || g.W > maxSide || g.H > maxSide {
		panic("density: the ink of a grid is [H × W]")
	}
	mass, n := 0.0, 0
	for i, v := range g.Ink {
		if !(v >= 0) || !finite(float64(v)) {
			return nil, errors.New("cell (" + strconv.Itoa(i%g.W) + ", " + strconv.Itoa(i/g.W) + ") of the drawing holds " +
				number(v) + "; ink is zero or more and finite")
		}
		if v > 0 {
			mass += float64(v)
			n++
		}
	}
	if n == 0 {
		return nil, ErrEmpty
	}
	s := &Sampler{x0: g.X0, y0: g.Y0, cell: g.Cell, slots: make([]slot, 0, n)}
	weight := make([]float64, 0, n) // share of the mass, times n: 1 on average
	for i, v := range g.Ink {
		if v > 0 {
			weight = append(weight, float64(v)*float64(n)/mass)
			s.slots = append(s.slots, slot{ownX: uint16(i % g.W), ownY: uint16(i / g.W)})
		}
	}
	s.pair(weight)
	return s, nil
}

// pair fills the slots that weigh less than average from those that weigh
// more. It consumes weight.
func (s *Sampler) pair(weight []float64) {
	// One stack from each end: light slots at the front, heavy at the back.
	n := len(weight)
	order := make([]int32, n)
	light, heavy := 0, n
	for i, w := range weight {
		if w < 1 {
			order[light] = int32(i)
			light++
		} else {
			heavy--
			order[heavy] = int32(i)
		}
	}
	for light > 0 && heavy < n {
		light--
		l, h := order[light], order[heavy]
		s.slots[l].keep = uint64(weight[l] * (1 << 63) * 2)
		s.slots[l].otherX, s.slots[l].otherY = s.slots[h].ownX, s.slots[h].ownY
		weight[h] -= 1 - weight[l]
		if weight[h] < 1 {
			heavy++
			order[light] = h
			light++
		}
	}
	// What is left weighs 1, up to rounding: it always keeps its own cell.
	for _, i := range append(order[:light:light], order[heavy:]...) {
		p := &s.slots[i]
		p.keep, p.otherX, p.otherY = ^uint64(0), p.ownX, p.ownY
	}
}

// Dim is 2.
func (s *Sampler) Dim() int { return 2 }

// Sample fills x [2 × n] with points of the drawing: two 64-bit numbers a
// point, no allocation.
func (s *Sampler) Sample(rng *rand.Rand, x []float32) {
	xs, ys := split(x)
	for j := range xs {
		// One multiplication gives the slot (high word) and the coin (low word).
		hi, coin := bits.Mul64(rng.Uint64(), uint64(len(s.slots)))
		p := &s.slots[hi]
		cx, cy := p.ownX, p.ownY
		if coin >= p.keep {
			cx, cy = p.otherX, p.otherY
		}
		u := rng.Uint64()
		xs[j] = float32(s.x0 + s.cell*(float64(cx)+float64(u>>32)*0x1p-32))
		ys[j] = float32(s.y0 + s.cell*(float64(cy)+float64(u&0xffffffff)*0x1p-32))
	}
}

// split returns the two rows of x [2 × n].
func split(x []float32) (xs, ys []float32) {
	if len(x)%2 != 0 {
		panic("density: points of two coordinates want a buffer of even length")
	}
	n := len(x) / 2
	return x[:n], x[n:]
}
