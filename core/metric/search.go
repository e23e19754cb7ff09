package metric

// A search is Dijkstra's algorithm from one free row to the nearest free column,
// over edges of length c_ij − v_j − u_i ≥ 0, along which pairs are then swapped.
type search struct {
	running bool
	level   float64   // every column nearer than this is settled
	best    float64   // distance of the nearest free column so far
	goal    int32     // that column
	dist    []float64 // [n] tentative distance of a column, +Inf if not reached
	from    []int32   // [n] row from which a column was reached
	offset  []float64 // [n] what a reached row adds: dist = c − v − offset
	horizon []float64 // [n] edges of a reached row with a smaller c − v were offered
	reached []int32   // columns whose dist is set
	settled []int32   // columns whose dist is final
	queue   heap      // of columns j, and of rows n+i that must relist
}

func (s *search) init(n int) {
	s.dist = make([]float64, n)
	s.from = make([]int32, n)
	s.offset = make([]float64, n)
	s.horizon = make([]float64, n)
	s.reached = make([]int32, 0, n)
	s.settled = make([]int32, 0, n)
	s.queue.init(2 * n)
	for j := range s.dist {
		s.dist[j] = inf
	}
}

// reset forgets the running search.
func (s *search) reset() {
	for _, j := range s.reached {
		s.dist[j] = inf
	}
	s.reached, s.settled = s.reached[:0], s.settled[:0]
	s.queue.clear()
	s.running = false
}

// searchStep starts a search, or settles one column of it, or ends it.
func (a *Assignment) searchStep() {
	s := &a.search
	if !s.running {
		if len(a.free) == 0 {
			a.finish()
			return
		}
		s.running = true
		s.level, s.best, s.goal = -inf, inf, -1
		a.leave(a.free[len(a.free)-1], 0)
		return
	}
	a.work += 50
	if s.queue.empty() || s.queue.least() >= s.best {
		a.augment()
		return
	}
	id, key := s.queue.pop()
	if int(id) >= a.n {
		a.lookFurther(id - int32(a.n))
		return
	}
	s.level = key
	s.settled = append(s.settled, id)
	i := a.rowOf[id]
	a.leave(i, a.pairCost(i, id)-a.price[id]-key)
}

// leave relaxes the edges of row i, whose own value is in offset.
func (a *Assignment) leave(i int32, offset float64) {
	s := &a.search
	s.offset[i] = offset
	a.relaxList(i)
}

// relaxList offers the edges of row i that are listed, and queues the row at the
// distance where the list is no longer enough.
func (a *Assignment) relaxList(i int32) {
	cols, cost := a.lists.of(i)
	for k, j := range cols {
		a.relax(i, j, cost[k])
	}
	a.work += 3 * len(cols)
	a.remind(i, a.lists.bound[i])
}

// remind queues row i at the distance of the cheapest edges not yet offered,
// those with c − v ≥ horizon.
func (a *Assignment) remind(i int32, horizon float64) {
	s := &a.search
	s.horizon[i] = horizon
	if key := max(horizon-s.offset[i], s.level); key < s.best {
		s.queue.lower(int32(a.n)+i, key)
	}
}

// lookFurther goes past what row i has offered: to a new list, and if the list is
// new already, to the leaves within twice the reach so far.
func (a *Assignment) lookFurther(i int32) {
	s := &a.search
	if !a.lists.fresh(i) {
		a.relist(i)
		a.relaxList(i)
		return
	}
	cols, cost := a.lists.of(i)
	reach := s.horizon[i] + (s.horizon[i] - (cost[0] - a.price[cols[0]]))
	beyond := inf
	a.survey(i)
	for f, least := range a.leaves.least[:a.leaves.count] {
		if least > reach {
			beyond = min(beyond, least)
			continue
		}
		costs, first := a.enter(i, f)
		for m, c := range costs {
			a.relax(i, int32(first+m), c)
		}
	}
	a.remind(i, beyond)
}

// relax offers the edge from row i to column j. A distance below the level is a
// rounding error; lifted to the level it cannot reopen a settled column.
func (a *Assignment) relax(i, j int32, cost float64) {
	s := &a.search
	d := max(cost-a.price[j]-s.offset[i], s.level)
	if d >= s.best || d >= s.dist[j] {
		return
	}
	if s.dist[j] == inf {
		s.reached = append(s.reached, j)
	}
	s.dist[j], s.from[j] = d, i
	if a.rowOf[j] < 0 {
		s.best, s.goal = d, j
		return
	}
	s.queue.lower(j, d)
}

// augment lowers the settled prices, so that the path found is tight, and swaps
// the pairs along it.
func (a *Assignment) augment() {
	s := &a.search
	for _, j := range s.settled {
		a.lowerPrice(j, a.price[j]+(s.dist[j]-s.best))
	}
	a.lists.epoch++
	root := a.free[len(a.free)-1]
	a.free = a.free[:len(a.free)-1]
	for j := s.goal; ; {
		i := s.from[j]
		j, a.colOf[i], a.rowOf[j] = a.colOf[i], j, i
		if i == root {
			break
		}
	}
	a.work += 4 * len(s.reached)
	s.reset()
}

func (a *Assignment) pairCost(i, j int32) float64 {
	sum := 0.0
	for k := range a.d {
		delta := a.x[k*a.n+int(i)] - a.y[k*a.n+int(j)]
		sum += delta * delta
	}
	return sum
}
