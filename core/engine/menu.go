package engine

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// Line is a line of a menu. Name is the word that core's parsers take, so that
// a menu needs no numerics to be shown; a test of engine/run holds the two
// together.
type Line struct {
	Name, Title string
	Hint        string // one sentence, or empty
	Parameters  []Parameter
	Adaptive    bool // of solvers: chooses its own steps
}

// Parameter is a number that a line takes, with the range of its slider. Core
// may take numbers beyond it.
type Parameter struct {
	Key, Title, Symbol      string
	Min, Max, Step, Default float64
	Log                     bool // the slider moves by ratios
	Hint                    string
}

// Menu is a list of lines that one of Settings' texts chooses from.
type Menu []Line

// Find returns the line of that name, or nil.
func (m Menu) Find(name string) *Line {
	for i := range m {
		if m[i].Name == name {
			return &m[i]
		}
	}
	return nil
}

// Read takes a text such as "vp:min=0.1,max=20" apart: the line and a value
// for each of its parameters, the default where the text has none. The error
// says what is wrong in a sentence, and what there is.
func (m Menu) Read(what, text string) (*Line, []float64, error) {
	name, rest, colon := strings.Cut(text, ":")
	l := m.Find(name)
	if l == nil {
		return nil, nil, errors.New("there is no " + what + " " + quote(name) + "; there are: " + m.names())
	}
	values := l.Defaults()
	if !colon {
		return l, values, nil
	}
	for part := range strings.SplitSeq(rest, ",") {
		key, number, _ := strings.Cut(part, "=")
		i := l.index(strings.TrimSpace(key))
		if i < 0 {
			return nil, nil, errors.New("the " + what + " " + l.Name + " has no parameter " + quote(key) + "; it takes: " + l.keys())
		}
		v, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
		if err != nil || !finite(v) {
			return nil, nil, errors.New(l.Name + ":" + l.Parameters[i].Key + " is a number, not " + quote(number))
		}
		values[i] = v
	}
	return l, values, nil
}

// Write is Read's inverse: the canonical text, defaults left out.
func (l *Line) Write(values []float64) string {
	text := l.Name
	mark := ":"
	for i, p := range l.Parameters {
		if values[i] != p.Default {
			text += mark + p.Key + "=" + strconv.FormatFloat(values[i], 'g', -1, 64)
			mark = ","
		}
	}
	return text
}

// Defaults are the values of the line's parameters that nobody has turned.
func (l *Line) Defaults() []float64 {
	values := make([]float64, len(l.Parameters))
	for i, p := range l.Parameters {
		values[i] = p.Default
	}
	return values
}

func (l *Line) index(key string) int {
	for i, p := range l.Parameters {
		if p.Key == key {
			return i
		}
	}
	return -1
}

func (l *Line) keys() string {
	if len(l.Parameters) == 0 {
		return "none"
	}
	var keys []string
	for _, p := range l.Parameters {
		keys = append(keys, p.Key)
	}
	return strings.Join(keys, ", ")
}

func (m Menu) names() string {
	var names []string
	for _, l := range m {
		names = append(names, l.Name)
	}
	return strings.Join(names, ", ")
}

// quote puts a text that came from outside into a sentence, cut short.
func quote(s string) string {
	if r := []rune(s); len(r) > 40 {
		s = string(r[:40]) + "…"
	}
	return strconv.Quote(s)
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
