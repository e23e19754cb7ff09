// Package picture reads a picture as a density, and holds every limit on
// pictures from outside.
package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
	"math"

	"inkflow/core/density"
)

// Limits on pictures from outside. A picture is judged by its header first:
// 77 bytes of PNG can claim 60,000 × 60,000 pixels.
const (
	maxBytes  = 4 << 20
	maxPixels = 4 << 20 // 4 megapixels
	cells     = 192     // along the longer side, at most
	paper     = 3       // of 255: fainter marks are the paper, not ink
)

// Decode reads a PNG or JPEG picture as a density, see [Grid]. It
// refuses a file above 4 MiB, and before decoding a picture above 4 megapixels
// (2048 × 2048).
func Decode(r io.Reader) (*density.Grid, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("the picture could not be read: %w", err)
	}
	if len(data) > maxBytes {
		return nil, errors.New("the picture file is larger than 4 MiB; save it smaller and try again")
	}
	config, decode := png.DecodeConfig, png.Decode
	switch {
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
	case bytes.HasPrefix(data, []byte("\xff\xd8")):
		config, decode = jpeg.DecodeConfig, jpeg.Decode
	default:
		return nil, errors.New("this is not a PNG or JPEG picture; save it as one of the two")
	}
	header, err := config(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("the picture is damaged (%w); save it anew", err)
	}
	if err := admit(header.Width, header.Height); err != nil {
		return nil, err
	}
	img, err := decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("the picture is damaged (%w); save it anew", err)
	}
	return Grid(img)
}

// admit judges the size of a picture.
func admit(w, h int) error {
	if w < 1 || h < 1 {
		return errors.New("the picture has no pixels")
	}
	// Each side is below 2³², so the product fits 64 bits.
	if uint64(w)>>32 != 0 || uint64(h)>>32 != 0 || uint64(w)*uint64(h) > maxPixels {
		return fmt.Errorf("the picture has %d × %d pixels; 4 megapixels (2048 × 2048) is the most", w, h)
	}
	return nil
}

// Grid reads the darkness of a picture as density: black is 1 and white 0
// before the darkest cell is scaled to 1, and what is transparent shows white
// paper. The longer side of the picture spans [-3, 3], its middle is the
// origin, y points up. It has at most 192 cells along the longer side, each
// the average over its area. A picture without ink is an error that wraps
// density.ErrEmpty; one of more than 4 megapixels is an error too.
func Grid(img image.Image) (*density.Grid, error) {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if err := admit(w, h); err != nil {
		return nil, err
	}
	side := max(1, float64(max(w, h))/cells) // of a cell, in pixels
	g := density.Centred(int(math.Ceil(float64(w)/side-1e-9)), int(math.Ceil(float64(h)/side-1e-9)))
	// The grid may be a fraction of a cell larger than the picture: half of
	// that, the margin, lies before the first pixel of a row or column.
	across := axis{margin: (float64(g.W)*side - float64(w)) / 2, side: side}
	upward := axis{margin: (float64(g.H)*side - float64(h)) / 2, side: side}

	// Whole rows at a time, laid on white paper in a buffer of modest size.
	rows := min(h, max(1, 1<<16/w))
	block := image.NewRGBA(image.Rect(0, 0, w, rows))
	line := make([]float32, g.W) // [W] ink of one row of pixels
	for y := range h {
		k := y % rows
		if k == 0 {
			draw.Draw(block, block.Rect, image.White, image.Point{}, draw.Src)
			draw.Draw(block, block.Rect, img, image.Pt(b.Min.X, b.Min.Y+y), draw.Over)
		}
		clear(line)
		pixels := block.Pix[k*block.Stride:][:4*w]
		for x := range w {
			if v := darkness(pixels[4*x:]); v > 0 {
				across.share(line, 1, x, v)
			}
		}
		for i, v := range line {
			if v > 0 {
				upward.share(g.Ink[i:], g.W, h-1-y, v)
			}
		}
	}
	if g.Empty() {
		return nil, fmt.Errorf("the picture is all white or transparent: %w", density.ErrEmpty)
	}
	g.Settle()
	return g, nil
}

// darkness of an opaque RGBA pixel, 0 white … 255 black, by the luma of
// ITU-R BT.601.
func darkness(p []byte) float32 {
	v := 255 - (0.299*float32(p[0]) + 0.587*float32(p[1]) + 0.114*float32(p[2]))
	if v < paper {
		return 0
	}
	return v
}

// axis maps pixels to the larger cells that average them.
type axis struct{ margin, side float64 } // in pixels

// share adds v to the cell that pixel k lies in, or to the two it lies across.
// Cells are stride apart in ink.
func (a axis) share(ink []float32, stride, k int, v float32) {
	from := (a.margin + float64(k)) / a.side
	cell := int(from)
	rest := (from-float64(cell))*a.side + 1 - a.side // length beyond the cell, in pixels
	if next := (cell + 1) * stride; rest > 1e-6 && next < len(ink) {
		ink[next] += v * float32(rest)
		v *= float32(1 - rest)
	}
	if at := cell * stride; at < len(ink) {
		ink[at] += v
	}
}
