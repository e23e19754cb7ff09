package panel

import (
	"image"
	"image/color"
	"math"

	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/vector"

	"inkflow/render/lab"
)

// chart draws one of the laboratory's small pictures.
type chart struct {
	part
	get func() lab.Chart
}

func (k *look) chart(get func() lab.Chart) *chart {
	c := &chart{part: begin(k, 0, 96), get: get}
	c.feel()
	return c
}

// Render implements widget.Renderer.
func (c *chart) Render(dst *ebiten.Image) {
	k, r := c.look, c.w.Rect
	k.box(dst, r, 10, 0, k.raised, k.raised)
	shown := c.get()
	if len(shown.Curves) == 0 {
		writeMiddle(dst, shown.Wait, k.small, float64(r.Min.X+r.Max.X)/2, c.middle(), k.soft)
		return
	}
	in := r.Inset(k.px(8))
	at := func(x, y float64) (float32, float32) {
		return float32(float64(in.Min.X) + x*float64(in.Dx())), float32(float64(in.Max.Y) - y*float64(in.Dy()))
	}
	if shown.Mark >= 0 {
		x, top := at(shown.Mark, 1)
		_, bottom := at(shown.Mark, 0)
		vector.StrokeLine(dst, x, top, x, bottom, float32(max(k.px(1), 1)), faded(k.theme.Ink, 0.5), true)
	}
	for _, v := range shown.Curves {
		c.curve(dst, v, at)
	}
	c.words(dst, shown, in)
}

func (c *chart) curve(dst *ebiten.Image, v lab.Curve, at func(x, y float64) (float32, float32)) {
	k, ink := c.look, c.look.role(v.Role)
	width := 2 * k.scale
	if v.Faint {
		ink, width = faded(ink, 0.45), 1.5*k.scale
	}
	var path vector.Path
	gone, on := 0.0, true // along the present dash, and whether it is one or a gap
	for i := range v.X {
		x, y := at(v.X[i], v.Y[i])
		if v.Dots {
			vector.FillCircle(dst, x, y, float32(2.5*k.scale), ink, true)
		}
		switch {
		case i == 0:
			path.MoveTo(x, y)
		case !v.Dashed:
			path.LineTo(x, y)
		default:
			px, py := at(v.X[i-1], v.Y[i-1])
			gone, on = dash(&path, px, py, x, y, 6*k.scale, gone, on)
		}
	}
	draw := &vector.DrawPathOptions{AntiAlias: true}
	draw.ColorScale.ScaleWithColor(ink)
	vector.StrokePath(dst, &path, &vector.StrokeOptions{Width: float32(width), LineCap: vector.LineCapRound, LineJoin: vector.LineJoinRound}, draw)
}

// dash goes on with a dashed line to (x, y); gone is how far the present dash
// or gap has come.
func dash(path *vector.Path, px, py, x, y float32, length, gone float64, on bool) (float64, bool) {
	d := math.Hypot(float64(x-px), float64(y-py))
	for done := 0.0; done < d; {
		step := min(length-gone, d-done)
		done += step
		gone += step
		u := float32(done / d)
		if on {
			path.LineTo(px+u*(x-px), py+u*(y-py))
		} else {
			path.MoveTo(px+u*(x-px), py+u*(y-py))
		}
		if gone >= length-1e-9 {
			gone, on = 0, !on
		}
	}
	return gone, on
}

func (c *chart) words(dst *ebiten.Image, shown lab.Chart, in image.Rectangle) {
	k := c.look
	half := float64(k.px(7))
	haloed := func(s string, x, y float64, ink color.RGBA) {
		haloed(dst, s, k.small, x, y, 1.5*k.scale, ink, k.raised)
	}
	haloed(shown.Most, float64(in.Min.X), float64(in.Min.Y)+half, k.soft)
	haloed(shown.Least, float64(in.Min.X), float64(in.Max.Y)-half, k.soft)
	haloed(shown.Right, float64(in.Max.X)-advance(shown.Right, k.small), float64(in.Max.Y)-half, k.soft)
	for _, v := range shown.Curves {
		if v.Label == "" {
			continue
		}
		x, y := v.At(v.Beside)
		w := advance(v.Label, k.small)
		px := float64(in.Min.X) + x*float64(in.Dx()) - w/2
		py := float64(in.Max.Y) - y*float64(in.Dy())
		if y > 0.6 { // no room over it
			py += float64(k.px(15))
		} else {
			py -= float64(k.px(13))
		}
		haloed(v.Label, min(px, float64(in.Max.X)-w), max(py, float64(in.Min.Y)+half), k.role(v.Role))
	}
}
