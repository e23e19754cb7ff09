package metric

import "math"

var inf = math.Inf(1)

// Almost every column is of no interest to a row: it is too far away. So each
// row keeps a short list of the columns that were cheapest for it when it last
// looked at all of them, and a bound under which no other column was then. As
// prices only fall, c_ij − v_j only rises, and the bound stays true for ever.
// What stays below the bound is exact on the list alone; what does not looks at
// the leaves again.

// listed is the most columns on a list.
const listed = 16

type shortlists struct {
	cols  []int32   // [n × listed]
	cost  []float64 // [n × listed] c of those columns
	held  []int32   // [n] columns on the list; none before the first look
	bound []float64 // [n] c_ij − v_j ≥ bound for every column not on the list
	reach []float64 // [n] how far above the cheapest the bound was
	seen  []int     // [n] epoch in which the list was made
	epoch int       // counts the changes of any price
}

func (l *shortlists) init(n int) {
	l.cols = make([]int32, n*listed)
	l.cost = make([]float64, n*listed)
	l.held = make([]int32, n)
	l.bound = make([]float64, n)
	l.reach = make([]float64, n)
	l.seen = make([]int, n)
}

// forget empties the lists.
func (l *shortlists) forget() {
	for i := range l.held {
		l.held[i], l.bound[i], l.reach[i], l.seen[i] = 0, -inf, inf, 0
	}
	l.epoch = 1
}

// of returns the list of row i.
func (l *shortlists) of(i int32) (cols []int32, cost []float64) {
	from := int(i) * listed
	to := from + int(l.held[i])
	return l.cols[from:to], l.cost[from:to]
}

// fresh reports whether no price has changed since row i made its list.
func (l *shortlists) fresh(i int32) bool { return l.seen[i] == l.epoch }

// relist looks at the leaves again and lists the cheapest columns for row i at
// the prices of now: those within twice the last reach, and of these no more than
// fit. At least the two cheapest are listed, if there are two.
func (a *Assignment) relist(i int32) {
	l := &a.lists
	from := int(i) * listed
	r := ranking{cols: l.cols[from:][:listed], cost: l.cost[from:][:listed], limit: inf, bound: inf}
	nearest := a.survey(i)
	a.rank(&r, i, nearest)
	second := r.reduced[min(1, r.held-1)]
	r.limit = min(r.limit, max(r.reduced[0]+2*l.reach[i], second))
	for f, least := range a.leaves.least[:a.leaves.count] {
		switch {
		case f == nearest:
		case least < r.limit:
			a.rank(&r, i, f)
		default:
			r.bound = min(r.bound, least)
		}
	}
	l.held[i] = int32(r.held)
	l.bound[i] = r.bound
	l.reach[i] = r.bound - r.reduced[0]
	l.seen[i] = l.epoch
}

// A ranking is a list in the making, in rising order of c − v.
type ranking struct {
	cols    []int32         // [listed]
	cost    []float64       // [listed]
	reduced [listed]float64 // c − v
	held    int
	limit   float64 // what is not below it is turned away
	bound   float64 // the least c − v that was turned away
}

// rank offers the columns of leaf f to the list of row i.
func (a *Assignment) rank(r *ranking, i int32, f int) {
	costs, first := a.enter(i, f)
	price := a.price[first:][:len(costs)]
	for m, c := range costs {
		v := c - price[m]
		if v >= r.limit {
			r.bound = min(r.bound, v)
			continue
		}
		if r.held == listed {
			r.held--
			r.bound = min(r.bound, r.reduced[r.held])
		}
		at := r.held
		for at > 0 && r.reduced[at-1] > v {
			r.reduced[at], r.cols[at], r.cost[at] = r.reduced[at-1], r.cols[at-1], r.cost[at-1]
			at--
		}
		r.reduced[at], r.cols[at], r.cost[at] = v, int32(first+m), c
		r.held++
		if r.held == listed {
			r.limit = min(r.limit, r.reduced[listed-1])
		}
	}
}
