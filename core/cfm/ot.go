package cfm

import (
	"errors"
	"math/rand/v2"
	"strconv"

	"inkflow/core/cfm/matching"
)

// OT pairs a batch by minibatch optimal transport (Tong et al. 2023; Pooladian et
// al. 2023): the permutation with the least sum of squared distances, exactly
// (core/cfm/matching). Nothing is resampled: a plan that is sampled with
// replacement, as is common, loses a third of a batch.
//
// The flow between such pairs is nearly straight, so that few solver steps are
// enough, and it spends less energy, towards W2² in a large batch. What is lost is
// the score, since X0 and X1 are no longer independent.
type OT struct {
	// Group splits a batch into groups of at most so many points, each paired on
	// its own; 0: at most 1024. Time grows like n² to n³, and the gain flattens near
	// 64 to 256 points.
	Group int
}

const (
	standardGroup = 1024
	largestGroup  = matching.Most
)

// Name is "ot", or "ot:group=64".
func (c OT) Name() string {
	return spell("ot", "group", float64(c.group()), standardGroup)
}

func (c OT) group() int {
	if c.Group == 0 {
		return standardGroup
	}
	return c.Group
}

// Validate returns nil, or an error that says what is wrong.
func (c OT) Validate() error {
	if c.Group < 0 || c.Group == 1 || c.Group > largestGroup {
		return c.wrong()
	}
	return nil
}

func (c OT) wrong() error {
	return errors.New("cfm: the group of an ot coupling must be a whole number from 2 to " + strconv.Itoa(largestGroup) + ", 64 for example")
}

// Noise is 0.
func (OT) Noise() float64 { return 0 }

// Matcher pairs batches of n points.
func (c OT) Matcher(n, d int) Matcher {
	g := newGroups(n, d, c.group())
	m := &exactMatcher{groups: g}
	for _, size := range g.sizes() {
		m.bySize = append(m.bySize, matching.New(size))
	}
	return m
}

type exactMatcher struct {
	groups
	bySize []*matching.Matcher // for the two sizes of groups there may be
}

func (m *exactMatcher) Match(_ *rand.Rand, x0, x1 []float32) {
	m.each(x0, x1, func(kind int, a, b []float32) []int32 { return m.bySize[kind].Match(a, b) })
}
