package ode

import (
	"fmt"
	"math"
)

// Uniform returns the grid of equal steps from 0, noise, to exactly 1, data:
// [steps + 1] times.
func Uniform(steps int) []float64 { return Span(0, 1, steps) }

// Span returns the grid of equal steps between two times, both ends exact:
// [steps + 1] times. With to < from the flow is followed backwards.
// Each time is a fraction of the interval and not a running sum, so the
// rounding of one step is not carried into the next.
func Span(from, to float64, steps int) []float64 {
	if steps < 1 {
		panic("ode: a grid needs at least one step")
	}
	grid := make([]float64, steps+1)
	for k := range grid {
		f := float64(k) / float64(steps)
		grid[k] = (1-f)*from + f*to
	}
	grid[0], grid[steps] = from, to
	return grid
}

// CheckGrid reports what keeps grid from being a time grid: at least two times,
// all finite, strictly increasing or strictly decreasing. It is for grids that
// come from outside the program; Solve panics on one that fails.
func CheckGrid(grid []float64) error {
	if len(grid) < 2 {
		return fmt.Errorf("ode: a time grid has at least two times, this one has %d", len(grid))
	}
	forward := grid[1] > grid[0]
	for k, t := range grid {
		if math.IsNaN(t) || math.IsInf(t, 0) {
			return fmt.Errorf("ode: time %d of the grid is %g; every time is finite", k, t)
		}
		if k > 0 && (t == grid[k-1] || (t > grid[k-1]) != forward) {
			return fmt.Errorf("ode: the grid goes from %g to %g at time %d; times only rise, or only fall",
				grid[k-1], t, k)
		}
	}
	return nil
}
