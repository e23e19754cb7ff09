package run

import (
	"slices"
	"testing"

	"inkflow/core/cfm"
	"inkflow/core/engine"
	"inkflow/core/flow"
	"inkflow/core/ode"
	"inkflow/core/path"
)

// The menus that the page shows without any numerics are core's own.
func TestMenusAreThoseOfCore(t *testing.T) {
	names := func(m engine.Menu) (n []string) {
		for _, l := range m {
			if l.Title == "" {
				t.Errorf("the line %s has no title", l.Name)
			}
			n = append(n, l.Name)
		}
		return n
	}
	var schedulers, predictions, times, solvers, weights, couplings []string
	for _, s := range path.Schedulers() {
		schedulers = append(schedulers, s.Name())
	}
	for _, p := range path.Predictions() {
		predictions = append(predictions, p.String())
	}
	for _, w := range cfm.Weights() {
		weights = append(weights, w.String())
	}
	for _, c := range cfm.Couplings() {
		couplings = append(couplings, c.Name())
	}
	for _, s := range cfm.Samplings() {
		times = append(times, s.Name)
	}
	for _, m := range ode.Methods() {
		solvers = append(solvers, m.Name)
		if l := engine.Solvers().Find(m.Name); l != nil && l.Adaptive != m.Adaptive() {
			t.Errorf("the menu has %s adaptive: %v", m.Name, l.Adaptive)
		}
	}
	for _, row := range []struct {
		what       string
		menu, core []string
		sorted     bool
	}{
		{"schedulers", names(engine.Schedulers()), schedulers, true},
		{"predictions", names(engine.Predictions()), predictions, true},
		{"solvers", names(engine.Solvers()), solvers, true},
		{"grids", names(engine.Grids()), append(append([]string{"own"}, flow.Grids()...), "custom"), true},
		{"weights", names(engine.Weights()), weights, true},
		{"couplings", names(engine.Couplings()), couplings, true},
		{"times", names(engine.Samplings()), times, false},
	} {
		if !row.sorted {
			slices.Sort(row.menu)
			slices.Sort(row.core)
		}
		if !slices.Equal(row.menu, row.core) {
			t.Errorf("%s: the menu has %v, core %v", row.what, row.menu, row.core)
		}
	}
}

// Every parameter's range is one that core takes, at both ends and with the
// default in it, and what the menu writes core reads as the same name.
func TestParametersAreTakenByCore(t *testing.T) {
	for _, row := range []struct {
		menu engine.Menu
		read func(text string) (name string, err error)
	}{
		{engine.Schedulers(), func(text string) (string, error) {
			s, err := path.Parse(text)
			if err != nil {
				return "", err
			}
			return s.Name(), nil
		}},
		{engine.Couplings(), func(text string) (string, error) {
			c, err := cfm.ParseCoupling(text)
			if err != nil {
				return "", err
			}
			return c.Name(), nil
		}},
		{engine.Weights(), func(text string) (string, error) {
			w, err := cfm.ParseWeight(text)
			return w.String(), err
		}},
	} {
		for _, l := range row.menu {
			for i, p := range l.Parameters {
				for _, v := range []float64{p.Min, p.Max, p.Default} {
					values := l.Defaults()
					values[i] = v
					text := l.Write(values)
					if name, err := row.read(text); err != nil || name != text {
						t.Errorf("the menu writes %s, core %s: %v", text, name, err)
					}
				}
			}
		}
	}
}
