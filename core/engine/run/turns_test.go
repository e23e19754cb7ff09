package run

import (
	"math"
	"testing"
	"time"
)

var (
	all     = [activities]bool{true, true, true, true}
	nothing = [activities]bool{}
)

func only(a activity) (ready [activities]bool) {
	ready[a] = true
	return ready
}

// take gives out turns for so many seconds, each as long as its activity
// likes, and returns what each got.
func (q *turns) take(t *testing.T, seconds float64, ready [activities]bool, long [activities]time.Duration) (got [activities]float64) {
	t.Helper()
	for sum := 0.0; sum < seconds; {
		a, ok := q.next(ready)
		if !ok || !ready[a] {
			t.Fatalf("turn for activity %d (%v) of those ready %v", a, ok, ready)
		}
		q.charge(a, long[a])
		got[a] += long[a].Seconds()
		sum += long[a].Seconds()
	}
	return got
}

var (
	even   = [activities]time.Duration{4 * time.Millisecond, 4 * time.Millisecond, 4 * time.Millisecond, 4 * time.Millisecond}
	uneven = [activities]time.Duration{4 * time.Millisecond, 30 * time.Millisecond, time.Millisecond, 2 * time.Millisecond}
)

func TestSharesComeOut(t *testing.T) {
	sum := 0.0
	for _, s := range shares {
		sum += s
	}
	if math.Abs(sum-1) > 1e-12 {
		t.Errorf("the shares add up to %g", sum)
	}
	for _, long := range [][activities]time.Duration{even, uneven} {
		var q turns
		got := q.take(t, 10, all, long)
		for a, s := range shares {
			// A turn too many or too few, the longest of 30 ms, in 10 s.
			if math.Abs(got[a]/10-s) > 0.01 {
				t.Errorf("turns of %v: activity %d got %.3f of the time, its share is %.2f", long, a, got[a]/10, s)
			}
		}
	}
}

func TestNobodyIsReady(t *testing.T) {
	var q turns
	if a, ok := q.next(nothing); ok {
		t.Errorf("a turn for %d, which has nothing to do", a)
	}
}

// Who slept while others worked has no claim on the time they had, and who
// worked alone owes none of it.
func TestSleepersSaveNothingAndWorkersOweNothing(t *testing.T) {
	for _, row := range []struct {
		name   string
		before func(t *testing.T, q *turns)
	}{
		{"training slept", func(t *testing.T, q *turns) {
			q.take(t, 1, all, even)
			q.take(t, 60, [activities]bool{trace: true, gauge: true}, even)
		}},
		{"the measure worked alone", func(t *testing.T, q *turns) {
			q.take(t, 1, all, even)
			q.take(t, 60, only(gauge), even)
		}},
		{"all slept", func(t *testing.T, q *turns) {
			q.take(t, 1, all, even)
			q.take(t, 60, only(gauge), even)
			q.next(nothing)
		}},
		{"one took over from another", func(t *testing.T, q *turns) {
			q.take(t, 60, only(train), even)
			q.take(t, 1, only(trace), even)
		}},
	} {
		var q turns
		row.before(t, &q)
		got := q.take(t, 2, all, even)
		for a, s := range shares {
			if math.Abs(got[a]/2-s) > 0.03 { // some turns of 4 ms in 2 s, with shares down to 0.1
				t.Errorf("%s: then activity %d got %.3f of the time, its share is %.2f", row.name, a, got[a]/2, s)
			}
		}
	}
}
