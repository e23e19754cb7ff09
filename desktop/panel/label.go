package panel

import (
	"image/color"

	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/text/v2"
)

// label is a line of text that may change from frame to frame.
type label struct {
	part
	text   func() string
	face   text.Face
	colour color.RGBA
	symbol string // after the text, in the soft colour
	end    bool   // aligned at its right
}

func (k *look) label(s string) *label {
	l := &label{part: begin(k, 0, 20), text: func() string { return s }, face: k.body, colour: k.soft}
	l.size.X = int(text.Advance(s, l.face)) + 1
	return l
}

// figure is a label at the right of a row whose text changes.
func (k *look) reading(get func() string) *label {
	return &label{part: begin(k, 0, 20), text: get, face: k.body, colour: k.theme.Ink, end: true}
}

// Render implements widget.Renderer.
func (l *label) Render(dst *ebiten.Image) {
	r := l.w.Rect
	s := shorten(l.text(), float64(r.Dx()), advance(l.face))
	if l.end {
		writeEnd(dst, s, l.face, float64(r.Max.X), l.middle(), l.colour)
		return
	}
	x := write(dst, s, l.face, float64(r.Min.X), l.middle(), l.colour)
	if l.symbol != "" {
		write(dst, l.symbol, l.look.small, x+float64(l.look.px(6)), l.middle(), l.look.soft)
	}
}
