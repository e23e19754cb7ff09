package ode

import (
	"math"
	"strings"
	"testing"
)

func TestTableausAreValid(t *testing.T) {
	seen := map[string]bool{}
	for _, tab := range append(Tableaus(), bogacki) {
		if err := tab.Validate(); err != nil {
			t.Error(err)
		}
		if seen[tab.Name] {
			t.Errorf("%q is there twice", tab.Name)
		}
		seen[tab.Name] = true
		// One order more than it has is one too many.
		if tab.Order < 4 {
			tab.Order++
			if tab.Validate() == nil {
				t.Errorf("%s passes for order %d", tab.Name, tab.Order)
			}
		}
	}
	Tableaus()[0] = RK4
	if Tableaus()[0].Name != "euler" {
		t.Error("a caller can change the table")
	}
}

func TestValidate(t *testing.T) {
	for _, row := range []struct {
		tab  Tableau
		want string
	}{
		{Tableau{}, "name"},
		{Tableau{Name: "x"}, "no stages"},
		{Tableau{Name: "x", Order: 1, A: [][]float64{{}}, B: []float64{1}}, "rows"},
		{Tableau{Name: "x", A: [][]float64{{}}, B: []float64{1}, C: []float64{0}}, "order 0"},
		{Tableau{Name: "x", Order: 1, A: [][]float64{{1}}, B: []float64{1}, C: []float64{1}}, "explicit"},
		{Tableau{Name: "x", Order: 1, A: [][]float64{{}}, B: []float64{1}, C: []float64{0.5}}, "sums to"},
		{Tableau{Name: "x", Order: 1, A: [][]float64{{}}, B: []float64{0.9}, C: []float64{0}}, "Σ b is 0.9"},
		{Tableau{Name: "x", Order: 1, A: [][]float64{{}}, B: []float64{math.NaN()}, C: []float64{0}}, "NaN"},
	} {
		err := row.tab.Validate()
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("got %v, want something about %q", err, row.want)
		}
	}
}

func TestParse(t *testing.T) {
	for _, name := range []string{"rk4", "RK4", " Rk4 "} {
		if tab, err := Parse(name); err != nil || tab.Order != 4 || tab.Stages() != 4 {
			t.Errorf("%q: %v, %v", name, tab.Name, err)
		}
	}
	_, err := Parse("dopri5")
	for _, tab := range Tableaus() {
		if err == nil || !strings.Contains(err.Error(), tab.Name) {
			t.Errorf("the error %v does not name %s", err, tab.Name)
		}
	}
}

func TestGrid(t *testing.T) {
	for _, steps := range []int{1, 3, 7, 10, 100, 1023} {
		grid := Uniform(steps)
		if len(grid) != steps+1 || grid[0] != 0 || grid[steps] != 1 {
			t.Errorf("%d steps: %d times from %g to %g", steps, len(grid), grid[0], grid[len(grid)-1])
		}
		back := Span(0.9, 0.1, steps)
		if back[0] != 0.9 || back[steps] != 0.1 {
			t.Errorf("%d steps back end at %g", steps, back[steps])
		}
		for _, g := range [][]float64{grid, back} {
			if err := CheckGrid(g); err != nil {
				t.Error(err)
			}
		}
		for k, v := range grid {
			// A fraction, rounded once or twice, and not a sum of k roundings.
			if math.Abs(v-float64(k)/float64(steps)) > 0x1p-52 {
				t.Errorf("time %d of %d is %g", k, steps, v)
			}
		}
	}
}

func TestCheckGrid(t *testing.T) {
	for _, grid := range [][]float64{
		nil, {0}, {0, 0}, {0, 1, 1}, {0, 0.5, 0.4}, {1, 0.5, 0.6}, {1, 1, 2},
		{0, math.NaN()}, {math.NaN(), 1}, {0, 0.5, math.NaN()}, {0, math.Inf(1)}, {math.Inf(-1), 0},
	} {
		if CheckGrid(grid) == nil {
			t.Errorf("%v passes for a grid", grid)
		}
	}
}
