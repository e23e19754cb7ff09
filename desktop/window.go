package main

import (
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"inkflow/core/density/text"
	"inkflow/core/engine/run"
	"inkflow/desktop/panel"
	"inkflow/render"
	"inkflow/render/controls"
	"inkflow/render/lab"
)

// window is the laboratory as Ebitengine runs it.
type window struct {
	lab     *lab.Lab
	stage   *render.Stage
	page    *panel.Page
	pointer pointer
	report  *report
}

// open shows the window until it is closed.
func open(o options) (err error) {
	r, err := newReport(o.report)
	if err != nil {
		return err
	}
	defer func() {
		if e := r.close(); err == nil {
			err = e
		}
	}()
	client := run.NewLocal()
	defer client.Close()
	w, err := newWindow(o, lab.New(client, text.Grid))
	if err != nil {
		return err
	}
	w.report = r
	return show(w, o)
}

func newWindow(o options, l *lab.Lab) (*window, error) {
	stage, err := render.NewStage(l)
	if err != nil {
		return nil, err
	}
	w := &window{lab: l, stage: stage}
	w.page, err = panel.New(l, w.openPath)
	if err != nil {
		return nil, err
	}
	w.pointer = pointer{lab: l, page: w.page}
	l.OnSaved(func(model []byte) { saved(l, o.save, model) })
	if err := l.SetText(controls.Theme, o.theme); err != nil {
		return nil, err
	}
	if o.seeded {
		l.SetNumber(controls.Seed, float64(o.seed))
	}
	if o.preset != "" {
		return w, l.SetText(controls.Preset, o.preset)
	}
	return w, nil
}

// show runs the window. Ebitengine panics where a display is named but cannot
// be reached.
func show(w *window, o options) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = unopened(cause)
		}
	}()
	ebiten.SetWindowTitle("inkflow")
	ebiten.SetWindowSize(o.width, o.height)
	ebiten.SetWindowSizeLimits(minWidth, minHeight, -1, -1)
	ebiten.SetWindowResizingMode(ebiten.WindowResizingModeEnabled)
	ebiten.SetRunnableOnUnfocused(true)
	ebiten.SetTPS(ebiten.SyncWithFPS)
	ebiten.SetScreenClearedEveryFrame(false)
	if err := ebiten.RunGame(w); err != nil {
		return unopened(err)
	}
	return nil
}

// Update implements ebiten.Game.
func (w *window) Update() error {
	w.lab.SetVisible(!ebiten.IsWindowMinimized())
	w.openDropped(ebiten.DroppedFiles())
	typing, pressing := w.page.Typing(), w.page.Pressing()
	w.page.Update()
	w.pointer.update()
	w.keys(typing || w.page.Typing(), pressing || w.page.Pressing())
	w.stage.Update()
	return w.report.update(time.Now(), w.stage)
}

// Draw implements ebiten.Game.
func (w *window) Draw(screen *ebiten.Image) {
	w.stage.Draw(screen)
	w.page.Draw(screen)
}

// Layout is not called: LayoutF is.
func (w *window) Layout(int, int) (int, int) { panic("desktop: LayoutF stands in for Layout") }

// LayoutF implements ebiten.LayoutFer: the screen is as fine as the display.
func (w *window) LayoutF(width, height float64) (float64, float64) {
	scale := ebiten.Monitor().DeviceScaleFactor()
	w.stage.Resize(width, height, 0, panel.BarHeight, panel.PanelWidth(width), panel.TimelineHeight, scale)
	w.page.Resize(width, height, scale)
	w.pointer.scale = scale
	return width * scale, height * scale
}
