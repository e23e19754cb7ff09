package metric

// The columns are laid out so that neighbours in space are neighbours in memory:
// a k-d tree (Bentley 1975), of which only the leaves are kept. A row that looks
// for cheap columns reads a box and a highest price a leaf, and enters only the
// leaves that can hold what it wants. No dimension is special: where boxes tell
// little, every leaf is entered.

// leafful is the largest number of columns in a leaf.
const leafful = 16

type leaves struct {
	d      int
	count  int       // leaves
	first  []int32   // [count + 1] where the columns of a leaf begin
	of     []int32   // [n] leaf of a column
	lo, hi []float64 // [d × count] box around the columns of a leaf
	top    []float64 // [count] highest price in a leaf
	least  []float64 // [count] no c_ij − v_j in a leaf is smaller, for one row
	order  []int32   // [n] a column's index in the caller's y
}

func (l *leaves) init(n int) {
	most := max(1, 2*n/leafful) // halving leaves more than leafful/2 in each
	l.first = make([]int32, most+1)
	l.of = make([]int32, n)
	l.top = make([]float64, most)
	l.least = make([]float64, most)
	l.order = make([]int32, n)
}

// plant orders the columns y, [d × n], into leaves; arranged receives them.
func (l *leaves) plant(arranged, y []float64, d int) {
	n := len(l.order)
	for j := range l.order {
		l.order[j] = int32(j)
	}
	l.d, l.count = d, 0
	l.split(y, 0, n)
	l.first[l.count] = int32(n)
	for k := range d {
		for j, o := range l.order {
			arranged[k*n+j] = y[k*n+int(o)]
		}
	}
	clear(l.top) // every price is 0
	l.lo, l.hi = grow(l.lo, d*l.count), grow(l.hi, d*l.count)
	for f := range l.count {
		for j := l.first[f]; j < l.first[f+1]; j++ {
			l.of[j] = int32(f)
		}
		for k := range d {
			at := k*l.count + f
			l.lo[at], l.hi[at] = extent(arranged[k*n+int(l.first[f]) : k*n+int(l.first[f+1])])
		}
	}
}

// split halves order[from:to] across its widest axis until it fits a leaf.
func (l *leaves) split(y []float64, from, to int) {
	if to-from <= leafful {
		l.first[l.count] = int32(from)
		l.count++
		return
	}
	n := len(l.order)
	widest, axis := -1.0, 0
	for k := range l.d {
		lo, hi := inf, -inf
		for _, o := range l.order[from:to] {
			c := y[k*n+int(o)]
			lo, hi = min(lo, c), max(hi, c)
		}
		if hi-lo > widest {
			widest, axis = hi-lo, k
		}
	}
	middle := (from + to) / 2
	halve(l.order[from:to], y[axis*n:][:n], middle-from)
	l.split(y, from, middle)
	l.split(y, middle, to)
}

// halve permutes order so that no coordinate before place is larger than one at
// or after it (Hoare 1961, "Find").
func halve(order []int32, at []float64, place int) {
	for lo, hi := 0, len(order)-1; lo < hi; {
		pivot := at[order[(lo+hi)/2]]
		i, j := lo, hi
		for i <= j {
			for at[order[i]] < pivot {
				i++
			}
			for at[order[j]] > pivot {
				j--
			}
			if i <= j {
				order[i], order[j] = order[j], order[i]
				i, j = i+1, j-1
			}
		}
		if j < place {
			lo = i
		}
		if place < i {
			hi = j
		}
	}
}

func extent(x []float64) (lo, hi float64) {
	lo, hi = x[0], x[0]
	for _, v := range x {
		lo, hi = min(lo, v), max(hi, v)
	}
	return lo, hi
}

// survey sets least for row i and returns the leaf where it is smallest. Each
// bound is rounded as the numbers it bounds are, so it holds to the last bit.
func (a *Assignment) survey(i int32) (nearest int) {
	l := &a.leaves
	least := l.least[:l.count]
	for k := range a.d {
		p := a.x[k*a.n+int(i)]
		lo, hi := l.lo[k*l.count:][:len(least)], l.hi[k*l.count:][:len(least)]
		if k == 0 {
			clear(least)
		}
		for f := range least {
			gap := max(lo[f]-p, p-hi[f], 0)
			least[f] += gap * gap
		}
	}
	top := l.top[:len(least)]
	for f := range least {
		least[f] -= top[f]
		if least[f] < least[nearest] {
			nearest = f
		}
	}
	a.work += 2 * (a.d + 1) * l.count
	return nearest
}

// enter returns c_ij for the columns j of leaf f, in scratch, and the first j.
func (a *Assignment) enter(i int32, f int) (costs []float64, first int) {
	n := a.n
	first = int(a.leaves.first[f])
	size := int(a.leaves.first[f+1]) - first
	costs = a.costs[:size]
	k := a.d % 2
	if k == 1 {
		p, q := a.x[i], a.y[first:][:size]
		for m := range costs {
			u := p - q[m]
			costs[m] = u * u
		}
	} else {
		clear(costs)
	}
	for ; k < a.d; k += 2 { // two axes at a time
		p, r := a.x[k*n+int(i)], a.x[(k+1)*n+int(i)]
		q, s := a.y[k*n+first:][:size], a.y[(k+1)*n+first:][:size]
		for m := range costs {
			u, w := p-q[m], r-s[m]
			costs[m] = costs[m] + u*u + w*w // axis after axis, as survey does
		}
	}
	a.work += size * (a.d + 4)
	return costs, first
}

// lowerPrice sets the price of column j to one that is not higher.
func (a *Assignment) lowerPrice(j int32, price float64) {
	l := &a.leaves
	f := l.of[j]
	was := a.price[j]
	a.price[j] = price
	if was == l.top[f] {
		a.crown(int(f))
	}
}

// crown finds the highest price of leaf f.
func (a *Assignment) crown(f int) {
	l := &a.leaves
	_, l.top[f] = extent(a.price[l.first[f]:l.first[f+1]])
}
