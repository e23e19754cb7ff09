package matching

import (
	"math"

	"inkflow/core/internal/upper"
)

// Most is the largest number of points a side. The matrix then takes 64 MB.
const Most = 4096

// A Matcher pairs clouds of one size, again and again, in memory of its own. It
// must not be used by two goroutines at once.
type Matcher struct {
	n, stride int
	costs     []float32 // [n × stride] ‖x_i − y_j‖², +Inf behind the last column
	x, y      []float32 // [d × n] the clouds, centred and scaled
	price     []float32 // [stride] v
	colOf     []int32   // [n] column of a row, −1 for none
	rowOf     []int32   // [stride] row of a column, −1 for none
	free      []int32   // [n] rows that have no column yet
	times     []int32   // [n] how many columns a row is the cheapest for

	// Of one shortest path.
	key     []float32 // [stride] distance of a column, +Inf once it is settled
	open    []float32 // [stride] price of a column, −Inf once it is settled
	dist    []float32 // [stride] distance of a settled column
	from    []int32   // [stride] row from which a column was reached
	settled []int32   // columns, in order of distance
}

// New makes a Matcher for clouds of n points, 1 ≤ n ≤ Most.
func New(n int) *Matcher {
	if n < 1 || n > Most {
		panic("matching: the number of points must be 1 to 4096")
	}
	stride := (n + lanes - 1) / lanes * lanes
	f := make([]float32, n*stride+4*stride)
	i := make([]int32, 3*n+3*stride)
	m := &Matcher{n: n, stride: stride}
	m.costs, f = f[:n*stride], f[n*stride:]
	m.price, m.key, m.open, m.dist = f[:stride], f[stride:2*stride], f[2*stride:3*stride], f[3*stride:]
	m.rowOf, m.from, m.settled, i = i[:stride], i[stride:2*stride], i[2*stride:3*stride:3*stride], i[3*stride:]
	m.colOf, m.free, m.times = i[:n], i[n:2*n:2*n], i[2*n:]
	return m
}

// Match returns, for each point of x, the point of y that it is paired with: a
// permutation with the least sum of squared distances, valid until the next
// Match. If a coordinate is not finite there is nothing to pair by, and each
// point keeps its own place.
//
//	x, y [d × n], any d ≥ 1; both are left as they are
func (m *Matcher) Match(x, y []float32) []int32 {
	if len(x) == 0 || len(x)%m.n != 0 || len(x) != len(y) {
		panic("matching: clouds are not [d × n] each")
	}
	m.x, m.y = append(m.x[:0], x...), append(m.y[:0], y...)
	if m.n == 1 || !standardise(m.x, m.n) || !standardise(m.y, m.n) {
		for i := range m.colOf {
			m.colOf[i] = int32(i)
		}
		return m.colOf
	}
	m.measure()
	m.reduce()
	m.bid()
	for _, i := range m.free {
		m.augment(i)
	}
	return m.colOf
}

// standardise moves a cloud to mean 0 and mean square 1 and reports whether it
// is finite. The best permutation stays what it was: Σ‖x_i − y_π(i)‖² is a
// constant less 2Σ⟨x_i, y_π(i)⟩. But prices that start at column minima are far
// off where one cloud is wider than the other, and close where it is not.
func standardise(x []float32, n int) bool {
	var square float64
	for from := 0; from < len(x); from += n {
		row := x[from : from+n]
		var sum float64
		for _, v := range row {
			sum += float64(v)
		}
		mean := sum / float64(n)
		for j, v := range row {
			e := float64(v) - mean
			square += e * e
			row[j] = float32(e)
		}
	}
	root := math.Sqrt(square / float64(n))
	if math.IsNaN(root) || math.IsInf(root, 0) {
		return false
	}
	if root == 0 {
		return true
	}
	for i, v := range x {
		x[i] = float32(float64(v) / root)
	}
	return true
}

// measure fills the matrix of costs.
func (m *Matcher) measure() {
	n := m.n
	for i := range n {
		row := m.row(int32(i))
		clear(row[:n])
		for k := 0; k < len(m.x); k += n {
			addSquares(row[:n], m.y[k:k+n], m.x[k+i])
		}
		for j := n; j < m.stride; j++ {
			row[j] = inf
		}
	}
}

