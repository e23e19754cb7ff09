package metric

import (
	"slices"
	"testing"
)

// Leaves hold every column once, in their boxes, and not too many each; and the
// bound of a survey is one, whatever the prices are.
func TestLeaves(t *testing.T) {
	for _, sc := range scenes {
		for _, n := range []int{1, 16, 17, 100, 250} {
			for _, d := range []int{1, 2, 3} {
				x, y := draw(sc, 3, n, d)
				a := solved(x, y, n)
				l := &a.leaves
				order := slices.Clone(l.order)
				slices.Sort(order)
				for j, o := range order {
					if int(o) != j {
						t.Fatalf("%s, n=%d: not a permutation", sc.name, n)
					}
				}
				row := int32(n / 2)
				a.survey(row)
				for f := range l.count {
					size := int(l.first[f+1] - l.first[f])
					if size < 1 || size > leafful || n > leafful && size < leafful/2 {
						t.Fatalf("%s, n=%d: %d columns in a leaf", sc.name, n, size)
					}
					costs, first := a.enter(row, f)
					for m, c := range costs {
						j := first + m
						if c-a.price[j] < l.least[f] || a.price[j] > l.top[f] || int(l.of[j]) != f {
							t.Fatalf("%s, n=%d: column %d breaks the bounds of leaf %d", sc.name, n, j, f)
						}
					}
				}
			}
		}
	}
}
