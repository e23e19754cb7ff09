package panel

import (
	"image"

	"github.com/ebitenui/ebitenui/widget"

	"inkflow/render/controls"
)

// menu builds a Select: a button that shows the choice and opens the others.
func (p *Page) menu(c *controls.Control) child {
	k := p.look
	b := k.button(plain, "", "", nil)
	b.dress = entry
	b.icon = just("down")
	b.text = func() string {
		for _, o := range c.Options {
			if o.Value == p.lab.Text(c.ID) {
				return o.Label
			}
		}
		return ""
	}
	s := &surface{Container: contain(&columns{widths: []int{-1}}, b), look: k, radius: 8, ground: k.raised, edge: k.line}
	b.size = image.Pt(k.px(80), k.px(32))
	b.press = func() { p.unfold(c, s.GetWidget().Rect) }
	b.enabled = func() bool { return p.lab.Enabled(c.ID) }
	b.step = func(by int) {
		at := 0
		for i, o := range c.Options {
			if o.Value == p.lab.Text(c.ID) {
				at = i
			}
		}
		for at += by; at >= 0 && at < len(c.Options); at += by {
			if p.lab.Objection(c.ID, c.Options[at].Value) == "" {
				p.Choose(c.ID, c.Options[at].Value)
				return
			}
		}
	}
	p.hint(b.w, c)
	return s
}

// unfold opens the options of a Select under its button.
func (p *Page) unfold(c *controls.Control, under image.Rectangle) {
	k := p.look
	list := contain(&stack{insets: *widget.NewInsetsSimple(k.px(4))})
	for _, o := range c.Options {
		b := k.button(entry, o.Label, "", func() {
			p.close()
			p.Choose(c.ID, o.Value)
		})
		b.on = func() bool { return p.lab.Text(c.ID) == o.Value }
		why := p.lab.Objection(c.ID, o.Value)
		b.enabled = func() bool { return why == "" }
		p.tip(b.w, why)
		list.AddChild(b)
	}
	_, h := list.PreferredSize()
	r := image.Rect(under.Min.X, under.Max.Y+k.px(4), under.Max.X, under.Max.Y+k.px(4)+h)
	if bottom := k.px(p.h); r.Max.Y > bottom {
		r = r.Sub(image.Pt(0, r.Max.Y-under.Min.Y+k.px(4)))
	}
	if r.Min.Y < 0 { // a long list in a low window
		r = r.Sub(image.Pt(0, r.Min.Y))
	}
	p.open(list, r)
}

// open shows a container over everything until something beside it is
// pressed.
func (p *Page) open(c *widget.Container, r image.Rectangle) {
	p.close()
	k := p.look
	s := &surface{Container: c, look: k, radius: 10, ground: k.raised, edge: k.soft}
	var w *widget.Window
	w = widget.NewWindow(widget.WindowOpts.Contents(s), widget.WindowOpts.Modal(),
		widget.WindowOpts.CloseMode(widget.CLICK_OUT), widget.WindowOpts.Location(r),
		widget.WindowOpts.ClosedHandler(func(*widget.WindowClosedEventArgs) {
			if p.popup == w {
				p.popup = nil
			}
		}))
	p.popup = w
	p.ui.AddWindow(w)
}

// help opens the list of keys.
func (p *Page) help() {
	k := p.look
	list := contain(&stack{gap: k.px(2), insets: *widget.NewInsetsSimple(k.px(16))})
	add := func(key, text string) {
		name, does := k.label(key), k.label(text)
		name.colour = k.theme.Ink
		list.AddChild(contain(&columns{widths: []int{k.px(88), -1}}, name, does))
	}
	title := k.label("Keys")
	title.face, title.colour = k.bold, k.theme.Ink
	list.AddChild(title)
	for _, key := range controls.Keys() {
		add(key.Name, key.Does)
	}
	_, h := list.PreferredSize()
	w := k.px(320)
	x, y := (k.px(p.w)-w)/2, (k.px(p.h)-h)/2
	p.open(list, image.Rect(x, y, x+w, y+h))
}

// Help opens the list of keys.
func (p *Page) Help() { p.help() }
