package cfm

import (
	"math"
	"math/rand/v2"

	"inkflow/core/internal/upper"
)

// A plan is an entropic plan between two clouds of n points, and a permutation
// drawn from it.
type plan struct {
	n     int
	cost  []float64 // [n × n] ‖x_i − y_j‖²
	k     []float64 // [n × n] exp((f_i + g_j − cost)/ε)
	f, g  []float64 // [n] potentials, as far as they are in k
	u, v  []float64 // [n] what is not: the plan is u_i k_ij v_j
	sums  []float64 // [n]
	rows  []int32   // [n] in random order
	left  []int32   // columns that are still free
	order []int32   // [n] column of each row
	mean  float64   // of the costs
}

func newPlan(most int) *plan {
	f := func(n int) []float64 { return make([]float64, n) }
	i := func() []int32 { return make([]int32, most) }
	return &plan{
		cost: f(most * most), k: f(most * most), f: f(most), g: f(most), u: f(most), v: f(most), sums: f(most),
		rows: i(), left: i(), order: i(),
	}
}

// measure fills the costs, and reports whether they are finite.
func (p *plan) measure(x, y []float32, n int) bool {
	p.n = n
	p.order = p.order[:n]
	p.mean = 0
	for i := range n {
		upper.Clear()
		row := p.cost[i*n : (i+1)*n]
		clear(row)
		for from := 0; from < len(x); from += n {
			at := float64(x[from+i])
			for j, v := range y[from : from+n] {
				row[j] += (at - float64(v)) * (at - float64(v))
			}
		}
		for _, c := range row {
			p.mean += c / float64(n*n)
		}
	}
	return !math.IsNaN(p.mean) && !math.IsInf(p.mean, 0)
}

// identity is no change.
func (p *plan) identity() []int32 {
	for i := range p.order {
		p.order[i] = int32(i)
	}
	return p.order
}

// How the plan is found. A plan whose margins are off by a hundredth is good
// enough to draw from: the swaps have the last word.
const (
	coarser   = 4    // each stage has ε smaller by this factor
	perStage  = 8    // iterations of the stages before the last
	atLast    = 100  // iterations of the last one, at most
	tolerance = .01  // of the margins, their mean error relative to 1/n
	overflow  = 1e60 // u and v move into the potentials before they get there
	nothing   = -40  // exponents below this are as good as minus infinity
	swaps     = 16   // offers to swap, a point
)

// solve finds potentials for ε.
func (p *plan) solve(epsilon float64) {
	n := p.n
	clear(p.f[:n])
	clear(p.g[:n])
	e := epsilon
	for e < p.mean/coarser {
		e *= coarser
	}
	for ; e > epsilon*1.001; e /= coarser {
		p.stage(e, perStage)
	}
	p.stage(epsilon, atLast)
}

// stage iterates at one ε.
func (p *plan) stage(epsilon float64, iterations int) {
	p.spread(epsilon)
	for range iterations {
		off, large := p.iterate()
		if large > overflow {
			p.absorb(epsilon)
			p.spread(epsilon)
		}
		if off < tolerance {
			break
		}
	}
	p.absorb(epsilon)
}

// spread computes k from the potentials. So that no row of it vanishes, f is set
// to the soft minimum of its row first: one iteration in logarithms.
func (p *plan) spread(epsilon float64) {
	n := p.n
	for i := range n {
		upper.Clear()
		cost, k := p.cost[i*n:(i+1)*n], p.k[i*n:(i+1)*n]
		least := math.Inf(1)
		for j, c := range cost {
			least = min(least, c-p.g[j])
		}
		sum := 0.
		for j, c := range cost {
			k[j] = 0
			if z := (least - c + p.g[j]) / epsilon; z > nothing {
				k[j] = math.Exp(z)
				sum += k[j]
			}
		}
		p.f[i] = least - epsilon*math.Log(sum*float64(n))
		for j := range k {
			k[j] /= sum * float64(n)
		}
		p.u[i], p.v[i] = 1, 1
	}
}

// iterate makes the columns' margins right, then the rows', and returns how far
// the columns' were off before, and the largest of u, v and their inverses.
func (p *plan) iterate() (off, large float64) {
	n := p.n
	each := 1 / float64(n)
	sums := p.sums[:n]
	clear(sums)
	for i, u := range p.u[:n] {
		for j, k := range p.k[i*n : (i+1)*n] {
			sums[j] += u * k
		}
	}
	upper.Clear()
	large = 1
	for j, s := range sums {
		off += math.Abs(p.v[j]*s - each)
		p.v[j] = each / max(s, 1e-200)
		large = max(large, p.v[j], 1/p.v[j])
	}
	v := p.v[:n]
	for i := range p.u[:n] {
		sum := 0.
		for j, k := range p.k[i*n : (i+1)*n] {
			sum += k * v[j]
		}
		p.u[i] = each / max(sum, 1e-200)
		large = max(large, p.u[i], 1/p.u[i])
	}
	return off, large
}

// absorb moves u and v into the potentials.
func (p *plan) absorb(epsilon float64) {
	upper.Clear()
	for i := range p.n {
		p.f[i] += epsilon * math.Log(p.u[i])
		p.g[i] += epsilon * math.Log(p.v[i])
	}
}

// choose draws a permutation: rows in random order, each among the columns left.
func (p *plan) choose(rng *rand.Rand) {
	n := p.n
	rows, left := p.rows[:n], p.left[:n]
	for i := range rows {
		rows[i], left[i] = int32(i), int32(i)
	}
	for i := n - 1; i > 0; i-- { // Fisher and Yates
		j := rng.IntN(i + 1)
		rows[i], rows[j] = rows[j], rows[i]
	}
	for _, i := range rows {
		upper.Clear()
		k := p.k[int(i)*n : (int(i)+1)*n]
		sum := 0.
		for _, j := range left {
			sum += k[j] * p.v[j]
		}
		at, rest := 0, sum*rng.Float64()
		if sum > 0 {
			for at < len(left)-1 {
				if rest -= k[left[at]] * p.v[left[at]]; rest < 0 {
					break
				}
				at++
			}
		} // else all that is left is far away, and any will do: there are swaps
		p.order[i] = left[at]
		left[at] = left[len(left)-1]
		left = left[:len(left)-1]
	}
}

// swap offers random pairs to swap their partners (Metropolis et al. 1953).
func (p *plan) swap(rng *rand.Rand, epsilon float64, offers int) {
	n := p.n
	upper.Clear()
	for k := range offers {
		if k%64 == 0 {
			upper.Clear()
		}
		i, j := rng.IntN(n), rng.IntN(n)
		a, b := p.order[i], p.order[j]
		dearer := p.cost[i*n+int(b)] + p.cost[j*n+int(a)] - p.cost[i*n+int(a)] - p.cost[j*n+int(b)]
		if dearer <= 0 || rng.Float64() < math.Exp(-dearer/epsilon) {
			p.order[i], p.order[j] = b, a
		}
	}
}
