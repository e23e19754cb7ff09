package panel

import (
	"image"

	"github.com/ebitenui/ebitenui/widget"
)

// columns lays children out side by side, each centred in height. A width of
// 0 is the child's own, a negative one takes what is left over, shared with
// the others of its kind. Measures are pixels.
type columns struct {
	widths []int
	gap    int
	left   int // room before the first child
	right  int // room after the last
}

func (c *columns) width(i int, w widget.PreferredSizeLocateableWidget) int {
	if i < len(c.widths) && c.widths[i] != 0 {
		return c.widths[i]
	}
	own, _ := w.PreferredSize()
	return own
}

// PreferredSize implements widget.Layouter.
func (c *columns) PreferredSize(children []widget.PreferredSizeLocateableWidget) (w, h int) {
	w = c.left + c.right + c.gap*max(len(children)-1, 0)
	for i, child := range children {
		_, ch := child.PreferredSize()
		w, h = w+max(c.width(i, child), 0), max(h, ch)
	}
	return w, h
}

// Layout implements widget.Layouter.
func (c *columns) Layout(children []widget.PreferredSizeLocateableWidget, r image.Rectangle) {
	free, takers := r.Dx()-c.left-c.right-c.gap*max(len(children)-1, 0), 0
	for i, child := range children {
		if w := c.width(i, child); w < 0 {
			takers++
		} else {
			free -= w
		}
	}
	x := r.Min.X + c.left
	for i, child := range children {
		w := c.width(i, child)
		if w < 0 {
			w = max(free, 0) / takers
			free -= w
			takers--
		}
		_, h := child.PreferredSize()
		y := r.Min.Y + (r.Dy()-h)/2
		child.SetLocation(image.Rect(x, y, x+w, y+h))
		x += w + c.gap
	}
}

// tiles lays children out as squares, so many in a row.
type tiles struct{ across, gap, width int }

func (t *tiles) side() int { return (t.width - t.gap*(t.across-1)) / t.across }

// PreferredSize implements widget.Layouter.
func (t *tiles) PreferredSize(children []widget.PreferredSizeLocateableWidget) (w, h int) {
	rows := (len(children) + t.across - 1) / t.across
	return t.width, rows*(t.side()+t.gap) - t.gap
}

// Layout implements widget.Layouter.
func (t *tiles) Layout(children []widget.PreferredSizeLocateableWidget, r image.Rectangle) {
	s := t.side()
	for i, child := range children {
		// The columns end where the other rows do, whatever is left over.
		at := r.Min.Add(image.Pt(i%t.across*(t.width-s)/max(t.across-1, 1), i/t.across*(s+t.gap)))
		child.SetLocation(image.Rectangle{Min: at, Max: at.Add(image.Pt(s, s))})
	}
}

// stack lays children out one under the other at full width. Hidden ones take
// no room.
type stack struct {
	gap    int
	insets widget.Insets
}

// PreferredSize implements widget.Layouter.
func (s *stack) PreferredSize(children []widget.PreferredSizeLocateableWidget) (w, h int) {
	n := 0
	for _, child := range children {
		if child.GetWidget().GetVisibility() == widget.Visibility_Hide {
			continue
		}
		cw, ch := child.PreferredSize()
		w, h, n = max(w, cw), h+ch, n+1
	}
	return w + s.insets.Dx(), h + s.gap*max(n-1, 0) + s.insets.Dy()
}

// Layout implements widget.Layouter.
func (s *stack) Layout(children []widget.PreferredSizeLocateableWidget, r image.Rectangle) {
	r = s.insets.Apply(r)
	y := r.Min.Y
	for _, child := range children {
		if child.GetWidget().GetVisibility() == widget.Visibility_Hide {
			continue
		}
		_, h := child.PreferredSize()
		child.SetLocation(image.Rect(r.Min.X, y, r.Max.X, y+h))
		y += h + s.gap
	}
}

// frame places the bar on top, the panel at the right and the time line at
// the bottom of what is left. Measures are pixels.
type frame struct{ bar, panel, timeline int }

// PreferredSize implements widget.Layouter.
func (f *frame) PreferredSize([]widget.PreferredSizeLocateableWidget) (w, h int) { return 0, 0 }

// Layout implements widget.Layouter. The children are panel, time line, bar.
func (f *frame) Layout(children []widget.PreferredSizeLocateableWidget, r image.Rectangle) {
	split := max(r.Max.X-f.panel, r.Min.X)
	children[0].SetLocation(image.Rect(split, r.Min.Y+f.bar, r.Max.X, max(r.Max.Y, r.Min.Y+f.bar)))
	children[1].SetLocation(image.Rect(r.Min.X, max(r.Max.Y-f.timeline, r.Min.Y), split, r.Max.Y))
	children[2].SetLocation(image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+f.bar))
}

// box makes a container with a layout and children.
func contain(l widget.Layouter, children ...widget.PreferredSizeLocateableWidget) *widget.Container {
	c := widget.NewContainer(widget.ContainerOpts.Layout(l))
	c.AddChild(children...)
	return c
}
