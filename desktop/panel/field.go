package panel

import (
	"image"
	"time"

	"github.com/ebitenui/ebitenui/input"
	"github.com/ebitenui/ebitenui/widget"
	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/inpututil"
	"github.com/hajimehoshi/ebiten/v2/text/v2"
)

// field is a line of text or a number. What is typed is taken on Enter and,
// where eager, when the field is left; Escape takes nothing.
type field struct {
	part
	focus
	edit  edit
	get   func() string
	take  func(string)
	hint  string // shown where there is no text
	limit int    // runes
	only  func(r rune) bool
	eager bool
	leave func() // gives the focus up

	drag    bool
	typed   bool // since it was focused or taken
	shift   float64
	blink   time.Time
	wasHere bool
}

func (k *look) field(get func() string, take func(string), leave func()) *field {
	f := &field{part: begin(k, 60, 32), get: get, take: take, leave: leave, limit: 40, only: func(r rune) bool { return r >= ' ' }}
	f.self = f
	f.feel()
	f.w.CursorHovered = input.CURSOR_TEXT
	f.w.MouseButtonPressedEvent.AddHandler(func(any) {
		first := !f.focused
		if first {
			f.Focus(true)
			f.arrive()
			return
		}
		f.drag = true
		f.edit.move(f.runeAt(), false)
	})
	return f
}

// arrive begins an edit of the value at hand, all of it selected.
func (f *field) arrive() {
	f.edit.set(f.get())
	f.wasHere, f.typed, f.shift, f.blink = true, false, 0, time.Now()
}

func (f *field) finish() {
	if f.typed {
		f.typed = false
		f.take(string(f.edit.text))
	}
}

// Update implements widget.Updater.
func (f *field) Update(o *widget.UpdateObject) {
	f.part.Update(o)
	if !f.focused {
		if f.wasHere && f.eager {
			f.finish()
		}
		f.wasHere = false
		return
	}
	if !f.wasHere {
		f.arrive()
	}
	f.pointer()
	f.keys()
}

func (f *field) pointer() {
	if f.drag {
		f.edit.move(f.runeAt(), true)
		f.drag = input.MouseButtonPressed(ebiten.MouseButtonLeft)
	}
}

func (f *field) keys() {
	was := f.edit.caret
	ctrl := ebiten.IsKeyPressed(ebiten.KeyControl) || ebiten.IsKeyPressed(ebiten.KeyMeta)
	shift := ebiten.IsKeyPressed(ebiten.KeyShift)
	var in []rune
	if !ctrl {
		for _, r := range input.InputChars() {
			if f.only(r) {
				in = append(in, r)
			}
		}
	}
	if len(in) > 0 {
		f.edit.insert(in, f.limit)
		f.typed = true
	}
	e := &f.edit
	switch {
	case ctrl && inpututil.IsKeyJustPressed(ebiten.KeyA):
		e.all()
	case repeats(ebiten.KeyBackspace):
		e.backspace()
		f.typed = true
	case repeats(ebiten.KeyDelete):
		e.del()
		f.typed = true
	case repeats(ebiten.KeyArrowLeft):
		e.move(e.caret-1, shift)
	case repeats(ebiten.KeyArrowRight):
		e.move(e.caret+1, shift)
	case repeats(ebiten.KeyHome):
		e.move(0, shift)
	case repeats(ebiten.KeyEnd):
		e.move(len(e.text), shift)
	case inpututil.IsKeyJustPressed(ebiten.KeyEnter), inpututil.IsKeyJustPressed(ebiten.KeyNumpadEnter):
		f.typed = true // Enter takes the same word once more
		f.finish()
		f.leave()
	case inpututil.IsKeyJustPressed(ebiten.KeyEscape):
		f.typed = false
		f.leave()
	}
	if e.caret != was || len(in) > 0 {
		f.blink = time.Now()
	}
}

// pad is the room before the text, device-independent pixels.
const pad = 10

// runeAt is the place in the text nearest to the pointer.
func (f *field) runeAt() int {
	px, _ := input.CursorPosition()
	x := float64(px-f.w.Rect.Min.X-f.look.px(pad)) + f.shift
	best := len(f.edit.text)
	for i := range f.edit.text {
		a, b := f.width(i), f.width(i+1)
		if x < (a+b)/2 {
			best = i
			break
		}
	}
	return best
}

// width is the breadth of the first n runes, pixels.
func (f *field) width(n int) float64 {
	return text.AdvanceAt(string(f.edit.text), len(string(f.edit.text[:n])), f.look.body)
}

// Render implements widget.Renderer.
func (f *field) Render(dst *ebiten.Image) {
	k, r := f.look, f.w.Rect
	edge := k.line
	if f.focused {
		edge = k.learned
	} else if f.hover {
		edge = k.soft
	}
	k.box(dst, r, 8, 1, k.raised, edge)
	inner := image.Rect(r.Min.X+k.px(pad), r.Min.Y, r.Max.X-k.px(pad), r.Max.Y)
	clip, ok := dst.SubImage(inner.Inset(-k.px(2))).(*ebiten.Image)
	if !ok || clip.Bounds().Empty() {
		return
	}
	x, y := float64(inner.Min.X), f.middle()
	if !f.focused {
		if s := f.get(); s != "" {
			write(clip, shorten(s, float64(inner.Dx()), measure(k.body)), k.body, x, y, k.theme.Ink)
		} else {
			write(clip, shorten(f.hint, float64(inner.Dx()), measure(k.body)), k.body, x, y, faded(k.soft, 0.8))
		}
		return
	}
	f.drawEdit(clip, x, y, float64(inner.Dx()))
}

func (f *field) drawEdit(clip *ebiten.Image, x, y, room float64) {
	k := f.look
	at := f.width(f.edit.caret)
	f.shift = min(max(f.shift, at-room), at)
	x -= f.shift
	half := float64(k.px(9))
	if from, to := f.edit.selection(); from != to {
		fill(clip, image.Rect(int(x+f.width(from)), int(y-half), int(x+f.width(to)), int(y+half)), faded(k.learned, 0.3))
	}
	if len(f.edit.text) == 0 {
		write(clip, f.hint, k.body, x, y, faded(k.soft, 0.6))
	}
	write(clip, string(f.edit.text), k.body, x, y, k.theme.Ink)
	if time.Since(f.blink)/(530*time.Millisecond)%2 == 0 {
		fill(clip, image.Rect(int(x+at), int(y-half), int(x+at)+max(k.px(1.5), 1), int(y+half)), k.learned)
	}
}
