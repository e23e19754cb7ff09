package render

import (
	"image"
	"image/color"
	"math"

	"github.com/hajimehoshi/ebiten/v2"

	"inkflow/core/engine"
	"inkflow/render/lab"
)

// arrows shows a layer of velocities: at every point of its lattice an arrow
// as long as the flow is fast there.
type arrows struct {
	dot      *ebiten.Image // one white pixel
	vertices []ebiten.Vertex
	indices  []uint32
}

// longest is the length of an arrow at twice the typical speed and beyond, in
// cells of the lattice.
const longest = 0.92

func (a *arrows) draw(screen *ebiten.Image, l *lab.Lab, th *Theme, dpr float64) {
	a.vertices, a.indices = a.vertices[:0], a.indices[:0]
	// Both kinds share a scale where both are on, so that they can be compared.
	exact, learned := l.Field(engine.Exact), l.Field(engine.Velocity)
	typical := 0.0
	for _, f := range []*engine.Field{learned, exact} {
		if f != nil && f.Typical > 0 {
			typical = f.Typical
		}
	}
	if typical == 0 {
		return
	}
	if exact != nil {
		a.add(exact, l.View(), th.Exact, typical, dpr, 2.6)
	}
	if learned != nil {
		a.add(learned, l.View(), th.Learned, typical, dpr, 1.6)
	}
	if len(a.indices) == 0 {
		return
	}
	if a.dot == nil {
		m := ebiten.NewImage(3, 3)
		m.Fill(color.White)
		a.dot = m.SubImage(image.Rect(1, 1, 2, 2)).(*ebiten.Image)
	}
	screen.DrawTriangles32(a.vertices, a.indices, a.dot, &ebiten.DrawTrianglesOptions{AntiAlias: true})
}

// add makes the arrows of a field: a shaft and a head each.
func (a *arrows) add(f *engine.Field, v *lab.View, c color.RGBA, typical, dpr, width float64) {
	cell := f.Cell * v.Scale() * dpr
	n := f.W * f.H
	for k := range n {
		x, y := v.Screen(f.X0+(float64(k%f.W)+0.5)*f.Cell, f.Y0+(float64(k/f.W)+0.5)*f.Cell)
		ux, uy := float64(f.Data[k]), -float64(f.Data[n+k])
		speed := math.Hypot(ux, uy)
		if speed < 1e-3*typical {
			continue
		}
		length := longest * cell * math.Min(speed/(2*typical), 1)
		a.arrow(x*dpr, y*dpr, ux/speed, uy/speed, length, width*dpr, c)
	}
}

// arrow is drawn from (x, y) in the direction (ux, uy); all in pixels.
func (a *arrows) arrow(x, y, ux, uy, length, width float64, c color.RGBA) {
	head := math.Min(0.45*length, 3.2*width)
	nx, ny := -uy*width/2, ux*width/2
	bx, by := x+ux*(length-head), y+uy*(length-head)
	wide := math.Min(1.5, 0.3*length/width)
	first := uint32(len(a.vertices))
	const alpha = 0.85
	r, g, b := float32(c.R)/255, float32(c.G)/255, float32(c.B)/255
	for _, p := range [...][2]float64{
		{x - nx, y - ny}, {x + nx, y + ny}, {bx + nx, by + ny}, {bx - nx, by - ny},
		{bx + 2*wide*nx, by + 2*wide*ny}, {x + ux*length, y + uy*length}, {bx - 2*wide*nx, by - 2*wide*ny},
	} {
		a.vertices = append(a.vertices, ebiten.Vertex{DstX: float32(p[0]), DstY: float32(p[1]),
			SrcX: 1, SrcY: 1, ColorR: r, ColorG: g, ColorB: b, ColorA: alpha})
	}
	for _, i := range [...]uint32{0, 1, 2, 0, 2, 3, 4, 5, 6} {
		a.indices = append(a.indices, first+i)
	}
}
