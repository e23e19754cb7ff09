package panel

import (
	"github.com/hajimehoshi/ebiten/v2"

	"inkflow/render/controls"
)

// bar builds the slim bar on top: the name, the tools, the looks.
func (p *Page) bar() child {
	k := p.look
	tools, looks := contain(&columns{gap: k.px(8)}), contain(&columns{gap: k.px(8)})
	for i := range controls.All() {
		c := &controls.All()[i]
		if c.Place != controls.Bar {
			continue
		}
		parent := tools
		if c.ID == controls.Theme {
			parent = looks
		}
		if c.Kind == controls.Choice {
			parent.AddChild(p.choice(c))
		} else {
			parent.AddChild(p.button(c))
		}
	}
	keys := k.button(plain, "?", "", p.help)
	p.tip(keys.w, "Keys (?)")
	looks.AddChild(keys)
	l := &columns{widths: []int{0, 0, -1, 0}, gap: k.px(16), left: k.px(margin), right: k.px(margin)}
	return &surface{Container: contain(l, k.wordmark(), tools, contain(&columns{}), looks),
		look: k, ground: k.ground, edge: k.line, solid: true, sides: [4]bool{2: true}}
}

// timeline builds the time line: play, the slider between its ends, speed.
func (p *Page) timeline() child {
	k := p.look
	row := contain(&columns{widths: []int{0, -1, 0}, gap: k.px(margin), left: k.px(margin), right: k.px(margin)})
	for i := range controls.All() {
		c := &controls.All()[i]
		if c.Place != controls.Timeline {
			continue
		}
		switch c.Kind {
		case controls.Choice:
			row.AddChild(p.choice(c))
		case controls.Range:
			s := k.slider(c, p.lab.Time, func(v float64) { p.lab.SetNumber(c.ID, v) })
			p.hint(s.w, c)
			e := &ends{begin(k, 0, 18), p.lab.Start, func() string { return "t = " + p.lab.Value(c.ID) }}
			row.AddChild(contain(&stack{gap: k.px(2)}, s, e))
		default:
			row.AddChild(p.button(c))
		}
	}
	return &surface{Container: row, look: k, ground: k.ground, edge: k.line, solid: true, sides: [4]bool{0: true}}
}

// wordmark is the name in two colours.
type wordmark struct{ part }

func (k *look) wordmark() *wordmark {
	w := &wordmark{begin(k, 0, 34)}
	w.size.X = int(measure(k.name)("inkflow")) + 1
	return w
}

// Render implements widget.Renderer.
func (w *wordmark) Render(dst *ebiten.Image) {
	k := w.look
	x := write(dst, "ink", k.name, float64(w.w.Rect.Min.X), w.middle(), k.theme.Ink)
	write(dst, "flow", k.name, x, w.middle(), k.learned)
}

// ends says what the two ends of time are, and where between them one is.
type ends struct {
	part
	start, text func() string
}

// Render implements widget.Renderer.
func (e *ends) Render(dst *ebiten.Image) {
	k, r, y := e.look, e.w.Rect, e.middle()
	write(dst, e.start()+" · t = 0", k.small, float64(r.Min.X), y, k.soft)
	// The moment stands still while its figures change.
	write(dst, e.text(), k.small, float64(r.Min.X+r.Max.X)/2-measure(k.small)("t = 0.00")/2, y, k.soft)
	writeEnd(dst, "drawing · t = 1", k.small, float64(r.Max.X), y, k.soft)
}
