package render

import (
	"image/color"
	"math"
	"testing"

	"inkflow/core/engine"
)

// An error is shown by the speed of pairs, in full from a quarter of it on.
func TestStrengthOfErrors(t *testing.T) {
	s := strengthOf(&engine.Field{Layer: engine.Layer{Kind: engine.Gap}, Typical: 8})
	for v, want := range map[float32]float32{0: 0, 1: 0.5, 2: 1, 100: 1} {
		if got := s(v); got != want {
			t.Errorf("an error of %g is shown at %g, want %g", v, got, want)
		}
	}
	if got := strengthOf(&engine.Field{Layer: engine.Layer{Kind: engine.Gap}})(1); got != 1 {
		t.Errorf("in a flow that stands still an error is shown at %g", got)
	}
}

// A density is shown against a high part of itself: one sharp peak does not put
// out the rest, and what is far below is not seen.
func TestStrengthOfDensities(t *testing.T) {
	logs := make([]float32, 1000)
	for i := range logs {
		logs[i] = -2
	}
	logs[7] = 0.5 // a single point with a hundredth of the mass
	s := strengthOf(&engine.Field{Layer: engine.Layer{Kind: engine.Density}, Data: logs})
	if got := s(-2); got < 0.9 {
		t.Errorf("a plain beside a peak is shown at %g", got)
	}
	if got := s(-500); got != 0 {
		t.Errorf("nothing is shown at %g", got)
	}
	if got := s(0.5); got != 1 {
		t.Errorf("the peak is shown at %g", got)
	}
	flat := []float32{-500, -500}
	if got := strengthOf(&engine.Field{Layer: engine.Layer{Kind: engine.Likelihood}, Data: flat})(-500); math.IsNaN(float64(got)) {
		t.Error("a plane without mass is shown as no number")
	}
}

// An arrow ends where the flow goes, and stays within its length.
func TestArrow(t *testing.T) {
	var a arrows
	a.arrow(10, 20, 0.6, 0.8, 30, 2, color.RGBA{255, 0, 0, 255})
	if len(a.vertices) != 7 || len(a.indices) != 9 {
		t.Fatalf("%d corners and %d indices", len(a.vertices), len(a.indices))
	}
	tip := a.vertices[5]
	if math.Abs(float64(tip.DstX)-28) > 1e-4 || math.Abs(float64(tip.DstY)-44) > 1e-4 {
		t.Errorf("its tip is at %g, %g, want 28, 44", tip.DstX, tip.DstY)
	}
	for i, v := range a.vertices {
		if d := math.Hypot(float64(v.DstX)-10, float64(v.DstY)-20); d > 30.001 {
			t.Errorf("corner %d is %g away from its beginning", i, d)
		}
	}
	for _, i := range a.indices {
		if int(i) >= len(a.vertices) {
			t.Errorf("an index of %d", i)
		}
	}
}
