package panel

import (
	"errors"
	"slices"
	"testing"
	"unicode/utf8"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"

	"inkflow/core/engine"
	"inkflow/render/controls"
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

// The typeface has a sign for everything that the table of controls and the
// engine's menus say.
func TestEverySignIsThere(t *testing.T) {
	var texts []string
	for _, c := range controls.All() {
		texts = append(texts, c.Label, c.Symbol, c.Title(), c.Unit)
		for _, o := range c.Options {
			texts = append(texts, o.Label)
		}
	}
	for _, m := range []engine.Menu{engine.Schedulers(), engine.Predictions(), engine.Couplings(), engine.Weights(),
		engine.Samplings(), engine.Solvers(), engine.Grids()} {
		for _, l := range m {
			texts = append(texts, l.Title, l.Hint)
		}
	}
	for _, g := range controls.Groups() {
		texts = append(texts, g.Question)
	}
	texts = append(texts, "1/√n", "CFM − FM ± …", "“” · ½× ›")
	for _, ttf := range [][]byte{goregular.TTF, gobold.TTF} {
		f, err := sfnt.Parse(ttf)
		if err != nil {
			t.Fatal(err)
		}
		var b sfnt.Buffer
		for _, s := range texts {
			for _, r := range printable(s) {
				if i, err := f.GlyphIndex(&b, r); err != nil || i == 0 {
					t.Errorf("there is no sign for %q in %q", r, s)
				}
			}
		}
	}
}
