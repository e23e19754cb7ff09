//go:build js && wasm

package main

import (
	"math"
	"syscall/js"

	"inkflow/core/density"
	"inkflow/render"
)

// tile is a preset's picture on its button: the preset itself, small.
type tile struct {
	preset string
	canvas js.Value
}

// tileCells is the side of the picture, in cells and pixels.
const tileCells = 56

func newTile(preset string, parent js.Value) tile {
	c := create(parent, "canvas", "")
	c.Set("width", tileCells)
	c.Set("height", tileCells)
	return tile{preset: preset, canvas: c}
}

// paintTile paints one of the pictures that wait, so that no frame pays for all
// of them and the first frames for none.
func (p *panel) paintTile() {
	p.frames++
	if p.unpainted == 0 || p.frames < 3 {
		return
	}
	t := &p.tiles[len(p.tiles)-p.unpainted]
	p.unpainted--
	preset, err := density.Lookup(t.preset)
	if err != nil {
		return
	}
	colour := render.Day.Target
	if p.night {
		colour = render.Night.Target
	}
	g := preset.Grid(tileCells)
	top := float32(0)
	for _, v := range g.Ink {
		top = max(top, v)
	}
	pixels := make([]byte, 4*tileCells*tileCells)
	for j := range g.H {
		for i := range g.W {
			q := pixels[4*(j*g.W+i):][:4]
			a := math.Sqrt(float64(g.Ink[(g.H-1-j)*g.W+i] / top))
			q[0], q[1], q[2], q[3] = colour.R, colour.G, colour.B, byte(255*a)
		}
	}
	array := window.Get("Uint8ClampedArray").New(len(pixels))
	js.CopyBytesToJS(array, pixels)
	image := window.Get("ImageData").New(array, tileCells, tileCells)
	t.canvas.Call("getContext", "2d").Call("putImageData", image, 0, 0)
}
