package panel

import (
	"bytes"
	"image/color"
	"math"

	"github.com/ebitenui/ebitenui/image"
	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/text/v2"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"inkflow/render"
)

// Measures of the frame, device-independent pixels.
const (
	BarHeight      = 48
	TimelineHeight = 68
	panelWide      = 364
	panelNarrow    = 316
	narrowBelow    = 1100 // windows less wide than this get the narrow panel
	margin         = 16
)

// PanelWidth is the breadth of the panel in a window of that width.
func PanelWidth(window float64) float64 {
	if window <= narrowBelow {
		return panelNarrow
	}
	return panelWide
}

// palette is the chrome's colours; those of the stage are render.Theme's.
type palette struct {
	ground, raised, line, soft, target, learned, onLearned, exact, fault color.RGBA
}

var (
	night = palette{
		ground:    color.RGBA{0x0f, 0x15, 0x28, 0xff},
		raised:    color.RGBA{0x1a, 0x23, 0x41, 0xff},
		line:      color.RGBA{0x26, 0x30, 0x4f, 0xff},
		soft:      color.RGBA{0xa3, 0xad, 0xc8, 0xff},
		target:    color.RGBA{0xff, 0xb3, 0x47, 0xff},
		learned:   color.RGBA{0x3f, 0xd0, 0xe0, 0xff},
		onLearned: color.RGBA{0x04, 0x22, 0x2a, 0xff},
		exact:     color.RGBA{0xf0, 0x72, 0xd8, 0xff},
		fault:     color.RGBA{0xff, 0x8f, 0x7d, 0xff},
	}
	day = palette{
		ground:    color.RGBA{0xff, 0xfe, 0xfb, 0xff},
		raised:    color.RGBA{0xf1, 0xec, 0xe1, 0xff},
		line:      color.RGBA{0xdd, 0xd6, 0xc6, 0xff},
		soft:      color.RGBA{0x58, 0x60, 0x78, 0xff},
		target:    color.RGBA{0x9a, 0x5b, 0x00, 0xff},
		learned:   color.RGBA{0x0b, 0x72, 0x85, 0xff},
		onLearned: color.RGBA{0xff, 0xff, 0xff, 0xff},
		exact:     color.RGBA{0xa3, 0x12, 0x7f, 0xff},
		fault:     color.RGBA{0xb3, 0x26, 0x1e, 0xff},
	}
)

// style is what a look depends on.
type style struct {
	scale  float64 // pixels a device-independent pixel
	night  bool
	narrow bool
}

// look is colours, type and shapes at one scale.
type look struct {
	style
	palette
	theme *render.Theme

	body, small, bold, figure, name *text.GoTextFace

	shapes map[shape]*image.NineSlice
	icons  map[icon]*ebiten.Image
	tiles  map[string]*ebiten.Image // white, its alpha the preset's density
}

// fonts are the typefaces, parsed once.
type fonts struct{ regular, bold *text.GoTextFaceSource }

func loadFonts() (fonts, error) {
	r, err := text.NewGoTextFaceSource(bytes.NewReader(goregular.TTF))
	if err != nil {
		return fonts{}, err
	}
	b, err := text.NewGoTextFaceSource(bytes.NewReader(gobold.TTF))
	return fonts{r, b}, err
}

func newLook(s style, f fonts) *look {
	k := &look{style: s, palette: day, theme: &render.Day,
		shapes: map[shape]*image.NineSlice{}, icons: map[icon]*ebiten.Image{}, tiles: map[string]*ebiten.Image{}}
	if s.night {
		k.palette, k.theme = night, &render.Night
	}
	face := func(source *text.GoTextFaceSource, size float64) *text.GoTextFace {
		return &text.GoTextFace{Source: source, Size: size * s.scale}
	}
	k.body, k.small, k.bold = face(f.regular, 14), face(f.regular, 12.5), face(f.bold, 14)
	k.figure, k.name = face(f.bold, 20), face(f.bold, 18)
	return k
}

// px is a measure in pixels of the screen.
func (k *look) px(v float64) int { return int(math.Round(v * k.scale)) }

// faded is a colour at a part of its strength, as ebiten wants it:
// premultiplied.
func faded(c color.RGBA, a float64) color.RGBA {
	f := func(v uint8) uint8 { return uint8(math.Round(float64(v) * a)) }
	return color.RGBA{f(c.R), f(c.G), f(c.B), f(c.A)}
}
