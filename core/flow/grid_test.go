package flow

import (
	"slices"
	"strings"
	"testing"

	"inkflow/core/path"
)

// Every named grid begins and ends with the interval of every scheduler, rises,
// and has the steps that were asked for.
func TestGrids(t *testing.T) {
	for _, s := range path.Schedulers() {
		from, to := s.Interval()
		for _, name := range Grids() {
			for _, steps := range []int{1, 2, 3, 8, 100} {
				grid, err := Grid(name, steps, s)
				if err != nil {
					t.Fatal(err)
				}
				if len(grid) != steps+1 || grid[0] != from || grid[steps] != to {
					t.Errorf("%s on %s, %d steps: %v", name, s.Name(), steps, grid)
				}
				for k := range steps {
					if grid[k] >= grid[k+1] {
						t.Errorf("%s on %s, %d steps: %g is before %g", name, s.Name(), steps, grid[k], grid[k+1])
					}
				}
			}
		}
	}
}

func TestGridNames(t *testing.T) {
	vp := path.Schedulers()[4]
	for _, row := range []struct {
		name  string
		steps int
		s     path.Scheduler
		want  []float64 // nil: an error
	}{
		{"uniform", 2, path.CondOT{}, []float64{0, 0.5, 1}},
		{"0,0.2,1", 0, path.CondOT{}, []float64{0, 0.2, 1}},
		{"0.25, 0.5", 7, path.CondOT{}, []float64{0.25, 0.5}},
		{"0,0.5,1", 1, vp, []float64{0, 0.5, 1 - 1e-3}},
		{"0,0.9995,1", 1, vp, nil},
		{"0.9999,1", 1, vp, nil},
		{"0", 1, path.CondOT{}, nil},
		{"1,0", 1, path.CondOT{}, nil},
		{"0,0.5,0.5,1", 1, path.CondOT{}, nil},
		{"-0.5,1", 1, path.CondOT{}, nil},
		{"0,2", 1, path.CondOT{}, nil},
		{"0,a1", 1, path.CondOT{}, nil},
		{"0,NaN", 1, path.CondOT{}, nil},
		{"uniform", 0, path.CondOT{}, nil},
		{"uniform", mostSteps + 1, path.CondOT{}, nil},
		{strings.Repeat("x", 1000), 1, path.CondOT{}, nil},
	} {
		grid, err := Grid(row.name, row.steps, row.s)
		if (err != nil) != (row.want == nil) || !slices.Equal(grid, row.want) {
			t.Errorf("%.20q: %v, %v; want %v", row.name, grid, err, row.want)
		}
		if err != nil && len(err.Error()) > 300 {
			t.Errorf("the error has %d letters", len(err.Error()))
		}
	}
}
