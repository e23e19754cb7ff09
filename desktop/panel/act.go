package panel

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"inkflow/render/controls"
)

// Choose sets a text value and says what is wrong with it, if anything is.
func (p *Page) Choose(id, value string) {
	if err := p.lab.SetText(id, value); err != nil {
		p.lab.Say(Sentence(err), true)
	} else if p.lab.Notice().Fault {
		p.lab.Say("", false)
	}
}

// Toggle turns a toggle over.
func (p *Page) Toggle(id string) {
	if p.lab.Enabled(id) {
		p.lab.SetNumber(id, 1-p.lab.Number(id))
	}
}

// Do presses a button of the table or turns a toggle over.
func (p *Page) Do(c *controls.Control) {
	if c.Kind == controls.Toggle || c.Kind == controls.Check {
		p.Toggle(c.ID)
	} else {
		p.lab.Press(c.ID)
	}
}

// Sentence is an error's text as a sentence: a capital first, a full stop
// last.
func Sentence(err error) string {
	s := err.Error()
	r, n := utf8.DecodeRuneInString(s)
	s = string(unicode.ToUpper(r)) + s[n:]
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}
