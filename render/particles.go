package render

import (
	_ "embed"
	"fmt"
	"image"
	"math"
	"unsafe"

	"github.com/hajimehoshi/ebiten/v2"

	"inkflow/render/lab"
)

//go:embed particles.kage
var particlesKage []byte

// particles counts the cloud into a buffer of the stage's pixels, hands it to
// the graphics card as it is, and lets a shader make light of it. A particle
// costs a few additions this way, and no draw call.
type particles struct {
	counts []uint32 // [h × w], row 0 on top
	w, h   int
	image  *ebiten.Image
	shader *ebiten.Shader
	used   bool // counts hold something
	drawn  bool
}

// maxTexels bounds the buffer: on larger stages a texel covers more than a
// pixel.
const maxTexels = 2_500_000

func newParticles() (*particles, error) {
	s, err := ebiten.NewShader(particlesKage)
	if err != nil {
		return nil, fmt.Errorf("the particles' shader does not compile: %w", err)
	}
	return &particles{shader: s}, nil
}

// resize makes the buffer fit a stage of w × h pixels and returns the pixels a
// texel covers in each direction.
func (p *particles) resize(w, h int) int {
	cover := 1
	for w/cover*(h/cover) > maxTexels {
		cover++
	}
	w, h = max((w+cover-1)/cover, 1), max((h+cover-1)/cover, 1)
	if w != p.w || h != p.h {
		if p.image != nil {
			p.image.Deallocate()
		}
		p.w, p.h = w, h
		p.counts = make([]uint32, w*h)
		p.image = nil
	}
	if p.image == nil {
		p.image = ebiten.NewImageWithOptions(image.Rect(0, 0, w, h), &ebiten.NewImageOptions{Unmanaged: true})
	}
	return cover
}

// count puts the cloud at time t into the buffer. One natural unit is scale
// texels, the origin is at (cx, cy), and a particle is a square of dot × dot
// texels.
func (p *particles) count(c *lab.Cloud, t, scale, cx, cy float64, dot int) {
	counts, w, h := p.counts, p.w, p.h
	clear(counts)
	p.used = c.Count > 0
	// Fixed-point numbers: a particle is two multiplications an axis and a
	// shift, where floats would be converted to and fro.
	const one = 1 << 20
	ox, oy := int((cx-float64(dot-1)/2)*one), int((cy-float64(dot-1)/2)*one)
	for i := range c.Slices {
		s := &c.Slices[i]
		if s.Count == 0 || len(s.Times) < 2 {
			continue
		}
		x0, y0, x1, y1, mix := s.At(float32(t))
		k := float64(s.Unit) * scale * one
		a, b := int(k*float64(1-mix)), int(k*float64(mix))
		// The rows have one length: said once here, not at every particle.
		n := len(x0)
		y0, x1, y1 = y0[:n], x1[:n], y1[:n]
		for j := range x0 {
			x := (ox + a*int(x0[j]) + b*int(x1[j])) >> 20
			y := (oy - a*int(y0[j]) - b*int(y1[j])) >> 20
			if dot > 1 {
				block(counts, w, h, x, y, dot)
			} else if uint(x) < uint(w) && uint(y) < uint(h) {
				counts[y*w+x]++
			}
		}
	}
}

// block counts a particle in dot × dot texels, if all of them are there.
func block(counts []uint32, w, h, x, y, dot int) {
	if x < 0 || y < 0 || x+dot > w || y+dot > h {
		return
	}
	for r := y; r < y+dot; r++ {
		row := counts[r*w+x : r*w+x+dot]
		for q := range row {
			row[q]++
		}
	}
}

// draw writes the buffer's light over the stage.
func (p *particles) draw(screen *ebiten.Image, ramp Ramp, gain float64, x, y, cover float64) {
	if !p.used && p.drawn { // once without particles: the card compiles the shader while they are on their way
		return
	}
	p.drawn = true
	p.image.WritePixels(unsafe.Slice((*byte)(unsafe.Pointer(&p.counts[0])), 4*len(p.counts)))
	op := &ebiten.DrawRectShaderOptions{}
	op.GeoM.Scale(cover, cover)
	op.GeoM.Translate(x, y)
	op.Images[0] = p.image
	op.Uniforms = map[string]any{"Gain": float32(gain), "Low": ramp[0][:], "Mid": ramp[1][:], "High": ramp[2][:]}
	screen.DrawRectShader(p.w, p.h, p.shader, op)
}

// exposure is the gain at which a shape of a typical area comes out bright
// but not burnt, whatever the number of particles.
func exposure(count int, texelsPerUnit float64, dot int) float64 {
	const area = 5 // natural units², of the ink of a typical drawing
	perTexel := float64(count) * float64(dot*dot) / (area * texelsPerUnit * texelsPerUnit)
	return math.Min(0.9/math.Max(perTexel, 1e-3), 1.6)
}
