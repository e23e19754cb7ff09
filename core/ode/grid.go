package ode

import (
	"errors"
	"math"
	"strconv"
	"strings"
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
		return errors.New("ode: a time grid has at least two times, this one has " + strconv.Itoa(len(grid)))
	}
	forward := grid[1] > grid[0]
	for k, t := range grid {
		if math.IsNaN(t) || math.IsInf(t, 0) {
			return errors.New("ode: time " + strconv.Itoa(k) + " of the grid is " + number(t) + "; every time is finite")
		}
		if k > 0 && (t == grid[k-1] || (t > grid[k-1]) != forward) {
			return errors.New("ode: the grid goes from " + number(grid[k-1]) + " to " + number(t) + " at time " + strconv.Itoa(k) +
				"; times only rise, or only fall")
		}
	}
	return nil
}

// ParseGrid reads a time grid from a list such as "0, 0.2, 0.7, 1".
func ParseGrid(text string) ([]float64, error) {
	fields := strings.Split(text, ",")
	grid := make([]float64, len(fields))
	for k, field := range fields {
		t, err := strconv.ParseFloat(strings.TrimSpace(field), 64)
		if err != nil {
			return nil, errors.New("ode: time " + strconv.Itoa(k+1) + " of the grid " + strconv.Quote(text) + " is " +
				strconv.Quote(strings.TrimSpace(field)) + ", not a number; write times with commas between them, such as 0,0.2,0.7,1")
		}
		grid[k] = t
	}
	return grid, CheckGrid(grid)
}
