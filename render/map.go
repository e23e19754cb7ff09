package render

import (
	"image/color"
	"math"

	"github.com/hajimehoshi/ebiten/v2"

	"inkflow/core/engine"
	"inkflow/render/lab"
)

// fieldMap shows a layer of one number a point as a wash of colour.
type fieldMap struct {
	kind   engine.Kind
	image  *ebiten.Image
	pixels []byte
	shown  *engine.Field // what is painted
	night  bool
}

func (m *fieldMap) draw(screen *ebiten.Image, l *lab.Lab, th *Theme, dpr float64) {
	f := l.Field(m.kind)
	if f == nil {
		return
	}
	if f != m.shown || l.Night() != m.night {
		m.paint(f, m.colour(th), th.MapAlpha)
		m.shown, m.night = f, l.Night()
	}
	v := l.View()
	s := v.Scale() * dpr * f.Cell
	x, y := v.Screen(f.X0, f.Y0+float64(f.H)*f.Cell)
	op := &ebiten.DrawImageOptions{Filter: ebiten.FilterLinear}
	op.GeoM.Scale(s, s)
	op.GeoM.Translate(x*dpr, y*dpr)
	screen.DrawImage(m.image, op)
}

func (m *fieldMap) colour(th *Theme) color.RGBA {
	if m.kind == engine.Likelihood {
		return th.Learned
	}
	return th.Exact
}

// paint turns the numbers into strengths of a colour.
func (m *fieldMap) paint(f *engine.Field, c color.RGBA, most float32) {
	if m.image == nil || m.image.Bounds().Dx() != f.W || m.image.Bounds().Dy() != f.H {
		if m.image != nil {
			m.image.Deallocate()
		}
		m.image = ebiten.NewImage(f.W, f.H)
		m.pixels = make([]byte, 4*f.W*f.H)
	}
	strength := strengthOf(f)
	for j := range f.H {
		for i := range f.W {
			a := most * strength(f.Data[(f.H-1-j)*f.W+i])
			q := m.pixels[4*(j*f.W+i):][:4]
			q[0], q[1], q[2] = byte(a*float32(c.R)), byte(a*float32(c.G)), byte(a*float32(c.B))
			q[3] = byte(a * 255)
		}
	}
	m.image.WritePixels(m.pixels)
}

// fullError is the part of the speed of pairs that an error shown in full
// colour comes to.
const fullError = 0.25

// strengthOf is how strongly a number is shown, 0 … 1. An error is measured by
// the speed of pairs. A density is shown by its square root against a high
// quantile of it, so that thin tails are in sight and one sharp peak does not
// put out the rest.
func strengthOf(f *engine.Field) func(v float32) float32 {
	if f.Kind == engine.Gap {
		unit := float32(math.Max(fullError*f.Typical, 1e-9))
		return func(v float32) float32 { return min(v/unit, 1) }
	}
	top := peak(f.Data)
	return func(v float32) float32 {
		return float32(math.Min(math.Exp(float64(v-top)/2), 1))
	}
}

// peak is the log-density that is shown in full: as high as all but the
// highest two hundredths of the mass in sight.
func peak(logs []float32) float32 {
	most := float32(math.Inf(-1))
	for _, v := range logs {
		most = max(most, v)
	}
	// Mass by log-density below the highest, in bins of a tenth of a nat.
	var bins [200]float64
	total := 0.0
	for _, v := range logs {
		p := math.Exp(float64(v - most))
		total += p
		bins[min(int(10*(most-v)), len(bins)-1)] += p
	}
	sum := 0.0
	for i, p := range bins {
		if sum += p; sum >= 0.02*total {
			return most - float32(i)/10
		}
	}
	return most
}
