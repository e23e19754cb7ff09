package panel

import (
	"image"
	"math"

	"github.com/ebitenui/ebitenui/widget"
)

// part is what every widget of this package has in common: a place, a
// preferred size and the pointer being over it.
type part struct {
	look  *look
	w     *widget.Widget
	size  image.Point // preferred, pixels
	hover bool
}

// begin makes a part. Sizes are in device-independent pixels.
func begin(k *look, w, h float64, opts ...widget.WidgetOpt) part {
	return part{look: k, size: image.Pt(k.px(w), k.px(h)), w: widget.NewWidget(opts...)}
}

// feel lets a part know that the pointer is over it.
func (p *part) feel() {
	p.w.TrackHover = true
	p.w.CursorEnterEvent.AddHandler(func(any) { p.hover = true })
	p.w.CursorExitEvent.AddHandler(func(any) { p.hover = false })
}

// GetWidget implements widget.HasWidget.
func (p *part) GetWidget() *widget.Widget { return p.w }

// PreferredSize implements widget.PreferredSizer.
func (p *part) PreferredSize() (w, h int) { return p.size.X, p.size.Y }

// SetLocation implements widget.Locateable.
func (p *part) SetLocation(r image.Rectangle) { p.w.Rect = r }

// Validate implements widget.PreferredSizeLocateableWidget.
func (p *part) Validate() {}

// Update implements widget.Updater.
func (p *part) Update(o *widget.UpdateObject) { p.w.Update(o) }

// middle is the height of the part's centre line, pixels.
func (p *part) middle() float64 { return float64(p.w.Rect.Min.Y+p.w.Rect.Max.Y) / 2 }

// focus is what widgets have in common that the keyboard can reach. self is
// the widget it belongs to.
type focus struct {
	self    widget.Focuser
	focused bool
}

// Focus implements widget.Focuser.
func (f *focus) Focus(on bool) {
	f.focused = on
	f.self.GetWidget().FireFocusEvent(f.self, on, image.Pt(-1, -1))
}

// IsFocused implements widget.Focuser.
func (f *focus) IsFocused() bool { return f.focused }

// TabOrder implements widget.Focuser: the order of the table.
func (f *focus) TabOrder() int { return 0 }

// GetFocus implements widget.Focuser: Tab is the only way around.
func (f *focus) GetFocus(widget.FocusDirection) widget.Focuser { return nil }

// AddFocus implements widget.Focuser.
func (f *focus) AddFocus(widget.FocusDirection, widget.Focuser) {}

// ring shows where the keyboard is.
func (p *part) ring() image.Rectangle { return p.w.Rect.Inset(-p.look.px(2)) }

func sqrt(v float32) float64 { return math.Sqrt(float64(v)) }
