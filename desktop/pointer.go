package main

import (
	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/inpututil"

	"inkflow/desktop/panel"
	"inkflow/render/lab"
)

// pointer turns the mouse or the first finger into strokes. Ebitengine looks
// at it once a tick, so a fast hand leaves wide gaps: the stroke rounds them
// off.
type pointer struct {
	lab   *lab.Lab
	page  *panel.Page
	scale float64 // pixels a device-independent pixel

	drawing bool
	keyed   bool           // the arrow keys have the brush, until the pointer moves
	x, y    float64        // where the pointer was
	touch   ebiten.TouchID // the finger that draws, if it is one
	finger  bool
	stroke  stroke
	touches []ebiten.TouchID
}

func (p *pointer) update() {
	if p.drawing {
		p.draw()
		return
	}
	p.touches = inpututil.AppendJustPressedTouchIDs(p.touches[:0])
	if len(p.touches) > 0 {
		p.finger, p.touch = true, p.touches[0]
		p.press()
		return
	}
	p.finger = false
	x, y := p.at()
	if x != p.x || y != p.y {
		p.x, p.y = x, y
		if p.keyed && !p.lab.Drawing() {
			p.keyed = false
		}
	}
	if p.keyed && !inpututil.IsMouseButtonJustPressed(ebiten.MouseButtonLeft) {
		return
	}
	if !p.page.OverStage(x, y) {
		p.lab.Leave()
		if inpututil.IsMouseButtonJustPressed(ebiten.MouseButtonLeft) {
			p.page.Press(x, y)
		}
		return
	}
	p.page.Crosshair()
	p.lab.Hover(x, y)
	if inpututil.IsMouseButtonJustPressed(ebiten.MouseButtonLeft) {
		p.press()
	}
}

// press begins a stroke where the stage is.
func (p *pointer) press() {
	x, y := p.at()
	if !p.page.OverStage(x, y) {
		p.page.Press(x, y)
		return
	}
	p.page.Blur()
	p.drawing, p.keyed = true, false
	p.lab.Hover(x, y)
	p.lab.PenDown(x, y, 1)
	p.stroke.begin(x, y)
	if !p.held() {
		p.lift()
	}
}

func (p *pointer) draw() {
	p.page.Crosshair()
	if p.finger && !p.held() { // a finger that is gone has no place
		p.lift()
		return
	}
	x, y := p.at()
	p.stroke.to(x, y, func(x, y float64) { p.lab.PenMove(x, y, 1) })
	if !p.held() {
		p.lift()
	}
}

func (p *pointer) lift() {
	p.drawing = false
	p.lab.PenUp()
	if p.finger {
		p.lab.Leave()
	}
}

// held reports whether what draws still touches, wherever it is: outside the
// window too, since a window that was pressed hears of the release.
func (p *pointer) held() bool {
	if p.finger {
		return !inpututil.IsTouchJustReleased(p.touch)
	}
	return ebiten.IsMouseButtonPressed(ebiten.MouseButtonLeft)
}

// at is where the pointer is, device-independent pixels.
func (p *pointer) at() (x, y float64) {
	if p.finger {
		x, y = ebiten.TouchPositionF(p.touch)
	} else {
		x, y = ebiten.CursorPositionF()
	}
	return x / p.scale, y / p.scale
}
