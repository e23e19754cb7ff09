package render

import (
	"image/color"

	"github.com/hajimehoshi/ebiten/v2"

	"inkflow/core/density"
	"inkflow/render/lab"
)

// paper shows a drawing, faint, under the particles.
type paper struct {
	image    *ebiten.Image
	pixels   []byte
	revision int
	night    bool
}

func (p *paper) draw(screen *ebiten.Image, l *lab.Lab, g *density.Grid, revision int, c color.RGBA, most float32, dpr float64) {
	if g == nil {
		return
	}
	if p.image == nil || revision != p.revision || l.Night() != p.night {
		p.paint(g, c, most)
		p.revision, p.night = revision, l.Night()
	}
	v := l.View()
	s := v.Scale() * dpr * g.Cell
	x, y := v.Screen(g.X0, g.Y0+float64(g.H)*g.Cell)
	op := &ebiten.DrawImageOptions{Filter: ebiten.FilterLinear}
	op.GeoM.Scale(s, s)
	op.GeoM.Translate(x*dpr, y*dpr)
	screen.DrawImage(p.image, op)
}

// paint turns ink into a wash of a colour. The square root lifts thin tails
// into sight.
func (p *paper) paint(g *density.Grid, c color.RGBA, most float32) {
	if p.image == nil || p.image.Bounds().Dx() != g.W || p.image.Bounds().Dy() != g.H {
		if p.image != nil {
			p.image.Deallocate()
		}
		p.image = ebiten.NewImage(g.W, g.H)
		p.pixels = make([]byte, 4*g.W*g.H)
	}
	top := float32(0)
	for _, v := range g.Ink {
		top = max(top, v)
	}
	for j := range g.H {
		for i := range g.W {
			a := float32(0)
			if v := g.Ink[(g.H-1-j)*g.W+i]; v > 0 {
				a = most * sqrt32(v/top)
			}
			q := p.pixels[4*(j*g.W+i):][:4]
			q[0], q[1], q[2] = byte(a*float32(c.R)), byte(a*float32(c.G)), byte(a*float32(c.B))
			q[3] = byte(a * 255)
		}
	}
	p.image.WritePixels(p.pixels)
}
