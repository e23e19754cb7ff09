//go:build js && wasm

// Command app is the page: the stage in Ebitengine, the controls as native
// HTML, and a client of the engine in its Worker. What the laboratory is and
// does stands in render/lab; here it meets the browser.
package main

import (
	"syscall/js"

	"github.com/hajimehoshi/ebiten/v2"

	"inkflow/render"
	"inkflow/render/lab"
)

func main() {
	client := newWorkerClient(js.Global().Get("inkflowEngine"))
	l := lab.New(client, letter)
	stage, err := render.NewStage(l)
	if err != nil {
		js.Global().Call("inkflowFail", "The stage cannot be drawn: "+err.Error()+".",
			"Update the browser or its graphics driver.")
		return
	}
	if media("(prefers-reduced-motion: reduce)") {
		l.Still()
	}
	p := newPanel(l)
	g := &game{stage: stage, panel: p, client: client}
	client.revived = l.Revive
	client.lost = func(why string) {
		l.Say("The engine has stopped ("+why+"). Reload the page to start it again.", true)
	}
	listenPointer(l)
	listenKeys(l, p)
	listenVisible(l)
	l.OnSaved(func(b []byte) { download("inkflow.safetensors", b) })
	publish(stage)
	publishTimings(client)

	ebiten.SetRunnableOnUnfocused(true)
	ebiten.SetTPS(ebiten.SyncWithFPS)
	ebiten.SetScreenClearedEveryFrame(false)
	if err := ebiten.RunGame(g); err != nil {
		js.Global().Call("inkflowFail", "The stage has stopped: "+err.Error()+".", "Reload the page to start it again.")
	}
}

// game is the stage as Ebitengine runs it.
type game struct {
	stage  *render.Stage
	panel  *panel
	client *workerClient
	shown  bool
}

func (g *game) Update() error {
	g.client.watch()
	g.stage.Update()
	g.panel.sync()
	return nil
}

func (g *game) Draw(screen *ebiten.Image) {
	g.stage.Draw(screen)
	if !g.shown {
		g.shown = true
		canvas := query("canvas")
		canvas.Set("tabIndex", -1)
		canvas.Call("setAttribute", "aria-hidden", "true")
		element("boot").Set("hidden", true)
		js.Global().Call("dispatchEvent", js.Global().Get("Event").New("inkflow-ready"))
	}
}

// lowStage is the height, in CSS pixels, below which the readings get room of
// their own.
const lowStage = 400

// Layout is not called: LayoutF is.
func (g *game) Layout(int, int) (int, int) { panic("app: LayoutF stands in for Layout") }

// LayoutF makes the screen as fine as the display.
func (g *game) LayoutF(w, h float64) (float64, float64) {
	dpr := ebiten.Monitor().DeviceScaleFactor()
	top, bottom := element("bar").Get("offsetHeight").Float(), element("timeline").Get("offsetHeight").Float()
	if h-top-bottom < lowStage {
		// The readings would lie over the drawing.
		bottom += element("readings").Get("offsetHeight").Float() + 16
	}
	g.stage.Resize(w, h, 0, top, 0, bottom, dpr)
	return w * dpr, h * dpr
}
