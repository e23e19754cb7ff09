package ode

import "testing"

// The methods of this package are what they claim to be: programs take them
// without looking.
func TestOwnMethodsAreValid(t *testing.T) {
	for _, tab := range []Tableau{Euler, Midpoint, Heun, Ralston, RK4} {
		if err := tab.Validate(); err != nil {
			t.Error(err)
		}
	}
	for _, p := range []Pair{Ralston3, BogackiShampine, DormandPrince} {
		if err := p.Validate(); err != nil {
			t.Error(err)
		}
	}
	for _, m := range Methods() {
		if m.tableau != nil {
			if err := m.tableau.Validate(); err != nil {
				t.Error(err)
			}
		}
	}
}
