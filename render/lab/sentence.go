package lab

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"inkflow/core/engine"
)

// Sentence is an error as a person is told of it: a capital first, a full stop
// last.
func Sentence(err error) string {
	if errors.Is(err, engine.ErrClosed) {
		return "The engine has stopped. Reload to go on."
	}
	return capital(err.Error())
}

// capital makes a sentence of a message.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	s = string(unicode.ToUpper(r)) + s[n:]
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}
