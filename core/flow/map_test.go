package flow

import (
	"math"
	"testing"

	"inkflow/core/ode"
	"inkflow/core/path"
)

// The map of a density, in pieces of any size, is the density, and its mass is 1.
func TestMap(t *testing.T) {
	g := fourModes(path.CondOT{})
	l, err := NewLikelihood(ClosedDivergence(oneMode{g}, 2), g.path, Following{})
	if err != nil {
		t.Fatal(err)
	}
	const w, h, cell = 48, 40, 0.16
	m := NewMap(w, h, -w*cell/2, -h*cell/2, cell)
	if !math.IsNaN(m.Mass()) {
		t.Error("a map that is not there has a mass")
	}
	pieces := 0
	for complete := false; !complete; pieces++ {
		was := m.Done()
		var res ode.Result
		if complete, res = m.Advance(l, 700); res.Status != ode.Done || m.Done() != min(was+700, w*h) {
			t.Fatalf("%d cells after %d: %v", m.Done(), was, res.Status)
		}
	}
	if again, _ := m.Advance(l, 1); pieces != 3 || !again {
		t.Errorf("%d pieces of 700 for %d cells", pieces, w*h)
	}
	// 1e-3 are outside the map, and the midpoint rule on cells of half a standard
	// deviation is exact to more.
	if mass := m.Mass(); math.Abs(mass-1) > 2e-3 {
		t.Errorf("the mass is %g", mass)
	}
	r := make([]float64, 4)
	for _, k := range []int{0, 5, w, w*h/2 + 7, w*h - 1} {
		x := []float64{m.X0 + (float64(k%w)+0.5)*cell, m.Y0 + (float64(k/w)+0.5)*cell}
		if want := g.at(r, x, 1); math.Abs(m.Log[k]-want) > 1e-3*max(1, math.Abs(want)) { // 1e-6 a step
			t.Errorf("cell %d at %v: %g, want %g", k, x, m.Log[k], want)
		}
	}
	line, err := NewLikelihood(ClosedDivergence(onePoint{newNormal(1, path.CondOT{})}, 1), g.path, Following{})
	if err != nil {
		t.Fatal(err)
	}
	panics(t, "line", func() { m.Advance(line, 1) })
	panics(t, "piece", func() { m.Advance(l, Chunk+1) })
	panics(t, "cells", func() { NewMap(0, 1, 0, 0, 1) })
}
