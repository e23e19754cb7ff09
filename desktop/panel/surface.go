package panel

import (
	"image"
	"image/color"

	"github.com/ebitenui/ebitenui/input"
	"github.com/ebitenui/ebitenui/widget"
	"github.com/hajimehoshi/ebiten/v2"
)

// surface is a container with a ground of its own.
type surface struct {
	*widget.Container
	look   *look
	radius float64
	ground color.RGBA
	edge   color.RGBA
	solid  bool    // keeps the pointer from what lies below
	sides  [4]bool // top, right, bottom, left: hairlines of a square surface
}

// Render implements widget.Renderer.
func (s *surface) Render(dst *ebiten.Image) {
	r, one := s.GetWidget().Rect, max(s.look.px(1), 1)
	if s.radius > 0 {
		s.look.box(dst, r, s.radius, 1, s.ground, s.edge)
	} else {
		fill(dst, r, s.ground)
	}
	lines := [4]image.Rectangle{
		image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+one), image.Rect(r.Max.X-one, r.Min.Y, r.Max.X, r.Max.Y),
		image.Rect(r.Min.X, r.Max.Y-one, r.Max.X, r.Max.Y), image.Rect(r.Min.X, r.Min.Y, r.Min.X+one, r.Max.Y)}
	for i, on := range s.sides {
		if on {
			fill(dst, lines[i], s.edge)
		}
	}
	s.Container.Render(dst)
}

// SetupInputLayer implements input.Layerer.
func (s *surface) SetupInputLayer(def input.DeferredSetupInputLayerFunc) {
	if s.solid {
		s.elevate()
	}
	s.Container.SetupInputLayer(def)
}

func (s *surface) elevate() {
	s.GetWidget().ElevateToNewInputLayer(&input.Layer{EventTypes: input.LayerEventTypeAll, BlockLower: true,
		RectFunc: func() image.Rectangle { return s.GetWidget().Rect }})
}

// GetFocusers implements widget.Containerer.
func (s *surface) GetFocusers() []widget.Focuser { return reachable(s.Children()) }

// reachable finds the widgets that the keyboard can reach, in surfaces too.
func reachable(children []widget.PreferredSizeLocateableWidget) []widget.Focuser {
	var f []widget.Focuser
	for _, c := range children {
		if !c.GetWidget().IsVisible() || c.GetWidget().Disabled {
			continue
		}
		switch v := c.(type) {
		case widget.Focuser:
			f = append(f, v)
		case widget.Containerer:
			f = append(f, reachable(v.Children())...)
		}
	}
	return f
}

// scroller shows part of a column that may be longer than the window.
type scroller struct {
	surface
	layout *scrolling
	grip   bool // the pointer holds the thumb
	gripAt int
}

// scrolling is the scroller's layout: one child, moved up by offset pixels.
type scrolling struct {
	offset, height int
	view           int
}

// PreferredSize implements widget.Layouter.
func (s *scrolling) PreferredSize([]widget.PreferredSizeLocateableWidget) (w, h int) { return 0, 0 }

// Layout implements widget.Layouter.
func (s *scrolling) Layout(children []widget.PreferredSizeLocateableWidget, r image.Rectangle) {
	_, s.height = children[0].PreferredSize()
	s.view = r.Dy()
	s.offset = min(max(s.offset, 0), max(s.height-s.view, 0))
	top := r.Min.Y - s.offset
	children[0].SetLocation(image.Rect(r.Min.X, top, r.Max.X, top+s.height))
}

func (k *look) scroller(content *widget.Container, offset int) *scroller {
	s := &scroller{layout: &scrolling{offset: offset}}
	s.surface = surface{Container: contain(s.layout, content), look: k, ground: k.ground, edge: k.line, solid: true, sides: [4]bool{3: true}}
	w := s.GetWidget()
	w.ScrolledEvent.AddHandler(func(a any) {
		s.scroll(s.layout.offset - k.px(56*a.(*widget.WidgetScrolledEventArgs).Y))
	})
	w.MouseButtonPressedEvent.AddHandler(func(any) {
		if x, y := input.CursorPosition(); image.Pt(x, y).In(s.thumb().Inset(-k.px(4))) {
			s.grip, s.gripAt = true, y
		}
	})
	return s
}

func (s *scroller) scroll(to int) {
	s.layout.offset = min(max(to, 0), max(s.layout.height-s.layout.view, 0))
	s.RequestRelayout()
}

// reveal scrolls a widget into sight.
func (s *scroller) reveal(r image.Rectangle) {
	v, room := s.GetWidget().Rect, s.look.px(12)
	if r.Min.Y < v.Min.Y {
		s.scroll(s.layout.offset + r.Min.Y - v.Min.Y - room)
	} else if r.Max.Y > v.Max.Y {
		s.scroll(s.layout.offset + r.Max.Y - v.Max.Y + room)
	}
}

// thumb is where the scroll bar's thumb is, empty where all can be seen.
func (s *scroller) thumb() image.Rectangle {
	r, l := s.GetWidget().Rect, s.layout
	if l.height <= l.view || l.height == 0 {
		return image.Rectangle{}
	}
	h := max(l.view*l.view/l.height, s.look.px(32))
	y := r.Min.Y + (r.Dy()-h)*l.offset/(l.height-l.view)
	return image.Rect(r.Max.X-s.look.px(8), y+s.look.px(2), r.Max.X-s.look.px(3), y+h-s.look.px(2))
}

// Update implements widget.Updater.
func (s *scroller) Update(o *widget.UpdateObject) {
	s.Container.Update(o)
	if !s.grip {
		return
	}
	_, y := input.CursorPosition()
	if free := s.GetWidget().Rect.Dy() - s.thumb().Dy(); free > 0 && y != s.gripAt {
		s.scroll(s.layout.offset + (y-s.gripAt)*(s.layout.height-s.layout.view)/free)
		s.gripAt = y
	}
	s.grip = input.MouseButtonPressed(ebiten.MouseButtonLeft)
}

// Render implements widget.Renderer.
func (s *scroller) Render(dst *ebiten.Image) {
	r := s.GetWidget().Rect
	if r.Empty() {
		return
	}
	s.surface.Render(dst.SubImage(r).(*ebiten.Image))
	if t := s.thumb(); !t.Empty() {
		s.look.box(dst, t, 3, 0, s.look.line, s.look.line)
	}
}
