package panel

import (
	"image/color"

	"github.com/ebitenui/ebitenui/widget"
	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/inpututil"
)

// question is the head of a group: pressed, it folds or unfolds it.
type question struct {
	part
	focus
	text    string
	summary func() string
	open    func() bool
	press   func()
}

func (k *look) question(s string, summary func() string, open func() bool, press func()) *question {
	q := &question{part: begin(k, 0, 40), text: s, summary: summary, open: open, press: press}
	q.self = q
	q.feel()
	q.w.MouseButtonClickedEvent.AddHandler(func(a any) {
		if a.(*widget.WidgetMouseButtonClickedEventArgs).Button == ebiten.MouseButtonLeft {
			q.press()
		}
	})
	return q
}

// Update implements widget.Updater.
func (q *question) Update(o *widget.UpdateObject) {
	q.part.Update(o)
	if q.focused && (inpututil.IsKeyJustPressed(ebiten.KeyEnter) || inpututil.IsKeyJustPressed(ebiten.KeySpace)) {
		q.press()
	}
}

// Render implements widget.Renderer.
func (q *question) Render(dst *ebiten.Image) {
	k, r, y := q.look, q.w.Rect, q.middle()
	if q.focused {
		k.box(dst, r.Inset(k.px(4)), 8, 2, color.RGBA{}, k.learned)
	}
	chevron, tint := "right", k.soft
	if q.open() {
		chevron = "down"
	}
	if q.hover {
		tint = k.theme.Ink
	}
	k.symbol(dst, chevron, false, 14, float64(r.Min.X+k.px(margin+5)), y, tint)
	x := write(dst, q.text, k.bold, float64(r.Min.X+k.px(margin+18)), y, k.theme.Ink)
	end := float64(r.Max.X - k.px(margin))
	if s := shorten(q.summary(), end-x-float64(k.px(12)), measure(k.small)); s != "" {
		write(dst, s, k.small, end-advance(s, k.small), y, k.soft)
	}
}
