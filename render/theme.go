package render

import "image/color"

// Theme is the colours of one paper. Three colours mean the same everywhere:
// the target, the learned flow, the exact answer; noise is grey.
type Theme struct {
	Paper  color.RGBA
	Target color.RGBA // amber; drawn at TargetAlpha
	Exact  color.RGBA // magenta
	Ink    color.RGBA // lines and text over the stage

	TargetAlpha float32
	// Ramp is the particles' colour from sparse to dense: three stops of
	// straight red, green, blue. The first is the learned flow's own hue.
	Ramp [3][3]float32
}

// Night glows on a deep blue-black, Day is dark ink on a warm off-white.
var (
	Night = Theme{
		Paper:       color.RGBA{0x0a, 0x0f, 0x1e, 0xff},
		Target:      color.RGBA{0xff, 0xb3, 0x47, 0xff},
		Exact:       color.RGBA{0xf0, 0x6a, 0xd8, 0xff},
		Ink:         color.RGBA{0xe8, 0xec, 0xf6, 0xff},
		TargetAlpha: 0.20,
		Ramp:        [3][3]float32{{0.10, 0.50, 0.62}, {0.25, 0.84, 0.88}, {0.97, 0.98, 0.78}},
	}
	Day = Theme{
		Paper:       color.RGBA{0xfb, 0xf8, 0xf1, 0xff},
		Target:      color.RGBA{0xc7, 0x7c, 0x0a, 0xff},
		Exact:       color.RGBA{0xa0, 0x1f, 0x86, 0xff},
		Ink:         color.RGBA{0x1b, 0x24, 0x38, 0xff},
		TargetAlpha: 0.20,
		Ramp:        [3][3]float32{{0.20, 0.62, 0.66}, {0.03, 0.46, 0.52}, {0.06, 0.16, 0.33}},
	}
)
