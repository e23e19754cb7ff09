// Package text sets a typed word as a density.
//
// It is apart from density for its weight: a font and its tables cost more than
// all the rest, and an engine that is only handed grids has no use for them.
package text

import (
	"errors"
	"fmt"
	"image"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"inkflow/core/density"
)

const (
	maxRunes  = 40  // of a typed text
	wordCells = 192 // along the longer side of a word; also the root of the most cells
	minEm     = 30  // cells to the em, so that the thinnest stroke is three cells wide
)

// Grid sets a text on one line in Go Bold and reads it as a density: the
// longer side of its ink spans [-3, 3], the middle of the ink is the origin,
// and a cell's ink is the share of it that the letters cover.
//
// A short text has about 192 cells along its longer side; a long one more, so
// that its strokes stay three cells wide. Runs of white space count as one
// blank. A text without a visible character, of more than 40 characters, or
// with characters that the font lacks is an error; the last names them.
func Grid(text string) (*density.Grid, error) {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return nil, errors.New("the text is empty; type a word")
	}
	runes := []rune(text)
	if len(runes) > maxRunes {
		return nil, fmt.Errorf("the text has %d characters; a word or two is best, %d characters at most", len(runes), maxRunes)
	}
	bold, err := opentype.Parse(gobold.TTF)
	if err != nil {
		panic("text: the built-in font is damaged: " + err.Error())
	}
	if err := covers(bold, runes); err != nil {
		return nil, err
	}

	// Measure on a large em, then choose the size.
	const large = 256
	bounds, _ := font.BoundString(face(bold, large), text)
	w := float64(bounds.Max.X-bounds.Min.X) / 64 / large
	h := float64(bounds.Max.Y-bounds.Min.Y) / 64 / large
	if !(w > 0 && h > 0) {
		return nil, fmt.Errorf("the text %q has no visible character; type a word", text)
	}
	em := math.Max(wordCells/math.Max(w, h), minEm)
	em = math.Min(em, wordCells/math.Sqrt(w*h))

	return crop(set(bold, em, text)), nil
}

// covers names the characters that the font lacks.
func covers(f *sfnt.Font, runes []rune) error {
	var buf sfnt.Buffer
	var lacking []string
	for _, r := range runes {
		glyph, err := f.GlyphIndex(&buf, r)
		if err == nil && glyph != 0 && strconv.IsGraphic(r) && r != utf8.RuneError {
			continue
		}
		if quoted := strconv.QuoteRune(r); !slices.Contains(lacking, quoted) {
			lacking = append(lacking, quoted)
		}
	}
	if len(lacking) > 0 {
		return fmt.Errorf("the font has no %s; use Latin, Greek or Cyrillic letters, digits and common signs", strings.Join(lacking, ", "))
	}
	return nil
}

// face is the font at em cells to the em, without hinting.
func face(f *sfnt.Font, em float64) font.Face {
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: em, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic("text: the built-in font has no face: " + err.Error())
	}
	return face
}

// set draws the text on a page just large enough.
func set(f *sfnt.Font, em float64, text string) *image.Alpha {
	sized := face(f, em)
	bounds, _ := font.BoundString(sized, text)
	page := image.NewAlpha(image.Rect(bounds.Min.X.Floor()-1, bounds.Min.Y.Floor()-1, bounds.Max.X.Ceil()+1, bounds.Max.Y.Ceil()+1))
	pen := font.Drawer{Dst: page, Src: image.Opaque, Face: sized, Dot: fixed.Point26_6{}}
	pen.DrawString(text)
	return page
}

// crop keeps the rows and columns of the page that hold ink, as a grid whose
// longer side spans [-3, 3]. A letter with bounds has ink: there is some.
func crop(page *image.Alpha) *density.Grid {
	w, h := page.Rect.Dx(), page.Rect.Dy()
	whole := density.NewGrid(w, h, 0, 0, 1)
	for j := range h {
		for i, a := range page.Pix[(h-1-j)*page.Stride:][:w] {
			whole.Ink[j*w+i] = float32(a) / 255
		}
	}
	x0, y0, x1, y1 := whole.Bounds() // in pixels: cells of side 1 about the corner 0, 0
	left, right, bottom, top := int(x0), int(x1), int(y0), int(y1)
	g := density.Centred(right-left, top-bottom)
	for j := range g.H {
		copy(g.Ink[j*g.W:(j+1)*g.W], whole.Ink[(bottom+j)*w+left:])
	}
	return g
}
