package panel

// edit is a line of text being edited. The selection lies between anchor and
// caret, both in 0 … len(text).
type edit struct {
	text          []rune
	caret, anchor int
}

func (e *edit) set(s string) {
	e.text = []rune(s)
	e.caret, e.anchor = len(e.text), 0
}

// selection is what is selected, in order.
func (e *edit) selection() (from, to int) { return min(e.caret, e.anchor), max(e.caret, e.anchor) }

// insert puts runes in the place of the selection, as far as they fit.
func (e *edit) insert(r []rune, limit int) {
	e.cut()
	r = r[:min(len(r), max(limit-len(e.text), 0))]
	e.text = append(e.text[:e.caret:e.caret], append(append([]rune(nil), r...), e.text[e.caret:]...)...)
	e.caret += len(r)
	e.anchor = e.caret
}

// cut removes the selection and reports whether there was one.
func (e *edit) cut() bool {
	from, to := e.selection()
	e.text = append(e.text[:from], e.text[to:]...)
	e.caret, e.anchor = from, from
	return from != to
}

// backspace removes the selection or the rune before the caret.
func (e *edit) backspace() {
	if !e.cut() && e.caret > 0 {
		e.anchor = e.caret - 1
		e.cut()
	}
}

// del removes the selection or the rune after the caret.
func (e *edit) del() {
	if !e.cut() && e.caret < len(e.text) {
		e.anchor = e.caret + 1
		e.cut()
	}
}

// move brings the caret to a place; the anchor stays where text is selected.
func (e *edit) move(to int, selecting bool) {
	e.caret = min(max(to, 0), len(e.text))
	if !selecting {
		e.anchor = e.caret
	}
}

// all selects everything.
func (e *edit) all() { e.caret, e.anchor = len(e.text), 0 }
