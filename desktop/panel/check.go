package panel

import (
	"image"
	"image/color"

	"github.com/ebitenui/ebitenui/widget"
	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/inpututil"

	"inkflow/render/controls"
)

// check is a box to tick, with its name beside it.
type check struct {
	part
	focus
	control *controls.Control
	on      func() bool
	enabled func() bool
	press   func()
}

func (k *look) check(c *controls.Control, on, enabled func() bool, press func()) *check {
	b := &check{part: begin(k, 0, 26), control: c, on: on, enabled: enabled, press: press}
	b.self = b
	b.feel()
	b.w.MouseButtonClickedEvent.AddHandler(func(a any) {
		if a.(*widget.WidgetMouseButtonClickedEventArgs).Button == ebiten.MouseButtonLeft && b.enabled() {
			b.press()
		}
	})
	return b
}

// Update implements widget.Updater.
func (b *check) Update(o *widget.UpdateObject) {
	b.w.Disabled = !b.enabled()
	b.part.Update(o)
	if b.focused && b.enabled() && (inpututil.IsKeyJustPressed(ebiten.KeyEnter) || inpututil.IsKeyJustPressed(ebiten.KeySpace)) {
		b.press()
	}
}

// boxSide is the side of the box, device-independent pixels.
const boxSide = 17

// Render implements widget.Renderer.
func (b *check) Render(dst *ebiten.Image) {
	k, y := b.look, b.middle()
	side := k.px(boxSide)
	r := image.Rect(b.w.Rect.Min.X, int(y)-side/2, b.w.Rect.Min.X+side, int(y)-side/2+side)
	ink, mark := k.theme.Ink, k.role(b.control.Colour)
	if b.control.Colour == controls.Plain {
		mark = k.learned
	}
	if !b.enabled() {
		ink, mark = blend(ink, 0.42, k.ground, 0.58), blend(mark, 0.42, k.ground, 0.58)
	}
	switch {
	case b.on():
		k.box(dst, r, 4, 0, mark, color.RGBA{})
		k.symbol(dst, "tick", false, boxSide-2, float64(r.Min.X+r.Max.X)/2, float64(r.Min.Y+r.Max.Y)/2, k.ground)
	case b.hover:
		k.box(dst, r, 4, 1, k.raised, mark)
	default:
		k.box(dst, r, 4, 1, k.raised, k.soft)
	}
	if b.focused {
		k.box(dst, b.ring(), 6, 2, color.RGBA{}, k.learned)
	}
	x := write(dst, b.control.Label, k.body, float64(r.Max.X+k.px(9)), y, ink)
	if b.control.Symbol != "" {
		write(dst, b.control.Symbol, k.small, x+float64(k.px(6)), y, k.soft)
	}
}

// role is the colour of a meaning.
func (k *look) role(r controls.Role) color.RGBA {
	switch r {
	case controls.Target:
		return k.target
	case controls.Learned:
		return k.learned
	case controls.Exact:
		return k.exact
	}
	return k.soft
}

// tells is a text that explains what stands above it and may change: as many
// lines as it takes.
type tells struct {
	part
	get   func() string
	inset float64 // device-independent pixels
	width int     // to break lines at, pixels
	text  string
	lines []string
}

func (k *look) tells(get func() string, inset float64) *tells {
	breadth := panelWide
	if k.narrow {
		breadth = panelNarrow
	}
	t := &tells{part: begin(k, 0, 0), get: get, inset: inset, width: k.px(float64(breadth)-2*margin-inset) - k.px(8)}
	t.change()
	return t
}

// change takes another text and reports whether there is one.
func (t *tells) change() bool {
	s := t.get()
	if s == t.text {
		return false
	}
	t.text = s
	t.lines = wrap(s, float64(t.width), measure(t.look.small))
	t.size.Y = len(t.lines) * t.look.px(lineHeight)
	return true
}

// Render implements widget.Renderer.
func (t *tells) Render(dst *ebiten.Image) {
	k := t.look
	for i, l := range t.lines {
		y := float64(t.w.Rect.Min.Y) + (float64(i)+0.5)*float64(k.px(lineHeight))
		write(dst, l, k.small, float64(t.w.Rect.Min.X+k.px(t.inset)), y, k.soft)
	}
}
