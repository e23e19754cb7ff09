package panel

import (
	"image/color"
	"math"
	"testing"

	"inkflow/render"
)

// luminance is the relative luminance of WCAG 2.1.
func luminance(c color.RGBA) float64 {
	f := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*f(c.R) + 0.7152*f(c.G) + 0.0722*f(c.B)
}

func contrast(a, b color.RGBA) float64 {
	x, y := luminance(a)+0.05, luminance(b)+0.05
	return max(x, y) / min(x, y)
}

// Text can be read on whatever it stands (WCAG 2.1, 1.4.3, level AA).
func TestContrast(t *testing.T) {
	for name, k := range map[string]struct {
		palette
		*render.Theme
	}{"night": {night, &render.Night}, "day": {day, &render.Day}} {
		for _, tt := range []struct {
			what    string
			ink, on color.RGBA
			least   float64
		}{
			{"text on the panel", k.Ink, k.ground, 4.5},
			{"text on a button", k.Ink, k.raised, 4.5},
			{"soft text on the panel", k.soft, k.ground, 4.5},
			{"soft text on a button", k.soft, k.raised, 4.5},
			{"soft text over the stage", k.soft, k.Paper, 4.5},
			{"the button that matters", k.onLearned, k.learned, 4.5},
			{"the choice in a menu", k.learned, k.ground, 4.5},
			{"the knob of a slider", k.learned, k.ground, 3},
			{"the frame of a fault", k.fault, k.ground, 3},
			{"the frame of the chosen preset", k.target, k.ground, 3},
		} {
			if c := contrast(tt.ink, tt.on); c < tt.least {
				t.Errorf("%s: %s has a contrast of %.2f, want %.1f", name, tt.what, c, tt.least)
			}
		}
	}
}

func TestPaintedCorners(t *testing.T) {
	fill, edge := color.RGBA{10, 20, 30, 255}, color.RGBA{200, 100, 50, 255}
	m := shape{radius: 8, border: 2, fill: fill, edge: edge}.paint()
	n := m.Bounds().Dx()
	if n != 17 || m.Bounds().Dy() != n {
		t.Fatalf("painted %v, want 17 × 17", m.Bounds())
	}
	if c := m.RGBAAt(n/2, n/2); c != fill {
		t.Errorf("the middle is %v, want the fill", c)
	}
	if c := m.RGBAAt(n/2, 0); c != edge {
		t.Errorf("the top is %v, want the edge", c)
	}
	if c := m.RGBAAt(0, 0); c.A != 0 {
		t.Errorf("the corner is %v, want nothing", c)
	}
	area := 0.0
	for y := range n {
		for x := range n {
			c := m.RGBAAt(x, y)
			area += float64(c.A) / 255
			if c != m.RGBAAt(n-1-x, y) || c != m.RGBAAt(x, n-1-y) || c != m.RGBAAt(y, x) {
				t.Fatalf("not symmetric at %d, %d", x, y)
			}
		}
	}
	// Four quarter circles and a cross of one pixel; a pixel at the edge errs
	// by a few hundredths.
	if want := math.Pi*64 + 4*8 + 1; math.Abs(area-want) > 2 {
		t.Errorf("covers %.1f pixels, want %.1f", area, want)
	}
}

func TestPanelWidth(t *testing.T) {
	for window, want := range map[float64]float64{1024: 316, 1100: 316, 1101: 364, 1440: 364} {
		if got := PanelWidth(window); got != want {
			t.Errorf("PanelWidth(%g) = %g, want %g", window, got, want)
		}
	}
}
