package metric

import (
	"math"
	"testing"
)

func TestPathEnergy(t *testing.T) {
	for _, row := range []struct{ energy, w2, want float64 }{
		{4, 2, 0},             // the optimal flow
		{6, 2, 0.5},           // half as much again
		{3, 2, 0.25},          // less than W2² is an error of sampling, and counts
		{7.73, 2.3152, 0.442}, // the linear path to the checkerboard, W2² = 5.36
		{1, 0, math.NaN()},
		{1, math.NaN(), math.NaN()},
		{math.NaN(), 1, math.NaN()},
	} {
		got := PathEnergy(row.energy, row.w2)
		if math.IsNaN(row.want) {
			if !math.IsNaN(got) {
				t.Errorf("PathEnergy(%g, %g) = %g, want NaN", row.energy, row.w2, got)
			}
		} else if math.Abs(got-row.want) > 1e-3 { // the rows' own digits
			t.Errorf("PathEnergy(%g, %g) = %g, want %g", row.energy, row.w2, got, row.want)
		}
	}
}
