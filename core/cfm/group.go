package cfm

// groups splits a batch into parts of nearly equal size, so that a coupling whose
// cost grows faster than the batch can take it in parts. Points are independent
// draws, so any split is as good as another.
type groups struct {
	n, d, count int
	a, b        []float32 // [d × largest group], one group side by side
	scratch     []float32 // [largest group]
}

func newGroups(n, d, most int) groups {
	count := (n + most - 1) / most
	largest := (n + count - 1) / count
	buffer := make([]float32, (2*d+1)*largest)
	return groups{
		n: n, d: d, count: count,
		a: buffer[:d*largest], b: buffer[d*largest : 2*d*largest], scratch: buffer[2*d*largest:],
	}
}

// sizes are the sizes that groups have: one, or two that differ by one point. A
// size's place is its kind.
func (g *groups) sizes() []int {
	least := g.n / g.count
	if g.n%g.count == 0 {
		return []int{least}
	}
	return []int{least, least + 1}
}

// each permutes x1 group by group: match is given one group's points, [d × m], and
// returns which point of b goes with each of a.
func (g *groups) each(x0, x1 []float32, match func(kind int, a, b []float32) []int32) {
	if len(x0) != g.n*g.d || len(x1) != len(x0) {
		panic("cfm: a matcher was given a batch of another size than it was made for")
	}
	if g.count == 1 {
		permute(x1, match(0, x0, x1), g.scratch)
		return
	}
	least := g.n / g.count
	for k := range g.count {
		from, to := k*g.n/g.count, (k+1)*g.n/g.count
		m := to - from
		a, b := g.a[:g.d*m], g.b[:g.d*m]
		for i := range g.d {
			copy(a[i*m:(i+1)*m], x0[i*g.n+from:])
			copy(b[i*m:(i+1)*m], x1[i*g.n+from:])
		}
		permute(b, match(m-least, a, b), g.scratch)
		for i := range g.d {
			copy(x1[i*g.n+from:i*g.n+to], b[i*m:(i+1)*m])
		}
	}
}