var inf = float32(math.Inf(1))

// row is where every scan begins.
func (m *Matcher) row(i int32) []float32 {
	upper.Clear()
	return m.costs[int(i)*m.stride:][:m.stride]
}

// pair gives row i the column j and returns the row that had it, or −1.
func (m *Matcher) pair(i, j int32) (ousted int32) {
	ousted = m.rowOf[j]
	m.rowOf[j], m.colOf[i] = i, j
	return ousted
}

// reduce sets every price to the least cost in its column and gives rows that
// are the cheapest somewhere one of those columns. Where it is only one, its
// price falls until the row is indifferent between it and the next best.
func (m *Matcher) reduce() {
	for j := range m.price {
		m.price[j], m.rowOf[j] = inf, -1
	}
	for i := range m.colOf {
		m.colOf[i], m.times[i] = -1, 0
		leastRow(m.price, m.from, m.row(int32(i)), int32(i))
	}
	for j := m.n; j < m.stride; j++ {
		m.price[j] = 0 // behind the last column, where costs are infinite
	}
	for j := m.n - 1; j >= 0; j-- {
		i := m.from[j]
		if m.times[i]++; m.times[i] == 1 {
			m.pair(i, int32(j))
		}
	}
	m.free = m.free[:0]
	for i, times := range m.times {
		switch times {
		case 0:
			m.free = append(m.free, int32(i))
		case 1:
			first, second, _ := twoLeast(m.row(int32(i)), m.price)
			m.price[m.colOf[i]] -= second - first
		}
	}
}

// Rows without a column bid in two rounds, about so many times a row in all. More
// bids leave fewer rows for the search, and cost more than they save.
const (
	rounds  = 2
	bidsRow = .5
)

// bid lets each free row take the column that is cheapest for it, and lower its
// price until the second cheapest is as good. The row that it drives out bids
// next, or, where the price did not change, in the next round.
func (m *Matcher) bid() {
	for range rounds {
		left := int(bidsRow * float64(m.n))
		waiting, next := 0, 0
		for next < len(m.free) {
			i := m.free[next]
			next++
			left--
			row := m.row(i)
			first, second, at := twoLeast(row, m.price)
			j := int32(at)
			price := m.price[j] - (second - first)
			falls := price < m.price[j]
			if falls {
				m.price[j] = price
			} else if m.rowOf[j] >= 0 { // another column is just as good
				for k := int(j) + 1; k < m.n; k++ {
					if row[k]-m.price[k] == first {
						j = int32(k)
						break
					}
				}
			}
			switch ousted := m.pair(i, j); {
			case ousted < 0:
			case falls && left > 0:
				m.colOf[ousted] = -1
				next--
				m.free[next] = ousted
			default:
				m.colOf[ousted] = -1
				m.free[waiting] = ousted
				waiting++
			}
		}
		m.free = m.free[:waiting]
	}
}

// augment finds the shortest path from the free row start to a free column, by
// Dijkstra's algorithm over c_ij − v_j − u_i, and swaps the pairs along it.
func (m *Matcher) augment(start int32) {
	copy(m.open, m.price)
	for j := range m.key {
		m.key[j] = inf
	}
	m.settled = m.settled[:0]
	i, offset := start, float32(0)
	var end int32
	var reach float32
	for {
		// The key of column j becomes min(key, c_ij − v_j − offset); that of a
		// settled one stays, since its open price is −Inf.
		least, at := relax(m.key, m.from, m.row(i), m.open, offset, i)
		reach, end = least, int32(at)
		if m.rowOf[end] < 0 {
			break
		}
		i = m.rowOf[end]
		offset = m.row(i)[end] - m.price[end] - reach
		m.dist[end] = reach
		m.key[end], m.open[end] = inf, -inf
		m.settled = append(m.settled, end)
	}
	for _, j := range m.settled { // so that the path found is tight
		m.price[j] += m.dist[j] - reach
	}
	for {
		i := m.from[end]
		was := m.colOf[i]
		m.pair(i, end)
		if i == start {
			return
		}
		end = was
	}
}
