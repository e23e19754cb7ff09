//go:build e2e

package e2e

import (
	"bytes"
	"image"
	"image/png"
	"math"
	"testing"

	"github.com/chromedp/chromedp"
)

// rect is an element's place in the window, CSS pixels.
type rect struct {
	X      float64 `json:"x"`
	Y      float64 `json:"y"`
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
}

func (p *page) rect(id string) rect {
	p.t.Helper()
	return eval[rect](p, "(({x, y, width, height}) => ({x, y, width, height}))(document.getElementById('"+id+"').getBoundingClientRect())")
}

// ring is a circle on the stage, CSS pixels.
type ring struct{ x, y, r float64 }

// middle is a ring in the middle of the stage, of a part of its smaller side.
func (p *page) middle(part float64) ring {
	s := p.rect("stage")
	return ring{s.X + s.Width/2, s.Y + s.Height/2, part * math.Min(s.Width, s.Height) / 2}
}

func (g ring) at(turn float64) (x, y float64) {
	sin, cos := math.Sincos(2 * math.Pi * turn)
	return g.x + g.r*cos, g.y + g.r*sin
}

// draw draws the ring with the mouse, button held.
func (p *page) draw(g ring) {
	p.t.Helper()
	const points = 48
	x, y := g.at(0)
	steps := []chromedp.Action[chromedp.Void]{
		chromedp.MouseEvent("mouseMoved", x, y),
		chromedp.MouseEvent("mousePressed", x, y, chromedp.ButtonLeft),
	}
	for i := 1; i <= points; i++ {
		x, y := g.at(float64(i) / points)
		steps = append(steps, chromedp.MouseEvent("mouseMoved", x, y, chromedp.ButtonLeft))
	}
	x, y = g.at(1)
	steps = append(steps, chromedp.MouseEvent("mouseReleased", x, y, chromedp.ButtonLeft))
	p.do(steps...)
}

// light is the learned flow's light on a screenshot: pixels of its hue, which
// neither the paper nor the target has.
type light struct {
	img   image.Image
	scale float64
	area  rect
}

func (p *page) light(scale float64) light {
	p.t.Helper()
	img, err := png.Decode(bytes.NewReader(p.shot("light")))
	if err != nil {
		p.t.Fatal(err)
	}
	return light{img, scale, p.rect("stage")}
}

// each calls f for every pixel of the stage that a particle lights, with its
// place in CSS pixels. Readings and legend at the lower edge and the
// invitation at the upper one are left out.
func (l light) each(f func(x, y float64)) {
	const upper, lower = 60, 90
	for y := l.area.Y + upper; y < l.area.Y+l.area.Height-lower; y += 1 / l.scale {
		for x := l.area.X; x < l.area.X+l.area.Width; x += 1 / l.scale {
			r, g, _, _ := l.img.At(int(x*l.scale), int(y*l.scale)).RGBA()
			// On night paper the flow is cyan: green well above the paper's
			// and, where it is not yet white, above red.
			if g>>8 > 90 && g >= r {
				f(x, y)
			}
		}
	}
}

// onRing is the share of the light within so many pixels of the ring, and how
// many of 24 sectors of it are lit.
func (l light) onRing(g ring, within float64) (share float64, sectors int) {
	var on, all float64
	var lit [24]bool
	l.each(func(x, y float64) {
		all++
		d := math.Hypot(x-g.x, y-g.y)
		if math.Abs(d-g.r) <= within {
			on++
			a := math.Atan2(y-g.y, x-g.x)/(2*math.Pi) + 0.5
			lit[int(a*24)%24] = true
		}
	})
	for _, v := range lit {
		if v {
			sectors++
		}
	}
	if all == 0 {
		return 0, 0
	}
	return on / all, sectors
}

// radii are the distances of the light from a point, CSS pixels.
func (l light) radii(x0, y0 float64) []float64 {
	var r []float64
	l.each(func(x, y float64) { r = append(r, math.Hypot(x-x0, y-y0)) })
	return r
}

// requireGaussian fails unless the light falls off from the origin as a round
// Gaussian of unit variance does when so many particles are drawn on it: dense
// in the middle, as wide to every side, nearly none beyond 4.
func requireGaussian(t *testing.T, l light, x0, y0, pixelsPerUnit float64) {
	t.Helper()
	r := l.radii(x0, y0)
	if len(r) < 1000 {
		t.Fatalf("only %d lit pixels at t = 0", len(r))
	}
	var band [5]float64 // lit pixels per pixel of area, by distance in units
	var sx, sy, n float64
	l.each(func(x, y float64) {
		dx, dy := (x-x0)/pixelsPerUnit, (y-y0)/pixelsPerUnit
		if k := int(math.Hypot(dx, dy)); k < len(band) {
			band[k] += 1 / (math.Pi * float64(2*k+1) * pixelsPerUnit * pixelsPerUnit)
		}
		sx, sy, n = sx+dx, sy+dy, n+1
	})
	if math.Abs(sx/n) > 0.15 || math.Abs(sy/n) > 0.15 {
		t.Errorf("the noise is centred at (%.2f, %.2f) and not at the origin", sx/n, sy/n)
	}
	for k := 1; k < 4; k++ {
		if band[k] > 0.75*band[k-1] {
			t.Errorf("noise does not fall off between %d and %d units: %.3v lit", k, k+1, band)
		}
	}
	if band[0] < 0.2 || band[4] > 0.02 {
		t.Errorf("noise is not dense in the middle and absent far out: %.3v lit", band)
	}
}
