package metric

import "math"

// An Assignment matches two clouds of n points each so that the sum of squared
// Euclidean distances over the pairs is the least possible. It can be advanced
// in slices of time and started again without allocating. It is not safe for
// concurrent use.
//
// The points of x are the rows and those of y the columns of a matrix of costs
// c_ij = ‖x_i − y_j‖² that is never stored. Each column has a price v_j. A
// matching in which every row has a column that minimises c_ij − v_j for it is
// optimal, whatever the prices are: that is linear programming duality. An
// auction finds good prices (auction.go); a pass of it without a raise matches
// nearly all rows in that exact sense; and each row left over gets a shortest
// augmenting path, which keeps the others exact (search.go, after Jonker and
// Volgenant 1987). So the result is optimal up to the rounding of float64, and
// the auction only decides how soon it is there.
type Assignment struct {
	n, d         int
	givenX       []float32 // [d × n] the clouds as they came
	givenY       []float32 // [d × n]
	x, y         []float64 // [d × n] centred and scaled; y in the order of the leaves
	loose        []float64 // [d × n] y before it is put in that order
	radius       float64   // mean squared radius of x and of y
	colOf, rowOf []int32   // [n] the other of a pair, −1 for none
	price        []float64 // [n] v; it only ever falls
	costs        []float64 // [leafful] scratch: c of one row in one leaf
	leaves       leaves
	lists        shortlists
	auction      auction
	free         []int32 // rows to be matched, the last one next
	search       search

	phase    phase
	work     int // since the deadline was last asked, in units of about a nanosecond
	cost     float64
	matching []int32 // [n] the result, in the order of the caller's y
}

// A phase is what Advance does next.
type phase int

const (
	idle phase = iota // nothing was started
	bidding
	searching
	finished
)

// quantum is the work between two looks at the clock: about 0.1 ms.
const quantum = 1 << 16

// NewAssignment returns an Assignment for clouds of n ≥ 1 points.
func NewAssignment(n int) *Assignment {
	if n < 1 || n > math.MaxInt32/2 {
		panic("metric: an assignment needs at least one point")
	}
	a := &Assignment{
		n:        n,
		colOf:    make([]int32, n),
		rowOf:    make([]int32, n),
		price:    make([]float64, n),
		costs:    make([]float64, leafful),
		free:     make([]int32, 0, n),
		matching: make([]int32, n),
	}
	a.leaves.init(n)
	a.lists.init(n)
	a.auction.init(n)
	a.search.init(n)
	return a
}

// Start begins to match x to y, both [d × n] and feature-major, for any d ≥ 1.
// Both are copied. If a coordinate is not finite there is nothing to match: the
// run is over at once and W2 is NaN.
func (a *Assignment) Start(x, y []float32) {
	if len(x) == 0 || len(x)%a.n != 0 || len(x) != len(y) {
		panic("metric: clouds are not [d × n] each")
	}
	a.d = len(x) / a.n
	a.givenX, a.givenY = append(a.givenX[:0], x...), append(a.givenY[:0], y...)
	a.x, a.y, a.loose = grow(a.x, len(x)), grow(a.y, len(x)), grow(a.loose, len(x))
	for i := range a.n {
		a.colOf[i], a.rowOf[i], a.price[i] = -1, -1, 0
	}
	a.lists.forget()
	a.search.reset()
	a.work = 0
	if !a.centre() {
		a.phase, a.cost = finished, math.NaN()
		return
	}
	a.scale()
	a.leaves.plant(a.y, a.loose, a.d)
	a.open(a.radius / roughest)
	a.phase = bidding
}

// Advance works until the matching is optimal or deadline says that time is up;
// a nil deadline never does. It asks every fraction of a millisecond, and always
// gets on before it asks, so that repeated calls come to an end. It reports
// whether the matching is complete.
func (a *Assignment) Advance(deadline func() bool) (done bool) {
	if a.phase == idle {
		panic("metric: Advance before Start")
	}
	for a.phase != finished {
		if a.phase == bidding {
			a.bid()
		} else {
			a.searchStep()
		}
		if a.work >= quantum {
			a.work = 0
			if deadline != nil && deadline() {
				break
			}
		}
	}
	return a.phase == finished
}

// W2 is the 2-Wasserstein distance between the two empirical measures: the
// square root of the mean squared length of the pairs, in the units of the
// points. It is NaN if a coordinate was not finite.
func (a *Assignment) W2() float64 {
	if a.phase != finished {
		panic("metric: W2 before the assignment is done")
	}
	return math.Sqrt(a.cost)
}

// Matching is the point of y for each point of x, [n]. It is nil if a coordinate
// was not finite, and valid until the next Start.
func (a *Assignment) Matching() []int32 {
	if a.phase != finished {
		panic("metric: Matching before the assignment is done")
	}
	if math.IsNaN(a.cost) {
		return nil
	}
	return a.matching
}

// finish measures the pairs on the clouds as they came.
func (a *Assignment) finish() {
	sum := 0.0
	for i, j := range a.colOf {
		j = a.leaves.order[j]
		a.matching[i] = j
		for k := range a.d {
			gap := float64(a.givenX[k*a.n+i]) - float64(a.givenY[k*a.n+int(j)])
			sum += gap * gap
		}
	}
	a.cost = sum / float64(a.n)
	a.phase = finished
}

// match makes (i, j) a pair and returns the row that j belonged to, or −1.
func (a *Assignment) match(i, j int32) (ousted int32) {
	ousted = a.rowOf[j]
	if ousted >= 0 {
		a.colOf[ousted] = -1
	}
	a.rowOf[j], a.colOf[i] = i, j
	return ousted
}

// grow returns a slice of size numbers, in the same memory if it is large enough.
func grow(s []float64, size int) []float64 {
	if cap(s) < size {
		return make([]float64, size)
	}
	return s[:size]
}
