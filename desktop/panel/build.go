package panel

import (
	"strconv"
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
		rows.AddChild(p.row(c))
	}
}

// row builds the row of a control that is not a button.
func (p *Page) row(c *controls.Control) child {
	if c.Kind == controls.Choice {
		return p.tiles(c)
	}
	k := p.look
	if c.Kind == controls.Reading {
		f := k.fact(c.Label, c.Symbol, func() string { return p.lab.Reading(c.ID) })
		p.hint(f.w, c)
		return f
	}
	name := k.label(c.Label)
	name.symbol = c.Symbol
	p.hint(name.w, c)
	width := 108.0
	if k.narrow {
		width = 92
	}
	lay := func(widths ...float64) *columns {
		l := &columns{gap: k.px(8)}
		for _, w := range widths {
			l.widths = append(l.widths, k.px(w))
		}
		return l
	}
	get, set := func() float64 { return p.lab.Number(c.ID) }, func(v float64) { p.lab.SetNumber(c.ID, v) }
	switch c.Kind {
	case controls.Range:
		s := k.slider(c, get, set)
		p.hint(s.w, c)
		if !c.Log {
			return contain(lay(width, -1, 56), name, s, k.value(func() string { return p.lab.Value(c.ID) }))
		}
		f := p.number(c, s.value)
		return contain(lay(width, -1, 80), name, s, f)
	case controls.Number:
		return contain(lay(width, -1), name, p.number(c, get))
	case controls.Select:
		return contain(lay(width, -1), name, p.menu(c))
	case controls.Text:
		f := k.field(func() string { return p.lab.Text(c.ID) }, func(s string) {
			if s != "" {
				p.Choose(c.ID, s)
			}
		}, p.ui.ClearFocus)
		f.hint, f.eager = "type, then Enter", true
		return contain(lay(width, -1), name, f)
	case controls.File:
		f := k.field(nothing, func(s string) {
			if s != "" {
				p.files(c.ID, s)
			}
		}, p.ui.ClearFocus)
		f.hint, f.limit = "drop it here, or a path", 4096
		return contain(lay(width, -1), name, f)
	}
	panic("panel: no row for the kind of " + c.ID)
}

// number builds a field for a number of the table.
func (p *Page) number(c *controls.Control, get func() float64) *field {
	f := p.look.field(func() string { return digits(get()) }, func(s string) {
		if v, err := strconv.ParseFloat(s, 64); err == nil {
			p.lab.SetNumber(c.ID, v)
		}
	}, p.ui.ClearFocus)
	f.only = func(r rune) bool { return r >= '0' && r <= '9' }
	f.limit, f.eager = 10, true
	p.hint(f.w, c)
	return f
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
