package safetensors

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// parser reads the JSON (RFC 8259) of a header: objects, strings, lists of
// whole numbers, and past anything else. It is not a JSON library. The standard
// one weighs as much as the rest of the engine's Worker does without the
// runtime, and this is all the format needs of it.
type parser struct {
	b  []byte
	at int
}

// maxDepth bounds the nesting of values that are passed over.
const maxDepth = 64

// space passes over white space and returns the byte behind it, 0 at the end.
func (p *parser) space() byte {
	for p.at < len(p.b) {
		switch c := p.b[p.at]; c {
		case ' ', '\t', '\n', '\r':
			p.at++
		default:
			return c
		}
	}
	return 0
}

// eat passes over white space and the byte c, or says that it is missing.
func (p *parser) eat(c byte) error {
	if p.space() != c {
		return p.broken(strconv.QuoteRune(rune(c)) + " is missing")
	}
	p.at++
	return nil
}

// object reads one JSON object and calls member for each of its names, in
// order; member reads the value. A name that comes twice is an error.
func (p *parser) object(member func(name string) error) error {
	const want = "a header holds objects that hold strings and numbers"
	if c := p.space(); c != '{' && c != 0 {
		return p.fail("an object is missing", want)
	}
	seen := map[string]bool{}
	return p.list('{', '}', func() error {
		name, err := p.str()
		if err != nil {
			return err
		}
		if seen[name] {
			return p.broken("the name " + strconv.Quote(name) + " comes twice")
		}
		seen[name] = true
		if err := p.eat(':'); err != nil {
			return err
		}
		return member(name)
	})
}

// list reads what stands between two brackets, item by item.
func (p *parser) list(open, shut byte, item func() error) error {
	if err := p.eat(open); err != nil {
		return err
	}
	if p.space() == shut {
		p.at++
		return nil
	}
	for {
		if err := item(); err != nil {
			return err
		}
		if p.space() == shut {
			p.at++
			return nil
		}
		if err := p.eat(','); err != nil {
			return err
		}
	}
}

// text reads one JSON string; what names it in an error.
func (p *parser) text(what string) (string, error) {
	if c := p.space(); c != '"' && c != 0 {
		return "", p.fail(what+" is not a string", "it must be one")
	}
	return p.str()
}

// numbers reads one JSON array of whole numbers, none negative.
func (p *parser) numbers(what string) ([]uint64, error) {
	const want = "it must be a list of whole numbers, none negative"
	if c := p.space(); c != '[' && c != 0 {
		return nil, p.fail(what+" is not a list", want)
	}
	var list []uint64
	err := p.list('[', ']', func() error {
		p.space()
		from := p.at
		if err := p.skip(0); err != nil {
			return err
		}
		word := string(p.b[from:p.at])
		n, err := strconv.ParseUint(word, 10, 63)
		if err != nil || len(word) > 1 && word[0] == '0' {
			return p.fail(what+" holds "+word, want)
		}
		list = append(list, n)
		return nil
	})
	return list, err
}

// str reads a string, its escapes undone.
func (p *parser) str() (string, error) {
	if err := p.eat('"'); err != nil {
		return "", err
	}
	var s []byte
	for p.at < len(p.b) {
		switch c := p.b[p.at]; {
		case c == '"':
			p.at++
			return string(s), nil
		case c < ' ':
			return "", p.broken("a string holds a control character")
		case c == '\\':
			r, err := p.escape()
			if err != nil {
				return "", err
			}
			s = utf8.AppendRune(s, r)
		default:
			r, n := utf8.DecodeRune(p.b[p.at:])
			if r == utf8.RuneError && n <= 1 {
				return "", p.broken("a string is not UTF-8")
			}
			s = append(s, p.b[p.at:p.at+n]...)
			p.at += n
		}
	}
	return "", p.broken("")
}

// escape reads a backslash and what it stands for.
func (p *parser) escape() (rune, error) {
	if p.at+1 >= len(p.b) {
		p.at = len(p.b)
		return 0, p.broken("")
	}
	c := p.b[p.at+1]
	if c == 'u' {
		r, err := p.unit()
		if err != nil {
			return 0, err
		}
		if utf16.IsSurrogate(r) {
			low, err := p.unit()
			if err != nil {
				return 0, err
			}
			if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
				return 0, p.broken("a string holds half of a character")
			}
		}
		return r, nil
	}
	k := bytes.IndexByte([]byte(`"\/bfnrt`), c)
	if k < 0 {
		return 0, p.broken("a string holds an unknown escape")
	}
	p.at += 2
	return rune("\"\\/\b\f\n\r\t"[k]), nil
}

// unit reads \uXXXX.
func (p *parser) unit() (rune, error) {
	if len(p.b)-p.at < 6 || p.b[p.at] != '\\' || p.b[p.at+1] != 'u' {
		return 0, p.broken("a string holds an unknown escape")
	}
	n, err := strconv.ParseUint(string(p.b[p.at+2:p.at+6]), 16, 16)
	if err != nil {
		return 0, p.broken("a string holds an unknown escape")
	}
	p.at += 6
	return rune(n), nil
}

// skip passes over any one value.
func (p *parser) skip(depth int) error {
	if depth > maxDepth {
		return p.broken("its values are nested too deeply")
	}
	switch c := p.space(); {
	case c == '"':
		_, err := p.str()
		return err
	case c == '{':
		return p.object(func(string) error { return p.skip(depth + 1) })
	case c == '[':
		return p.list('[', ']', func() error { return p.skip(depth + 1) })
	}
	from := p.at
	for p.at < len(p.b) && bytes.IndexByte([]byte("+-.0123456789abcdefghijklmnopqrstuvwxyzE"), p.b[p.at]) >= 0 {
		p.at++
	}
	switch word := string(p.b[from:p.at]); word {
	case "true", "false", "null":
		return nil
	case "":
		return p.broken("a value is missing")
	default:
		if !number(word) {
			return p.broken(strconv.Quote(word[:min(len(word), 20)]) + " is no value")
		}
		return nil
	}
}

// number reports whether word is a JSON number: -?int(.digits)?(e±digits)?
func number(word string) bool {
	digits := func() bool {
		n := 0
		for n < len(word) && word[n] >= '0' && word[n] <= '9' {
			n++
		}
		word = word[n:]
		return n > 0
	}
	if word != "" && word[0] == '-' {
		word = word[1:]
	}
	if len(word) > 1 && word[0] == '0' && word[1] >= '0' && word[1] <= '9' {
		return false
	}
	if !digits() {
		return false
	}
	if word != "" && word[0] == '.' {
		if word = word[1:]; !digits() {
			return false
		}
	}
	if word != "" && (word[0] == 'e' || word[0] == 'E') {
		word = word[1:]
		if word != "" && (word[0] == '+' || word[0] == '-') {
			word = word[1:]
		}
		if !digits() {
			return false
		}
	}
	return word == ""
}

// broken says where and how the JSON grammar is broken. At the end of the
// header whatever is missing is missing because the header ends.
func (p *parser) broken(problem string) error {
	if p.at >= len(p.b) {
		return p.fail("the header ends in the middle", "its JSON must be whole")
	}
	return p.fail("the header is not JSON: "+problem, "a header is one JSON object without repeated names")
}

func (p *parser) fail(problem, want string) error {
	return &FormatError{lengthBytes + int64(p.at), problem, want}
}
