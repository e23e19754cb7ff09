package panel

import (
	"image"
	"slices"

	"github.com/ebitenui/ebitenui"
	"github.com/ebitenui/ebitenui/input"
	"github.com/ebitenui/ebitenui/widget"
	"github.com/hajimehoshi/ebiten/v2"

	"inkflow/render/controls"
	"inkflow/render/lab"
)

// Page is everything on the window but the stage.
type Page struct {
	lab   *lab.Lab
	fonts fonts
	files func(id, path string) // takes a path typed into a File control

	ui     *ebitenui.UI
	look   *look
	panel  *scroller
	folded map[string]bool
	coming []row          // rows that come and go, or explain themselves
	chose  int            // the laboratory's choices when they were last looked at
	popup  *widget.Window // a menu or the list of keys
	shown  overlay
	w, h   float64 // of the window, device-independent pixels
	last   widget.Focuser
}

// New returns the page of a laboratory. open is called with the ID of a File
// control and the path typed into it.
func New(l *lab.Lab, open func(id, path string)) (*Page, error) {
	f, err := loadFonts()
	if err != nil {
		return nil, err
	}
	p := &Page{lab: l, fonts: f, files: open, ui: &ebitenui.UI{}, folded: map[string]bool{}}
	for _, g := range controls.Groups() {
		p.folded[g.ID] = !g.Open
	}
	return p, nil
}

// Resize says how large the window is, in device-independent pixels, and how
// many pixels one of those is.
func (p *Page) Resize(w, h, scale float64) {
	p.w, p.h = w, h
	p.dress(style{scale, p.lab.Night(), w <= narrowBelow})
}

// dress builds the widgets again where they are to look otherwise.
func (p *Page) dress(s style) {
	if p.look != nil && p.look.style == s {
		return
	}
	offset := 0
	if p.panel != nil && p.look.scale == s.scale {
		offset = p.panel.layout.offset
	}
	p.ui.ClearFocus()
	p.close()
	old := p.look
	p.look = newLook(s, p.fonts)
	if old != nil {
		p.look.tiles = old.tiles
	}
	p.coming, p.chose = p.coming[:0], -1
	p.panel = p.look.scroller(p.groups(), offset)
	p.rearrange()
	breadth := panelWide
	if s.narrow {
		breadth = panelNarrow
	}
	k := p.look
	f := &frame{k.px(BarHeight), k.px(float64(breadth)), k.px(TimelineHeight)}
	p.ui.Container = &root{contain(f, p.panel, p.timeline(), p.bar()), p}
}

// root is the container of all. It finds what the keyboard can reach in the
// surfaces too, in the order in which it is looked at.
type root struct {
	*widget.Container
	page *Page
}

// GetFocusers implements widget.Containerer.
func (r *root) GetFocusers() []widget.Focuser {
	c := r.Children()
	return reachable([]child{c[2], c[0], c[1]}) // bar, panel, time line
}

// Update lets the widgets take what was done to them.
func (p *Page) Update() {
	p.dress(style{p.look.scale, p.lab.Night(), p.look.narrow})
	p.rearrange()
	p.ui.Update()
	p.shown.advance(p.lab)
	if f := p.ui.GetFocusedWidget(); f != p.last {
		p.last = f
		if f != nil && slices.Contains(p.panel.GetFocusers(), f) {
			p.panel.reveal(f.GetWidget().Rect)
		}
	}
}

// Draw draws the page over the stage.
func (p *Page) Draw(screen *ebiten.Image) {
	p.shown.draw(screen, p)
	p.ui.Draw(screen)
}

// OverStage reports whether a point, in device-independent pixels, belongs to
// the stage: no bar, menu or notice lies over it.
func (p *Page) OverStage(x, y float64) bool {
	if p.popup != nil || !(x >= 0 && y >= BarHeight && x < p.w-PanelWidth(p.w) && y < p.h-TimelineHeight) {
		return false
	}
	return !image.Pt(p.look.px(x), p.look.px(y)).In(p.shown.notice)
}

// Press takes a press of the pointer that is not the stage's: a notice that is
// pressed goes away.
func (p *Page) Press(x, y float64) {
	if image.Pt(p.look.px(x), p.look.px(y)).In(p.shown.notice) {
		p.lab.Say("", false)
	}
}

// Crosshair shows the pointer as a cross until the next update.
func (p *Page) Crosshair() { input.SetCursorShape(input.CURSOR_CROSSHAIR) }

// Typing reports whether keys belong to a field of text.
func (p *Page) Typing() bool {
	_, ok := p.ui.GetFocusedWidget().(*field)
	return ok
}

// Pressing reports whether Enter and the space bar, and arrow keys, belong to
// a widget.
func (p *Page) Pressing() bool { return p.ui.GetFocusedWidget() != nil || p.popup != nil }

// Blur takes the keyboard away from the widgets.
func (p *Page) Blur() { p.ui.ClearFocus() }

// close closes what has popped up.
func (p *Page) close() {
	if p.popup != nil {
		p.popup.Close()
		p.popup = nil
	}
}

// Escape closes what has popped up, or takes the keyboard from the widgets.
func (p *Page) Escape() {
	if p.popup == nil {
		p.Blur()
	}
	p.close()
}
