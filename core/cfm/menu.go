package cfm

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// Names as a menu has them: a word, and for some of them one number behind it,
// as in "minsnr:gamma=5".

// parameter reads the number of a word that takes one, the standard one where
// text is the bare word. It must lie in (0, most].
func parameter(what, text, word, key string, standard, most float64) (float64, error) {
	if text == word {
		return standard, nil
	}
	form := spell(word, key, standard, math.NaN())
	written, ok := strings.CutPrefix(text, word+":"+key+"=")
	if !ok {
		return 0, errors.New("cfm: " + quote(text) + " is no " + what + " there is; write " + word + " or " + form)
	}
	v, err := strconv.ParseFloat(written, 64)
	if err != nil || !(v > 0 && v <= most) {
		return 0, errors.New("cfm: " + quote(text) + " needs a number above 0 and at most " + number(most) + "; write for example " + form)
	}
	return v, nil
}

// spell is the shortest text that parameter reads as v.
func spell(word, key string, v, standard float64) string {
	if v == standard {
		return word
	}
	return word + ":" + key + "=" + number(v)
}

// unknown says which words there are.
func unknown(what, text string, words []string) error {
	return errors.New("cfm: there is no " + what + " " + quote(text) + "; use one of: " + strings.Join(words, ", "))
}

// word is what stands before the colon.
func word(text string) string {
	w, _, _ := strings.Cut(text, ":")
	return w
}

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
