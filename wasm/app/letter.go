//go:build js && wasm

package main

import (
	"errors"
	"fmt"
	"image"
	"strings"
	"syscall/js"

	"inkflow/core/density"
	"inkflow/core/density/picture"
)

const (
	wordHeight = 160 // pixels of an em
	wordRunes  = 40
)

// letter sets a word with the browser's own fonts, so that it may be of any
// script.
func letter(word string) (*density.Grid, error) {
	word = strings.Join(strings.Fields(word), " ")
	switch n := len([]rune(word)); {
	case n == 0:
		return nil, errors.New("the text is empty; type a word")
	case n > wordRunes:
		return nil, fmt.Errorf("the text has %d characters; a word or two is best, %d characters at most", n, wordRunes)
	}
	canvas := create(js.Undefined(), "canvas", "")
	pen := canvas.Call("getContext", "2d", map[string]any{"willReadFrequently": true})
	style := func() {
		pen.Set("font", fmt.Sprintf("700 %dpx system-ui, sans-serif", wordHeight))
		pen.Set("textBaseline", "middle")
	}
	style()
	w := int(pen.Call("measureText", word).Get("width").Float()) + wordHeight
	h := 2 * wordHeight
	canvas.Set("width", w)
	canvas.Set("height", h)
	style() // a canvas forgets it with its size
	pen.Call("fillText", word, wordHeight/2, h/2)

	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	js.CopyBytesToGo(img.Pix, pen.Call("getImageData", 0, 0, w, h).Get("data"))
	ink := inked(img)
	if ink.Empty() {
		return nil, fmt.Errorf("the text %q has no visible character; type a word", word)
	}
	return picture.Grid(img.SubImage(ink))
}

// inked is the smallest rectangle around everything that is not transparent.
func inked(img *image.NRGBA) image.Rectangle {
	var r image.Rectangle
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			if img.Pix[y*img.Stride+4*x+3] > 8 {
				r = r.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return r
}
