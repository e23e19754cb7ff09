package path

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// families is the table: a scheduler is one row here and one file. The default
// comes first, and the order is fit for a menu.
func families() []family {
	return []family{
		condot(), polynomial(), cosine(), linearvp(), vp(), subvp(), ve(), targetcfm(),
	}
}

// A family is a scheduler with its parameters left open.
type family struct {
	word     string
	keys     []string  // names of the parameters
	standard []float64 // their defaults, one each

	// build makes the scheduler of these parameters, or says in words what
	// they should have been.
	build func(values []float64) (s Scheduler, want string)
}

// name spells a scheduler so that Parse finds it again: the word, then the
// parameters that differ from the default.
func (f family) name(values ...float64) string {
	text, sep := f.word, ":"
	for i, v := range values {
		if v != f.standard[i] {
			text += sep + f.keys[i] + "=" + number(v)
			sep = ","
		}
	}
	return text
}

// Schedulers returns every scheduler there is, with its default parameters,
// the default one first, in an order fit for a menu.
func Schedulers() []Scheduler {
	var all []Scheduler
	for _, f := range families() {
		s, want := f.build(f.standard)
		if want != "" {
			panic("path: the default parameters of " + f.word + " are refused: " + want)
		}
		all = append(all, s)
	}
	return all
}

// Parse finds a scheduler by its name, which parameters may follow: "condot",
// "polynomial:n=3", "ve:min=0.01,max=10". A parameter left out has its
// default. The error is a sentence that says what would be right.
func Parse(text string) (Scheduler, error) {
	word, list, colon := strings.Cut(text, ":")
	var words []string
	for _, f := range families() {
		if f.word == word {
			return f.parse(list, colon)
		}
		words = append(words, f.word)
	}
	return nil, errors.New("there is no scheduler " + quote(text) + "; use one of: " + strings.Join(words, ", "))
}

// parse reads "min=0.1,max=20".
func (f family) parse(list string, colon bool) (Scheduler, error) {
	values := append([]float64(nil), f.standard...)
	given := make([]bool, len(values))
	for pair := range strings.SplitSeq(list, ",") {
		if !colon {
			break
		}
		key, written, _ := strings.Cut(pair, "=")
		at := -1
		for i, k := range f.keys {
			if k == key && !given[i] {
				at = i
			}
		}
		v, err := strconv.ParseFloat(written, 64)
		switch {
		case len(f.keys) == 0:
			return nil, errors.New("the scheduler " + f.word + " takes no parameters, and " + quote(list) + " was given; write just " + f.word)
		case at < 0:
			return nil, errors.New(quote(pair) + " is no parameter of the scheduler " + f.word + ", or comes twice; it takes " + f.example())
		case err != nil || math.IsNaN(v) || math.IsInf(v, 0):
			return nil, errors.New(quote(pair) + " has no number that can be read; the scheduler " + f.word + " takes " + f.example())
		}
		values[at], given[at] = v, true
	}
	s, want := f.build(values)
	if want != "" {
		return nil, errors.New("the scheduler " + quote(f.word+":"+list) + " cannot be: " + want)
	}
	return s, nil
}

// example spells the parameters with their defaults.
func (f family) example() string {
	text, sep := f.word, ":"
	for i, k := range f.keys {
		text += sep + k + "=" + number(f.standard[i])
		sep = ","
	}
	return text
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// quote shows at most 40 characters of what was given.
func quote(text string) string {
	n := 0
	for at := range text {
		if n++; n > 40 {
			return strconv.Quote(text[:at])
		}
	}
	return strconv.Quote(text)
}
