package exact

import (
	"testing"

	"inkflow/core/density"
)

// Boxes that touch at an edge or a corner do not both count there.
func TestTouchingBoxesCountOnce(t *testing.T) {
	p, err := density.Lookup("checkerboard")
	if err != nil {
		t.Fatal(err)
	}
	board, _, err := Preset(p)
	if err != nil {
		t.Fatal(err)
	}
	inside, _ := board.Posterior(nil, []float64{.1, .1}, 1, 0)
	for _, x := range [][]float64{{0, 0}, {0, .1}, {1 / .45, 0}} {
		if log, _ := board.Posterior(nil, x, 1, 0); log > inside+1e-12 {
			t.Errorf("log q(%v) is %g, and inside a cell it is %g", x, log, inside)
		}
	}
}
