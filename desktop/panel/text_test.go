package panel

import (
	"errors"
	"slices"
	"testing"
	"unicode/utf8"
)

// each letter is one wide.
func letters(s string) float64 { return float64(utf8.RuneCountInString(s)) }

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		s     string
		width float64
		want  []string
	}{
		{"the flow learns it", 8, []string{"the flow", "learns", "it"}},
		{"", 8, nil},
		{"  two   words ", 40, []string{"two words"}},
		{"inkflow.safetensors", 8, []string{"inkflow.", "safetens", "ors"}},
		{"a inkflow.safe b", 8, []string{"a", "inkflow.", "safe b"}},
		{"水墨流", 2, []string{"水墨", "流"}},
	} {
		if got := wrap(tt.s, tt.width, letters); !slices.Equal(got, tt.want) {
			t.Errorf("wrap(%q, %g) = %q, want %q", tt.s, tt.width, got, tt.want)
		}
	}
}

func TestShorten(t *testing.T) {
	for _, tt := range []struct {
		s     string
		width float64
		want  string
	}{
		{"midpoint", 8, "midpoint"},
		{"midpoint", 7, "midpoi…"},
		{"mid point", 5, "mid…"},
		{"midpoint", 0, ""},
		{"水墨流", 2, "水…"},
	} {
		if got := shorten(tt.s, tt.width, letters); got != tt.want {
			t.Errorf("shorten(%q, %g) = %q, want %q", tt.s, tt.width, got, tt.want)
		}
	}
}

func TestSentence(t *testing.T) {
	for in, want := range map[string]string{"é is odd": "É is odd.", "Done.": "Done.", "no": "No."} {
		if got := Sentence(errors.New(in)); got != want {
			t.Errorf("Sentence(%q) = %q, want %q", in, got, want)
		}
	}
}
