package exact

import (
	"math"
	"strings"
	"testing"
)

func TestBoxesRefuse(t *testing.T) {
	one, two := []float64{0}, []float64{0, 0}
	for word, boxes := range map[string][]Box{
		"no boxes":  nil,
		"dimension": {{1, two, []float64{1, 1}}, {1, one, []float64{1}}},
		"d ≥ 1":     {{1, nil, nil}},
		"weighs":    {{0, two, []float64{1, 1}}},
		"positive":  {{math.Inf(1), two, []float64{1, 1}}},
		"axis 2":    {{1, two, []float64{1, 0}}},
		"extent":    {{1, two, []float64{1, math.NaN()}}},
	} {
		if _, err := NewBoxes(boxes); err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("%v: %v; want %q", boxes, err, word)
		}
	}
}

func TestModesRefuse(t *testing.T) {
	for word, modes := range map[string][]Mode{
		"no modes":  nil,
		"dimension": {{1, []float64{0, 0}, 1}, {1, []float64{0}, 1}},
		"d ≥ 1":     {{1, nil, 1}},
		"weighs":    {{-1, []float64{0}, 1}},
		"deviation": {{1, []float64{0}, math.NaN()}},
		"place":     {{1, []float64{math.Inf(-1)}, 1}},
	} {
		if _, err := NewModes(modes); err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("%v: %v; want %q", modes, err, word)
		}
	}
	if _, err := NewPoints(make([]float32, 5), 2, 0); err == nil || !strings.Contains(err.Error(), "whole points") {
		t.Errorf("half a point: %v", err)
	}
}

// Boxes of different dimension: a box in d dimensions is d intervals, whose
// looks add up.
func TestBoxIsAProduct(t *testing.T) {
	box := must(NewBoxes([]Box{{5, []float64{-1, 0, 2, 2, 2}, []float64{1, 3, 2.5, 4, 2.1}}}))
	x := []float64{0.2, 5, 1.9, 2.2, -1}
	mean := make([]float64, 5)
	l, spread := box.Posterior(mean, x, 0.8, 0.3)
	for i := range x {
		one := must(NewBoxes([]Box{{1, []float64{[]float64{-1, 0, 2, 2, 2}[i]}, []float64{[]float64{1, 3, 2.5, 4, 2.1}[i]}}}))
		m := make([]float64, 1)
		l1, s1 := one.Posterior(m, x[i:i+1], 0.8, 0.3)
		l -= l1
		spread -= s1
		if math.Abs(m[0]-mean[i]) > 1e-14 {
			t.Errorf("axis %d: mean %v, alone %v", i, mean[i], m[0])
		}
	}
	if math.Abs(l) > 1e-12 || math.Abs(spread) > 1e-14 {
		t.Errorf("log p and spread differ by %v and %v from their parts", l, spread)
	}
}

// Points with a bandwidth are modes; bare ones are a softmax of distances.
func TestBarePoints(t *testing.T) {
	points := must(NewPoints([]float32{0, 1, 2, 3}, 2, 0)) // (0, 2) and (1, 3)
	x := []float64{0.3, 1.9}
	const alpha, sigma = 0.8, 0.5
	mean := make([]float64, 2)
	_, spread := points.Posterior(mean, x, alpha, sigma)
	a := math.Exp(-(0.3*0.3 + 0.3*0.3) / (2 * sigma * sigma))
	b := math.Exp(-(0.5*0.5 + 0.5*0.5) / (2 * sigma * sigma))
	p := b / (a + b)
	if math.Abs(mean[0]-p) > 1e-14 || math.Abs(mean[1]-2-p) > 1e-14 || math.Abs(spread-2*p*(1-p)) > 1e-14 {
		t.Errorf("mean %v, spread %v; want %v from (0, 2), spread %v", mean, spread, p, 2*p*(1-p))
	}
}
