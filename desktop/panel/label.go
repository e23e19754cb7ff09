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
	l.size.X = int(advance(s, l.face)) + 1
	return l
}

// value is a label at the right of a row whose text changes.
func (k *look) value(get func() string) *label {
	return &label{part: begin(k, 0, 20), text: get, face: k.body, colour: k.theme.Ink, end: true}
}

// Render implements widget.Renderer.
func (l *label) Render(dst *ebiten.Image) {
	r := l.w.Rect
	s := shorten(l.text(), float64(r.Dx()), measure(l.face))
	if l.end {
		writeEnd(dst, s, l.face, float64(r.Max.X), l.middle(), l.colour)
		return
	}
	x := write(dst, s, l.face, float64(r.Min.X), l.middle(), l.colour)
	if l.symbol != "" {
		write(dst, l.symbol, l.look.small, x+float64(l.look.px(6)), l.middle(), l.look.soft)
	}
}

// fact is a row that is only read: a name at its left, a figure at its right.
type fact struct {
	part
	text, symbol string
	get          func() string
}

func (k *look) fact(text, symbol string, get func() string) *fact {
	return &fact{begin(k, 0, 18), text, symbol, get}
}

// Render implements widget.Renderer.
func (f *fact) Render(dst *ebiten.Image) {
	k, r, y := f.look, f.w.Rect, f.middle()
	value := f.get()
	writeEnd(dst, value, k.body, float64(r.Max.X), y, k.theme.Ink)
	room := float64(r.Dx()-k.px(8)) - advance(value, k.body)
	if f.symbol != "" {
		room -= float64(k.px(6)) + advance(f.symbol, k.small)
	}
	x := write(dst, shorten(f.text, room, measure(k.body)), k.body, float64(r.Min.X), y, k.soft)
	if f.symbol != "" {
		write(dst, f.symbol, k.small, x+float64(k.px(6)), y, k.soft)
	}
}
