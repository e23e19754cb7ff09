package exact

import (
	"errors"
	"math"
	"strings"
	"testing"

	"inkflow/core/density"
)

// agree compares two targets point by point. The slack is relative for log p
// and spread, and in units of the picture for the mean.
func agree(t *testing.T, what string, a, b Target, x []float64, alpha, sigma, slack float64) {
	t.Helper()
	d := a.Dim()
	ma, mb := make([]float64, d), make([]float64, d)
	la, sa := a.Posterior(ma, x, alpha, sigma)
	lb, sb := b.Posterior(mb, x, alpha, sigma)
	if la != lb && !(math.Abs(la-lb) <= slack*(1+math.Abs(lb))) {
		t.Errorf("%s at α = %v, σ = %v, x = %v: log p %v and %v", what, alpha, sigma, x, la, lb)
	}
	for i := range d {
		if !(math.Abs(ma[i]-mb[i]) <= slack*3) {
			t.Errorf("%s at α = %v, σ = %v, x = %v: mean %v and %v", what, alpha, sigma, x, ma, mb)
		}
	}
	// The spread is a difference beside the size of a cell.
	if !(math.Abs(sa-sb) <= slack*(1000*sb+1e-3)) {
		t.Errorf("%s at α = %v, σ = %v, x = %v: spread %v and %v", what, alpha, sigma, x, sa, sb)
	}
}

// A drawing is its cells as boxes: two independent implementations, the near
// field with its shared factors against logarithms box by box.
func TestDrawingIsItsCells(t *testing.T) {
	g := scribble()
	drawing, boxes := must(NewDrawing(g)), must(NewBoxes(cells(g)))
	rng := seeded(2)
	for _, s := range []struct{ alpha, sigma float64 }{
		{1e-6, 1}, {1e-3, 1}, {0.02, 0.98}, {0.0249, 0.5}, {0.0251, 0.5}, {0.3, 0.7}, {0.5, 0.5}, {0.9, 0.1},
		{0.98, 0.02}, {0.999, 1e-3}, {1, 1e-6}, {1, 1e-9}, {1, 10}, {0, 1}, {1, 0},
	} {
		for range 60 {
			x := []float64{s.alpha*(4*rng.Float64()-2) + 2*s.sigma*rng.NormFloat64(), s.alpha*(4*rng.Float64()-2) + 2*s.sigma*rng.NormFloat64()}
			agree(t, "scribble", drawing, boxes, x, s.alpha, s.sigma, 1e-11)
		}
		for _, far := range []float64{5, 30, 200, -1000} {
			// Far out the posterior sits in a corner of a cell, and a rounding
			// of x moves it.
			agree(t, "scribble, far", drawing, boxes, []float64{far, -0.3 * far}, s.alpha, s.sigma, 1e-9)
		}
	}
}

// The two ways of one drawing: near and far agree wherever near is willing.
func TestNearIsFar(t *testing.T) {
	d := must(NewDrawing(scribble()))
	ws := newWorkspace(d.w, d.h)
	rng := seeded(6)
	willing := 0
	for range 3000 {
		sigma := math.Exp(-8 * rng.Float64())
		alpha := 1 - 0.98*rng.Float64()
		x := []float64{3 * rng.NormFloat64(), 3 * rng.NormFloat64()}
		at, l, spread, ok := d.near(ws, x, alpha, sigma, full())
		if !ok {
			continue
		}
		willing++
		at2, l2, spread2 := d.far(ws, x, alpha, sigma)
		if !(math.Abs(l-l2) <= 1e-10*(1+math.Abs(l)) && math.Hypot(at[0]-at2[0], at[1]-at2[1]) <= 1e-10 && math.Abs(spread-spread2) <= 1e-9*spread2+1e-12) {
			t.Errorf("α = %v, σ = %v, x = %v: near %v %v %v, far %v %v %v", alpha, sigma, x, at, l, spread, at2, l2, spread2)
		}
	}
	if willing < 500 || willing > 2900 {
		t.Errorf("near took %d of 3000 points; the test wants both kinds", willing)
	}
}

// Many points a cell are the cell, once the noise covers their gaps: the third
// implementation.
func TestDrawingIsTheLimitOfPoints(t *testing.T) {
	g := scribble()
	const fine = 16
	var modes []Mode
	for k, v := range g.Ink {
		for m := range fine * fine {
			if v > 0 {
				x := g.X0 + g.Cell*(float64(k%g.W)+(float64(m%fine)+0.5)/fine)
				y := g.Y0 + g.Cell*(float64(k/g.W)+(float64(m/fine)+0.5)/fine)
				modes = append(modes, Mode{float64(v), []float64{x, y}, 0})
			}
		}
	}
	drawing, points := must(NewDrawing(g)), must(NewModes(modes))
	rng := seeded(8)
	for range 20 {
		x := []float64{rng.NormFloat64(), rng.NormFloat64()}
		// The midpoint rule leaves (0.025 · α/σ)²/24 of the curvature: 1e-4.
		agree(t, "points", drawing, points, x, 0.6, 0.4, 2e-4)
	}
}

func TestDrawingRefuses(t *testing.T) {
	empty := density.NewGrid(4, 4, 0, 0, 1)
	if _, err := NewDrawing(empty); !errors.Is(err, density.ErrEmpty) {
		t.Errorf("no ink: %v", err)
	}
	bad := scribble()
	bad.Ink[20] = float32(math.NaN())
	if _, err := NewDrawing(bad); err == nil || !strings.Contains(err.Error(), "finite") {
		t.Errorf("ink that is no number: %v", err)
	}
	huge := density.NewGrid(2, 2, 0, 0, 1e30)
	huge.Ink[0] = 1
	if _, err := NewDrawing(huge); err == nil || !strings.Contains(err.Error(), "1e9") {
		t.Errorf("a cell of 1e30: %v", err)
	}
}

// A faint cell is found beside a heavy one that is hardly further.
func TestFaintInk(t *testing.T) {
	g := density.NewGrid(101, 1, 0, 0, 1)
	g.Ink[0], g.Ink[100] = 1e-38, 1
	d := must(NewDrawing(g))
	boxes := must(NewBoxes(cells(g)))
	for _, x := range []float64{-5, 10, 40, 49, 50, 50.5, 51, 52, 60, 90} {
		for _, sigma := range []float64{0.1, 1, 3, 10} {
			agree(t, "faint", d, boxes, []float64{x, 0.5}, 1, sigma, 1e-10)
		}
	}
}

func TestDrawingKeepsItsOwnCopy(t *testing.T) {
	g := scribble()
	d := must(NewDrawing(g))
	before, _ := d.Posterior(nil, []float64{0, 0}, 0.5, 0.5)
	g.Clear()
	if after, _ := d.Posterior(nil, []float64{0, 0}, 0.5, 0.5); after != before {
		t.Error("a cleared grid changes the drawing that was made from it")
	}
}
