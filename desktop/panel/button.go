package panel

import (
	"image"
	"image/color"

	"github.com/ebitenui/ebitenui/widget"
	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/inpututil"
	"github.com/hajimehoshi/ebiten/v2/text/v2"
)

// dress is how a button looks.
type dress int

const (
	plain   dress = iota // on its own
	segment              // one of several side by side
	primary              // the one that matters
	round                // play
	picture              // a preset
	entry                // a line of a menu
)

// button is pressed with the pointer, with Enter or with the space bar.
type button struct {
	part
	focus
	dress   dress
	text    func() string
	icon    func() string
	preset  string      // of a picture
	on      func() bool // the one that is chosen
	enabled func() bool
	press   func()
	step    func(by int) // arrow keys up and down, or nil
	down    bool         // the pointer or a key holds it
}

func always() bool                { return true }
func never() bool                 { return false }
func nothing() string             { return "" }
func just(s string) func() string { return func() string { return s } }

func (k *look) button(d dress, text, icon string, press func()) *button {
	b := &button{part: begin(k, 0, 34), dress: d, text: just(text), icon: just(icon),
		on: never, enabled: always, press: press}
	b.self = b
	b.feel()
	b.w.MouseButtonPressedEvent.AddHandler(func(a any) {
		b.down = a.(*widget.WidgetMouseButtonPressedEventArgs).Button == ebiten.MouseButtonLeft
	})
	b.w.MouseButtonReleasedEvent.AddHandler(func(any) { b.down = false })
	b.w.MouseButtonClickedEvent.AddHandler(func(a any) {
		if a.(*widget.WidgetMouseButtonClickedEventArgs).Button == ebiten.MouseButtonLeft && b.enabled() {
			b.press()
		}
	})
	b.fit()
	return b
}

// fit makes the button as wide as what is on it.
func (b *button) fit() {
	k := b.look
	pad, height := 12.0, 34.0
	switch b.dress {
	case segment:
		pad, height = 11, 28
	case round:
		b.size = image.Pt(k.px(42), k.px(42))
		return
	case picture:
		return
	case entry:
		height = 32
	}
	w := 2 * pad
	if b.icon() != "" {
		w += 18
		if b.text() != "" {
			w += 6
		}
	}
	b.size = image.Pt(k.px(w)+int(advance(b.text(), b.face())+0.5), k.px(height))
}

func (b *button) face() text.Face {
	if b.dress == primary {
		return b.look.bold
	}
	return b.look.body
}

// Update implements widget.Updater.
func (b *button) Update(o *widget.UpdateObject) {
	b.w.Disabled = !b.enabled()
	b.part.Update(o)
	if b.focused && b.enabled() && (inpututil.IsKeyJustPressed(ebiten.KeyEnter) || inpututil.IsKeyJustPressed(ebiten.KeySpace)) {
		b.press()
	}
	if b.focused && b.step != nil {
		if repeats(ebiten.KeyArrowUp) {
			b.step(-1)
		} else if repeats(ebiten.KeyArrowDown) {
			b.step(1)
		}
	}
}

// Render implements widget.Renderer.
func (b *button) Render(dst *ebiten.Image) {
	k, r := b.look, b.w.Rect
	ink, ground, edge := b.colours()
	switch b.dress {
	case round:
		k.box(dst, r, 21, 0, ground, edge)
	case picture:
		k.box(dst, r, 10, 2, ground, edge)
		b.drawPicture(dst)
	case segment, entry:
		if ground.A > 0 {
			k.box(dst, r, 7, 0, ground, edge)
		}
	default:
		k.box(dst, r, 9, 1, ground, edge)
	}
	if b.focused {
		k.box(dst, b.ring(), 10, 2, color.RGBA{}, k.learned)
	}
	b.drawFace(dst, ink)
}

// colours of the face, the ground and the edge, as things stand.
func (b *button) colours() (ink, ground, edge color.RGBA) {
	k, on := b.look, b.on()
	ink, ground = k.theme.Ink, k.raised
	switch b.dress {
	case plain:
		edge = k.raised
		if b.hover && b.enabled() {
			edge = k.soft
		}
	case primary, round:
		ink, ground = k.onLearned, k.learned
		edge = ground
		if b.hover {
			ground = blend(k.learned, 0.88, k.theme.Ink, 0.12)
		}
	case segment, entry:
		ground = color.RGBA{}
		switch {
		case on:
			ground = k.ground
			if b.dress == entry {
				ink = k.learned
			}
		case !b.hover && b.dress == segment:
			ink = k.soft
		case b.dress == entry && b.hover:
			ground = k.line
		}
	case picture:
		edge = k.raised
		if on {
			edge = k.target
		} else if b.hover {
			edge = k.line
		}
	}
	if !b.enabled() {
		ink = blend(ink, 0.42, ground, 0.58)
	}
	return ink, ground, edge
}

func (b *button) drawFace(dst *ebiten.Image, ink color.RGBA) {
	k, s, name := b.look, b.text(), b.icon()
	y := b.middle()
	x := float64(b.w.Rect.Min.X+b.w.Rect.Max.X) / 2
	if b.dress == round {
		k.symbol(dst, name, true, 22, x, y, ink)
		return
	}
	if b.dress == entry {
		write(dst, s, b.face(), float64(b.w.Rect.Min.X+k.px(12)), y, ink)
		if name != "" {
			k.symbol(dst, name, false, 18, float64(b.w.Rect.Max.X-k.px(16)), y, k.soft)
		}
		return
	}
	w := advance(s, b.face())
	side, gap := float64(k.px(18)), float64(k.px(6))
	switch {
	case name != "" && s != "":
		x -= (side + gap + w) / 2
		k.symbol(dst, name, false, 18, x+side/2, y, ink)
		write(dst, s, b.face(), x+side+gap, y, ink)
	case name != "":
		k.symbol(dst, name, false, 18, x, y, ink)
	default:
		write(dst, s, b.face(), x-w/2, y, ink)
	}
}

func (b *button) drawPicture(dst *ebiten.Image) {
	m := b.look.tile(b.preset)
	r := b.w.Rect.Inset(b.look.px(3))
	op := &ebiten.DrawImageOptions{Filter: ebiten.FilterLinear}
	op.GeoM.Scale(float64(r.Dx())/float64(m.Bounds().Dx()), float64(r.Dy())/float64(m.Bounds().Dy()))
	op.GeoM.Translate(float64(r.Min.X), float64(r.Min.Y))
	op.ColorScale.ScaleWithColor(b.look.theme.Target)
	dst.DrawImage(m, op)
}
