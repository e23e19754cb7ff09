package panel

import (
	goimage "image"
	"image/color"

	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/vector"

	"inkflow/core/density"
	"inkflow/render/controls"
)

// icon is a drawing of the controls' table at a size in pixels.
type icon struct {
	name  string
	size  int
	solid bool // filled, as against stroked
}

// chevrons, and the tick of a box, belong to the panel and not to the table.
var chevrons = map[string]string{"right": "M9 6l6 6-6 6", "down": "M6 9l6 6 6-6", "tick": "M5 12l5 5L19 7"}

// symbol draws an icon around a point, in a colour; size is in
// device-independent pixels.
func (k *look) symbol(dst *ebiten.Image, name string, solid bool, size, x, y float64, c color.RGBA) {
	i := icon{name, k.px(size), solid}
	m, ok := k.icons[i]
	if !ok {
		m = i.paint()
		k.icons[i] = m
	}
	op := &ebiten.DrawImageOptions{}
	op.GeoM.Translate(float64(int(x)-i.size/2), float64(int(y)-i.size/2))
	op.ColorScale.ScaleWithColor(c)
	dst.DrawImage(m, op)
}

// paint draws the icon in white. A path that cannot be read is a mistake in
// the table.
func (i icon) paint() *ebiten.Image {
	d := controls.Icon(i.name)
	if d == "" {
		d = chevrons[i.name]
	}
	lines, err := parsePath(d)
	if err != nil {
		panic("panel: icon " + i.name + ": " + err.Error())
	}
	m := ebiten.NewImage(i.size, i.size)
	s := float32(i.size) / 24
	var path vector.Path
	for _, l := range lines {
		for j, p := range l.points {
			x, y := s*float32(p[0]), s*float32(p[1])
			if j == 0 {
				path.MoveTo(x, y)
			} else {
				path.LineTo(x, y)
			}
		}
		if l.closed {
			path.Close()
		}
	}
	op := &vector.DrawPathOptions{AntiAlias: true}
	if i.solid {
		vector.FillPath(m, &path, nil, op)
	} else {
		vector.StrokePath(m, &path, &vector.StrokeOptions{Width: 1.8 * s,
			LineCap: vector.LineCapRound, LineJoin: vector.LineJoinRound}, op)
	}
	return m
}

// tileCells is the side of a preset's picture, in cells.
const tileCells = 56

// tile is a preset's picture: the preset itself, small, in white. The square
// root lifts thin tails into sight.
func (k *look) tile(preset string) *ebiten.Image {
	if m, ok := k.tiles[preset]; ok {
		return m
	}
	p, err := density.Lookup(preset)
	if err != nil {
		panic("panel: " + err.Error())
	}
	g := p.Grid(tileCells)
	top := float32(0)
	for _, v := range g.Ink {
		top = max(top, v)
	}
	m := goimage.NewRGBA(goimage.Rect(0, 0, g.W, g.H))
	for j := range g.H {
		for i := range g.W {
			a := uint8(255 * sqrt(g.Ink[(g.H-1-j)*g.W+i]/top))
			m.SetRGBA(i, j, color.RGBA{a, a, a, a})
		}
	}
	k.tiles[preset] = ebiten.NewImageFromImage(m)
	return k.tiles[preset]
}
