package metric

// The auction of Bertsekas (1988): a row without a column takes the one that is
// cheapest for it, c_ij − v_j, and lowers v_j, which makes it dearer for others,
// until the second cheapest would have been better by a raise ε. The row it drove
// out is next. It ends with every row within ε of its cheapest column. Rounds
// with smaller and smaller ε, each from the prices of the one before, reach good
// prices without the long price wars of a small ε alone.
//
// The last round has ε = 0. Then a winner's column is exactly its cheapest one,
// so its pairs are what optimality asks for (this is the "augmenting row
// reduction" of Jonker and Volgenant). But such a round need not end, so it is
// cut short, and the rows that it leaves are for the search.

// The raises, as measured to be fastest over the scenes of the benchmarks; any
// others give the same matching.
const (
	roughest = 8    // the first ε is the mean squared radius over this
	finer    = 6    // each round divides ε by this
	finest   = 1e10 // and the last positive one is about the radius / (n · this): clusters may be far tighter than their distance
	patience = 32   // bids for each row, on average, before a round is given up
	retries  = 4    // times that rows driven out by an equal bid come back
)

type auction struct {
	raise   float64 // ε of this round
	bids    int     // so far in this round
	retry   int     // how often the rows in waiting were let back in
	waiting []int32 // rows driven out by an equal bid
}

func (m *auction) init(n int) { m.waiting = make([]int32, 0, n) }

// open begins a round: every row is free.
func (a *Assignment) open(raise float64) {
	m := &a.auction
	m.raise, m.bids, m.retry, m.waiting = raise, 0, 0, m.waiting[:0]
	a.free = a.free[:0]
	for i := a.n - 1; i >= 0; i-- {
		a.colOf[i], a.rowOf[i] = -1, -1
		a.free = append(a.free, int32(i))
	}
	a.work += 4 * a.n
}

// bid lets one row bid, or ends the round.
func (a *Assignment) bid() {
	m := &a.auction
	if len(a.free) == 0 && m.retry < retries {
		a.free, m.waiting = m.waiting, a.free
		m.retry++
	}
	if len(a.free) == 0 || m.bids >= patience*a.n {
		a.close()
		return
	}
	m.bids++
	last := len(a.free) - 1
	i := a.free[last]
	a.free = a.free[:last]

	j, rise, second := a.bestTwo(i)
	price := a.price[j] - (rise + m.raise)
	equal := !(price < a.price[j]) // also where the raise is lost in rounding
	if !equal {
		a.lowerPrice(j, price)
		a.lists.epoch++
	} else if a.rowOf[j] >= 0 && second >= 0 && a.rowOf[second] < 0 && rise == 0 {
		j = second
	}
	ousted := a.match(i, j)
	switch {
	case ousted < 0:
	case equal:
		m.waiting = append(m.waiting, ousted)
	default:
		a.free = append(a.free, ousted)
	}
}

// close goes on to the next round, or from the last one to the search.
func (a *Assignment) close() {
	m := &a.auction
	if m.raise == 0 {
		a.free = append(a.free, m.waiting...)
		a.phase = searching
		return
	}
	next := m.raise / finer
	if next < a.radius/(finest*float64(a.n)) {
		next = 0
	}
	a.open(next)
}

// bestTwo finds the column that is cheapest for row i, by how much the second
// cheapest is dearer, and which that is: 0 and −1 where there is only one.
func (a *Assignment) bestTwo(i int32) (col int32, rise float64, second int32) {
	for {
		cols, cost := a.lists.of(i)
		first, next := inf, inf
		col, second = -1, -1
		for k, j := range cols {
			r := cost[k] - a.price[j]
			switch {
			case r < first:
				first, next = r, first
				col, second = j, col
			case r < next:
				next, second = r, j
			}
		}
		a.work += 2*len(cols) + 10
		if second >= 0 && next <= a.lists.bound[i] {
			return col, next - first, second
		}
		if a.n == 1 && col >= 0 {
			return col, 0, -1
		}
		a.relist(i)
	}
}
