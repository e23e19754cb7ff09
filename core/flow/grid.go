package flow

import (
	"errors"
	"strconv"
	"strings"

	"inkflow/core/ode"
	"inkflow/core/path"
)

// Grids are the names that Grid takes, in the order of a menu.
func Grids() []string { return []string{"uniform", "shift", "cosine", "logsnr", "edm"} }

// mostSteps bounds grids that come from outside.
const mostSteps = 1 << 20

// Grid returns the times of so many steps on the interval of a scheduler, both
// ends exact: [steps + 1] times. name is one of Grids,
//
//	uniform   equal steps
//	shift     crowded at the noise, twice as long at the end (ode.Shift with s = 2)
//	cosine    crowded at both ends, like Chebyshev's points
//	logsnr    equal steps in log(α/σ), clipped where that is infinite
//	edm       the noise levels of Karras et al. (2022, equation 5)
//
// or a rising list such as "0,0.2,1"; steps then goes unused. Times of a list lie
// in [0, 1], and an end beyond the interval of the scheduler becomes its end.
func Grid(name string, steps int, s path.Scheduler) ([]float64, error) {
	from, to := s.Interval()
	if strings.ContainsAny(name, ",0123456789") {
		return list(name, from, to)
	}
	if steps < 1 || steps > mostSteps {
		return nil, errors.New("a way of " + strconv.Itoa(steps) + " steps cannot be taken; 1 to " + strconv.Itoa(mostSteps) + " are")
	}
	logSNR := func(t float64) float64 { return path.LogSNR(s, t) }
	var grid []float64
	switch name {
	case "uniform":
		grid = ode.Span(from, to, steps)
	case "shift":
		grid = ode.Shift(from, to, steps, 2)
	case "cosine":
		grid = ode.Cosine(from, to, steps)
	case "logsnr":
		grid = ode.FromLogSNR(logSNR, s.Time, from, to, steps)
	case "edm":
		grid = ode.EDM(logSNR, s.Time, from, to, steps)
	default:
		return nil, errors.New("there is no time grid " + strconv.Quote(cut(name)) + "; choose one of " + words(Grids()) + ", or write times like 0,0.2,1")
	}
	if err := ode.CheckGrid(grid); err != nil {
		return nil, errors.New(strconv.Itoa(steps) + " steps are too many for the grid " + name + " on the path " + s.Name() + ": two times of it are the same; take fewer")
	}
	return grid, nil
}

// list reads a custom grid.
func list(text string, from, to float64) ([]float64, error) {
	grid, err := ode.ParseGrid(text)
	if err != nil {
		return nil, err
	}
	last := len(grid) - 1
	if last > mostSteps || grid[0] < 0 || grid[last] > 1 || grid[0] > grid[1] {
		return nil, errors.New("the times " + strconv.Quote(cut(text)) + " do not rise from noise to data; they lie in 0 to 1, like 0,0.2,1")
	}
	grid[0], grid[last] = max(grid[0], from), min(grid[last], to)
	if ode.CheckGrid(grid) != nil || grid[0] > grid[1] {
		return nil, errors.New("the times " + strconv.Quote(cut(text)) + " leave the interval of the path, " + number(from) + " to " + number(to))
	}
	return grid, nil
}

// cut shows at most the beginning of what was given.
func cut(text string) string {
	if len(text) > 40 {
		return text[:40] + "…"
	}
	return text
}
