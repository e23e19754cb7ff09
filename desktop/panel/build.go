package panel

import (
	"time"

	"github.com/ebitenui/ebitenui/widget"

	"inkflow/render/controls"
)

type child = widget.PreferredSizeLocateableWidget

// groups builds the panel's questions with their rows.
func (p *Page) groups() *widget.Container {
	k := p.look
	column := contain(&stack{})
	for _, g := range controls.Groups() {
		rows := contain(&stack{gap: k.px(8), insets: widget.Insets{Left: k.px(margin), Right: k.px(margin), Bottom: k.px(12)}})
		p.rows(rows, g.ID)
		show := func() {
			v := widget.Visibility_Show
			if p.folded[g.ID] {
				v = widget.Visibility_Hide
			}
			rows.GetWidget().SetVisibility(v)
		}
		show()
		head := k.question(g.Question, func() string { return p.lab.Summary(g.ID) },
			func() bool { return !p.folded[g.ID] },
			func() {
				p.folded[g.ID] = !p.folded[g.ID]
				show()
				p.panel.RequestRelayout()
			})
		column.AddChild(&surface{Container: contain(&stack{}, head, rows), look: k, edge: k.line, sides: [4]bool{2: true}})
	}
	return column
}

// rows builds the rows of a group; buttons that follow each other share one.
func (p *Page) rows(rows *widget.Container, group string) {
	var pair *widget.Container
	for i := range controls.All() {
		c := &controls.All()[i]
		if c.Place != controls.Panel || c.Group != group {
			continue
		}
		if c.Kind == controls.Button || c.Kind == controls.Toggle {
			if pair == nil || len(pair.Children()) == 2 {
				pair = contain(&columns{widths: []int{-1, -1}, gap: p.look.px(8)})
				rows.AddChild(pair)
			}
			pair.AddChild(p.button(c))
			continue
		}
		pair = nil
		r := row{id: c.ID, row: p.row(c)}
		rows.AddChild(r.row)
		if get := p.explanation(c); get != nil {
			inset := 0.0
			if c.Kind == controls.Check {
				inset = boxSide + 9
			}
			r.tells = p.look.tells(get, inset)
			rows.AddChild(r.tells)
		}
		p.coming = append(p.coming, r)
	}
}

// tiles builds a choice among presets: each a picture of itself.
func (p *Page) tiles(c *controls.Control) child {
	k := p.look
	breadth := panelWide
	if k.narrow {
		breadth = panelNarrow
	}
	grid := contain(&tiles{across: 6, gap: k.px(8), width: k.px(float64(breadth)) - 2*k.px(margin)})
	for _, o := range c.Options {
		b := k.button(picture, "", "", func() { p.Choose(c.ID, o.Value) })
		b.preset = o.Value
		b.on = func() bool { return p.lab.Text(c.ID) == o.Value }
		p.tip(b.w, o.Label)
		grid.AddChild(b)
	}
	return grid
}

// button builds a button of the table. A toggle says what pressing it does.
func (p *Page) button(c *controls.Control) *button {
	k := p.look
	name := ""
	if controls.Icon(c.ID) != "" {
		name = c.ID
	}
	text := c.Label
	if c.Place == controls.Bar && k.narrow {
		text = ""
	}
	b := k.button(plain, text, name, func() { p.Do(c) })
	b.enabled = func() bool { return p.lab.Enabled(c.ID) }
	on := func() bool { return p.lab.Number(c.ID) != 0 }
	switch c.ID {
	case controls.Train:
		b.dress = primary
		b.text = func() string {
			if on() {
				return "Pause training"
			}
			return c.Label
		}
	case controls.Play:
		b.dress = round
		b.icon = func() string {
			if on() {
				return "pause"
			}
			return "play"
		}
	default:
		if c.Kind == controls.Toggle {
			b.on = on
		}
	}
	b.fit()
	p.hint(b.w, c)
	return b
}

// choice builds a few options side by side.
func (p *Page) choice(c *controls.Control) child {
	k := p.look
	set := contain(&columns{left: k.px(3), right: k.px(3)})
	for _, o := range c.Options {
		name := o.Icon
		if controls.Icon(name) == "" {
			name = ""
		}
		b := k.button(segment, o.Label, name, func() { p.Choose(c.ID, o.Value) })
		b.on = func() bool { return p.lab.Text(c.ID) == o.Value }
		b.enabled = func() bool { return p.lab.Enabled(c.ID) }
		p.hint(b.w, c)
		set.AddChild(b)
	}
	set.GetWidget().MinHeight = k.px(34)
	return &surface{Container: set, look: k, radius: 9, ground: k.raised, edge: k.raised}
}

// hint shows a control's sentence, with its key, when the pointer rests on it.
func (p *Page) hint(w *widget.Widget, c *controls.Control) { p.tip(w, c.Title()) }

// tip shows a text when the pointer rests on a widget.
func (p *Page) tip(w *widget.Widget, s string) {
	if s == "" {
		return
	}
	k := p.look
	c := &surface{Container: contain(&stack{insets: *widget.NewInsetsSimple(k.px(8))}, k.paragraph(s, 280)),
		look: k, radius: 8, ground: k.raised, edge: k.line}
	t := widget.NewToolTip(widget.ToolTipOpts.Content(c), widget.ToolTipOpts.Delay(800*time.Millisecond))
	t.Position, t.Offset.Y = widget.TOOLTIP_POS_CURSOR_STICKY, k.px(20)
	widget.WidgetOpts.ToolTip(t)(w)
}
