package panel

import (
	"image/color"
	"math"
	"strings"

	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/text/v2"
)

// write draws a line of text that begins at x with its capitals centred on y,
// in pixels, and returns where it ends.
func write(dst *ebiten.Image, s string, face text.Face, x, y float64, c color.RGBA) float64 {
	end := x + advance(s, face)
	s = printable(s)
	m := face.Metrics()
	op := &text.DrawOptions{}
	op.GeoM.Translate(math.Round(x), math.Round(y-(m.HAscent+m.HDescent)/2))
	op.ColorScale.ScaleWithColor(c)
	text.Draw(dst, s, face, op)
	return end
}

// writeEnd is write for text that ends at x.
func writeEnd(dst *ebiten.Image, s string, face text.Face, x, y float64, c color.RGBA) {
	write(dst, s, face, x-advance(s, face), y, c)
}

// writeMiddle is write for text around x.
func writeMiddle(dst *ebiten.Image, s string, face text.Face, x, y float64, c color.RGBA) {
	write(dst, s, face, x-advance(s, face)/2, y, c)
}

// haloed is write with a soft edge in the colour of the paper around it.
func haloed(dst *ebiten.Image, s string, face text.Face, x, y, reach float64, c, paper color.RGBA) {
	for _, d := range [...][2]float64{{-1, 0}, {1, 0}, {0, -1}, {0, 1}, {-.7, -.7}, {.7, -.7}, {-.7, .7}, {.7, .7}} {
		write(dst, s, face, x+d[0]*reach, y+d[1]*reach, faded(paper, 0.5))
	}
	write(dst, s, face, x, y, c)
}

// shorten cuts a text with an ellipsis so that it takes no more than width.
func shorten(s string, width float64, measure func(string) float64) string {
	if measure(s) <= width {
		return s
	}
	r := []rune(s)
	for len(r) > 0 {
		r = r[:len(r)-1]
		if t := strings.TrimRight(string(r), " ") + "…"; measure(t) <= width {
			return t
		}
	}
	return ""
}

// wrap breaks a text between words into lines no wider than width; a word
// that is wider by itself is broken where it must be.
func wrap(s string, width float64, measure func(string) float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		if line != "" && measure(line+" "+word) <= width {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		line = ""
		for _, r := range word {
			if line != "" && measure(line+string(r)) > width {
				lines = append(lines, line)
				line = ""
			}
			line += string(r)
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// measure measures with a face.
func measure(face text.Face) func(string) float64 {
	return func(s string) float64 { return advance(s, face) }
}

// advance is the width of a line, in pixels.
func advance(s string, face text.Face) float64 {
	s = printable(s)
	return text.AdvanceAt(s, len(s), face)
}

// printable writes in other words what the typeface has no signs for. The page,
// with the system's fonts, has them.
func printable(s string) string { return signs.Replace(s) }

var signs = strings.NewReplacer("∇", "grad ", "ₜ", "(t)", "q\u0302", "q")
