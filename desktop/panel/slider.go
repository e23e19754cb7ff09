package panel

import (
	"image"
	"image/color"

	"github.com/ebitenui/ebitenui/input"
	"github.com/ebitenui/ebitenui/widget"
	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/inpututil"

	"inkflow/render/controls"
)

// slider is a track with a knob that comes to the pointer.
type slider struct {
	part
	focus
	control *controls.Control
	get     func() float64
	set     func(v float64)
	enabled func() bool
	drag    bool
	pending float64 // where it stands while it is dragged
}

func (k *look) slider(c *controls.Control, get func() float64, set func(float64)) *slider {
	s := &slider{part: begin(k, 80, 24), control: c, get: get, set: set, enabled: always}
	s.self = s
	s.feel()
	s.w.MouseButtonPressedEvent.AddHandler(func(a any) {
		if a.(*widget.WidgetMouseButtonPressedEventArgs).Button == ebiten.MouseButtonLeft {
			s.drag, s.pending = true, s.get()
		}
	})
	return s
}

// value is what the slider shows: while it is dragged, what it will be.
func (s *slider) value() float64 {
	if s.drag {
		return s.pending
	}
	return s.get()
}

// knob is the radius of the knob, device-independent pixels.
const knob = 8

// rail is the track's left end and length, pixels.
func (s *slider) rail() (x, length float64) {
	r := s.look.px(knob)
	return float64(s.w.Rect.Min.X + r), float64(max(s.w.Rect.Dx()-2*r, 1))
}

// Update implements widget.Updater.
func (s *slider) Update(o *widget.UpdateObject) {
	s.w.Disabled = !s.enabled()
	s.part.Update(o)
	if !s.enabled() {
		s.drag = false
		return
	}
	if s.focused {
		for key, up := range map[ebiten.Key]bool{ebiten.KeyArrowLeft: false, ebiten.KeyArrowRight: true} {
			if repeats(key) {
				s.set(nudged(s.control, s.get(), up))
			}
		}
	}
	if !s.drag {
		return
	}
	px, _ := input.CursorPosition()
	x, length := s.rail()
	v := valueAt(s.control, (float64(px)-x)/length)
	held := input.MouseButtonPressed(ebiten.MouseButtonLeft)
	if v != s.pending && !s.control.OnRelease {
		s.set(v)
	}
	s.pending = v
	if !held {
		s.drag = false
		if s.control.OnRelease {
			s.set(v)
		}
	}
}

// Render implements widget.Renderer.
func (s *slider) Render(dst *ebiten.Image) {
	k := s.look
	x, length := s.rail()
	y := int(s.middle())
	half := k.px(2)
	at := int(x + place(s.control, s.value())*length)
	track := image.Rect(int(x)-k.px(knob), y-half, int(x+length)+k.px(knob), y+half)
	k.box(dst, track, 2, 0, k.line, k.line)
	tint := k.learned
	if !s.enabled() {
		tint = blend(k.soft, 0.5, k.ground, 0.5)
	}
	if left := image.Rect(track.Min.X, track.Min.Y, at, track.Max.Y); left.Dx() > 2*half {
		k.box(dst, left, 2, 0, tint, tint)
	}
	r := k.px(knob)
	if s.hover || s.drag || s.focused {
		halo := image.Rect(at-r, y-r, at+r, y+r).Inset(-k.px(4))
		k.box(dst, halo, knob+4, 0, faded(k.learned, 0.25), color.RGBA{})
	}
	k.box(dst, image.Rect(at-r, y-r, at+r, y+r), knob, 0, tint, color.RGBA{})
}

// repeats reports whether a key is pressed or, being held, presses again.
func repeats(key ebiten.Key) bool {
	d := inpututil.KeyPressDuration(key)
	return d == 1 || d > 24 && d%3 == 0
}
