package text

import (
	"math"
	"strings"
	"testing"
)

func TestWord(t *testing.T) {
	long := strings.Repeat("W", maxRunes)
	for _, text := range []string{"flow", "I", ".", "—", "agglutination", long, strings.Repeat("l", maxRunes), "Grüße", "Поток", "ροή", "a b", "fi % & @ €"} {
		g, err := Grid(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		x0, y0, x1, y1 := g.Bounds()
		// Ends and middle up to rounding; the ink fills its grid.
		if math.Abs(math.Max(x1-x0, y1-y0)-6) > 1e-9 || math.Abs(x0+x1) > 1e-9 || math.Abs(y0+y1) > 1e-9 {
			t.Errorf("%q: ink in %v %v %v %v; want it centred, 6 long", text, x0, y0, x1, y1)
		}
		if max(g.W, g.H) < wordCells-2 || g.W*g.H > wordCells*wordCells+2*(g.W+g.H) {
			t.Errorf("%q: %d × %d cells", text, g.W, g.H)
		}
	}
}

func TestWordIsUpright(t *testing.T) {
	// An L has its foot at the bottom right: the mean lies low, and the top
	// right corner is blank.
	g, err := Grid("L")
	if err != nil {
		t.Fatal(err)
	}
	if mean, _ := g.Moments(); mean[1] > -0.3 {
		t.Errorf("mean %v; the foot of an L is heavy", mean)
	}
	if g.Ink[len(g.Ink)-1] != 0 || g.Ink[g.W-1] == 0 {
		t.Error("the L does not stand on its foot")
	}
}

func TestWordStrokesAreWide(t *testing.T) {
	// Runs of dark cells along the middle row of a text of bare stems: none is
	// thinner than three cells, however long the text.
	for _, text := range []string{"l", "lll", strings.Repeat("l", maxRunes), strings.Repeat("Wl", maxRunes/2)} {
		g, err := Grid(text)
		if err != nil {
			t.Fatal(err)
		}
		// A stem has full ink inside and shares of it at both edges: the sum
		// of a run is its width.
		row := g.Ink[g.H*2/3*g.W:][:g.W]
		width := float32(0)
		for i, v := range row {
			width += v
			if v == 0 || i == len(row)-1 {
				if width > 0 && width < 2.9 {
					t.Errorf("%.10q: a stroke is %v cells wide", text, width)
					break
				}
				width = 0
			}
		}
	}
}

func TestWordSpaces(t *testing.T) {
	a, err := Grid("  a \t\n b ")
	if err != nil {
		t.Fatal(err)
	}
	b, _ := Grid("a b")
	if a.W != b.W || a.H != b.H || a.Mass() != b.Mass() {
		t.Error("runs of white space do not count as one blank")
	}
}

func TestWordRefuses(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"nothing", "", "empty"},
		{"blanks", " \t\n\u00a0", "empty"},
		{"too long", strings.Repeat("x", maxRunes+1), "40 characters"},
		{"a megabyte", strings.Repeat("x", 1<<20), "40 characters"},
		{"other script", "a中b文中", "'中', '文';"},
		{"bad UTF-8", "a\xff\xfe", "the font has no"},
		{"control", "a\x00b", `'\x00'`},
	} {
		g, err := Grid(test.text)
		if g != nil || err == nil || !strings.Contains(err.Error(), test.want) || len(err.Error()) > 300 {
			t.Errorf("%s: %v; want an error with %q", test.name, err, test.want)
		}
	}
}
