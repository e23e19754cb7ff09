package main

import (
	"math"
	"testing"
)

func TestStrokeRoundsOffACircle(t *testing.T) {
	const r, n = 100, 12
	var s stroke
	s.begin(r, 0)
	worst, last := 0.0, [2]float64{r, 0}
	for i := 1; i <= n; i++ {
		a := 2 * math.Pi * float64(i) / n
		x, y := r*math.Cos(a), r*math.Sin(a)
		s.to(x, y, func(x, y float64) {
			if i > 1 { // the first piece has no direction yet
				worst = max(worst, math.Abs(math.Hypot(x, y)-r))
			}
			if d := math.Hypot(x-last[0], y-last[1]); d > 2*spacing {
				t.Errorf("a gap of %.1f", d)
			}
			last = [2]float64{x, y}
		})
		if last != [2]float64{x, y} {
			t.Errorf("piece %d ends at %v, want %v", i, last, [2]float64{x, y})
		}
	}
	// Chords would be off by r(1 − cos(π/n)) = 3.4.
	if worst > 1 {
		t.Errorf("the stroke is up to %.2f off the circle", worst)
	}
}

func TestStrokeKeepsLinesAndCorners(t *testing.T) {
	var s stroke
	s.begin(0, 0)
	for _, x := range []float64{10, 60, 70, 71, 200} { // of uneven speed
		s.to(x, 0, func(_, y float64) {
			if y != 0 {
				t.Errorf("a straight line leaves its course by %g", y)
			}
		})
	}
	s.to(100, 1, func(x, y float64) { // straight back
		if x > 200 || y < 0 || y > 1 {
			t.Errorf("a corner swings out to %.1f, %.1f", x, y)
		}
	})
	calls := 0
	s.to(100, 1, func(float64, float64) { calls++ })
	if calls != 0 {
		t.Error("a pointer at rest draws")
	}
}
