package panel

import (
	"image"

	"github.com/hajimehoshi/ebiten/v2"
)

// paragraph is a text of several lines.
type paragraph struct {
	part
	lines []string
}

// lineHeight is that of small text, device-independent pixels.
const lineHeight = 18

// paragraph breaks a text into lines of at most that breadth, in
// device-independent pixels.
func (k *look) paragraph(s string, breadth float64) *paragraph {
	p := &paragraph{part: begin(k, 0, 0), lines: wrap(s, breadth*k.scale, measure(k.small))}
	for _, l := range p.lines {
		p.size.X = max(p.size.X, int(advance(l, k.small))+1)
	}
	p.size = image.Pt(p.size.X, len(p.lines)*k.px(lineHeight))
	return p
}

// Render implements widget.Renderer.
func (p *paragraph) Render(dst *ebiten.Image) {
	for i, l := range p.lines {
		y := float64(p.w.Rect.Min.Y) + (float64(i)+0.5)*float64(p.look.px(lineHeight))
		write(dst, l, p.look.small, float64(p.w.Rect.Min.X), y, p.look.theme.Ink)
	}
}
