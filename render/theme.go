package render

import "image/color"

// Theme is the colours of one paper. A colour means the same everywhere: amber
// the target, cyan the learned flow, magenta the exact answer, grey the noise.
type Theme struct {
	Paper  color.RGBA
	Target color.RGBA // drawn at TargetAlpha
	Ink    color.RGBA // lines and text over the stage

	Learned, Exact, Grey color.RGBA // of arrows, maps and a source that is drawn

	TargetAlpha float32
	MapAlpha    float32 // of a map at its strongest
	Noise, Flow Ramp    // of the particles at t = 0 and once they have left it
}

// Ramp is a colour from sparse to dense: three stops of straight red, green
// and blue.
type Ramp [3][3]float32

// at is the particles' ramp at time t: they leave the noise's grey in the first
// half of their way.
func (th *Theme) at(t float64) Ramp {
	w := float32(min(max(2*t, 0), 1))
	w *= w * (3 - 2*w)
	var r Ramp
	for i := range r {
		for j := range r[i] {
			r[i][j] = th.Noise[i][j] + w*(th.Flow[i][j]-th.Noise[i][j])
		}
	}
	return r
}

// Night glows on a deep blue-black, Day is dark ink on a warm off-white.
var (
	Night = Theme{
		Paper:       color.RGBA{0x0a, 0x0f, 0x1e, 0xff},
		Target:      color.RGBA{0xff, 0xb3, 0x47, 0xff},
		Ink:         color.RGBA{0xe8, 0xec, 0xf6, 0xff},
		Learned:     color.RGBA{0x3f, 0xd0, 0xe0, 0xff},
		Exact:       color.RGBA{0xf0, 0x72, 0xd8, 0xff},
		Grey:        color.RGBA{0xa3, 0xad, 0xc8, 0xff},
		TargetAlpha: 0.20,
		MapAlpha:    0.62,
		Noise:       Ramp{{0.38, 0.42, 0.50}, {0.63, 0.68, 0.76}, {0.90, 0.93, 0.97}},
		Flow:        Ramp{{0.10, 0.50, 0.62}, {0.25, 0.84, 0.88}, {0.97, 0.98, 0.78}},
	}
	Day = Theme{
		Paper:       color.RGBA{0xfb, 0xf8, 0xf1, 0xff},
		Target:      color.RGBA{0xc7, 0x7c, 0x0a, 0xff},
		Ink:         color.RGBA{0x1b, 0x24, 0x38, 0xff},
		Learned:     color.RGBA{0x0b, 0x72, 0x85, 0xff},
		Exact:       color.RGBA{0xa3, 0x12, 0x7f, 0xff},
		Grey:        color.RGBA{0x58, 0x60, 0x78, 0xff},
		TargetAlpha: 0.20,
		MapAlpha:    0.55,
		Noise:       Ramp{{0.60, 0.62, 0.67}, {0.42, 0.45, 0.52}, {0.22, 0.25, 0.33}},
		Flow:        Ramp{{0.20, 0.62, 0.66}, {0.03, 0.46, 0.52}, {0.06, 0.16, 0.33}},
	}
)
