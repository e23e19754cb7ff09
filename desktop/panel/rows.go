package panel

import (
	"strconv"

	"github.com/ebitenui/ebitenui/widget"

	"inkflow/render/controls"
	"inkflow/render/lab"
)

// row is a line of the panel that comes and goes with what is chosen, and the
// text under it, if it may have one.
type row struct {
	id    string
	row   child
	tells *tells
}

// explanation is what is said under a control, or nil.
func (p *Page) explanation(c *controls.Control) func() string {
	switch {
	case c.Kind == controls.Chart:
		return func() string { return p.lab.Chart(c.ID).Caption }
	case c.Kind == controls.Check, c.Kind == controls.Range, c.Kind == controls.Select:
		return func() string { return p.lab.Tells(c.ID) }
	}
	return nil
}

// rearrange shows and hides rows after something was chosen.
func (p *Page) rearrange() {
	chose, changed := p.chose != p.lab.Choices(), false
	p.chose = p.lab.Choices()
	for i := range p.coming {
		r := &p.coming[i]
		shown := p.lab.Shown(r.id)
		if chose {
			changed = set(r.row, shown) || changed
		}
		if r.tells != nil {
			changed = r.tells.change() || changed
			changed = set(r.tells, shown && r.tells.text != "") || changed
		}
	}
	if changed {
		p.panel.RequestRelayout()
	}
}

// set shows or hides a widget and reports whether that is a change.
func set(c child, shown bool) bool {
	v := widget.Visibility_Hide
	if shown {
		v = widget.Visibility_Show
	}
	was := c.GetWidget().GetVisibility()
	c.GetWidget().SetVisibility(v)
	return was != v
}

// row builds the row of a control that is not a button.
func (p *Page) row(c *controls.Control) child {
	if c.Kind == controls.Choice {
		return p.tiles(c)
	}
	k := p.look
	switch c.Kind {
	case controls.Check:
		b := k.check(c, func() bool { return p.lab.Number(c.ID) != 0 }, func() bool { return p.lab.Enabled(c.ID) },
			func() { p.Toggle(c.ID) })
		p.hint(b.w, c)
		return b
	case controls.Chart:
		v := k.chart(func() lab.Chart { return p.lab.Chart(c.ID) })
		p.hint(v.w, c)
		return v
	case controls.Reading:
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
		s.enabled = func() bool { return p.lab.Enabled(c.ID) }
		p.hint(s.w, c)
		if !c.Log {
			return contain(lay(width, -1, 56), name, s, k.value(func() string {
				if s.drag && c.OnRelease {
					return digits(s.value())
				}
				return p.lab.Value(c.ID)
			}))
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
	f.only = func(r rune) bool { return r >= '0' && r <= '9' || r == '.' && c.Step < 1 }
	f.limit, f.eager = 10, true
	p.hint(f.w, c)
	return f
}
