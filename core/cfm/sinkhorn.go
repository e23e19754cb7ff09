package cfm

import (
	"errors"
	"math/rand/v2"
)

// Sinkhorn pairs a batch by entropic optimal transport (Cuturi 2013): among plans
// Π with uniform margins, the one that minimises
//
//	Σ Π_ij ‖x_i − y_j‖² − ε H(Π),    H the entropy,
//
// which has the form Π_ij = u_i exp(−‖x_i − y_j‖²/ε) v_j. Small ε is optimal
// transport, large ε is independent pairs.
//
// A plan is no pairing yet, and sampling pairs from it with replacement loses
// points. Here the whole batch is kept: what is drawn is a permutation π, with
// probability proportional to
//
//	exp(−Σ ‖x_i − y_π(i)‖²/ε),
//
// whose pairs follow, in a large batch, the entropic plan itself (Harchaoui, Liu
// and Pal 2020, "Asymptotics of discrete Schrödinger bridges"). First the plan is
// found by Sinkhorn's iteration, with ε falling to its value and in a form that
// does not overflow (Schmitzer 2019). Then the points of x, in random order, each
// draw one of the points of y that are left, by their row of the plan: sampling
// without replacement. The last ones to choose have little choice, so at the end
// random pairs offer to swap and do so with the probability of Metropolis, which
// has exactly that distribution as its equilibrium.
type Sinkhorn struct {
	Epsilon float64 // ε > 0, a squared distance in natural units
}

const (
	standardEpsilon = .5
	mostEpsilon     = 1e6
	sinkhornGroup   = 256 // points at most that share a plan; time grows like n²
)

// Name is "sinkhorn", or "sinkhorn:eps=0.1".
func (c Sinkhorn) Name() string { return spell("sinkhorn", "eps", c.Epsilon, standardEpsilon) }

// Validate returns nil, or an error that says what is wrong.
func (c Sinkhorn) Validate() error {
	return positive("the eps of a sinkhorn coupling", c.Epsilon, mostEpsilon)
}

func positive(what string, v, most float64) error {
	if !(v > 0 && v <= most) {
		return errors.New("cfm: " + what + " is " + number(v) + ", want a number above 0 and at most " + number(most))
	}
	return nil
}

// Noise is 0.
func (Sinkhorn) Noise() float64 { return 0 }

// Matcher pairs batches of n points.
func (c Sinkhorn) Matcher(n, d int) Matcher {
	g := newGroups(n, d, sinkhornGroup)
	return &entropicMatcher{groups: g, plan: newPlan(len(g.scratch)), epsilon: c.Epsilon}
}

type entropicMatcher struct {
	groups
	*plan
	epsilon float64
}

func (m *entropicMatcher) Match(rng *rand.Rand, x0, x1 []float32) {
	m.each(x0, x1, func(_ int, a, b []float32) []int32 {
		n := len(a) / m.d
		if !m.measure(a, b, n) {
			return m.identity()
		}
		m.solve(m.epsilon)
		m.choose(rng)
		m.swap(rng, m.epsilon, swaps*n)
		return m.order
	})
}
