//go:build e2e

package desktop

import (
	"image"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A preset's tile is a picture of the preset; pressed, it becomes the target
// and is framed.
func TestPresetTile(t *testing.T) {
	w := open(t)
	const x, y = 1286, 112 // the heart, fourth of the first row
	amber := func(m image.Image, x, y int) bool {
		r, g, b := rgb(m, x, y)
		return r > 200 && g > 120 && g < 210 && b < 120
	}
	frame := func(m image.Image) bool { return amber(m, x, y-24) && amber(m, x-24, y) }
	before := w.screen()
	if !amber(before, x, y) {
		r, g, b := rgb(before, x, y)
		t.Errorf("the heart's tile is no heart: its middle is %d, %d, %d", r, g, b)
	}
	if frame(before) {
		t.Error("the heart is framed before it is chosen")
	}
	w.click(x, y)
	w.await("the heart", 20*time.Second, func(s state) bool { return s.Preset == "heart" })
	if !frame(w.screen()) {
		t.Error("the heart is not framed once it is chosen")
	}
	w.await("particles of the heart", 20*time.Second, func(s state) bool { return s.Particles > 0 && s.W2Draws > 0 })
}

// Strokes begin on the stage only, end wherever they are let go, and are
// undone and redone; letters typed into a field are no shortcuts.
func TestStrokesAndKeys(t *testing.T) {
	w := open(t)
	w.drag(image.Pt(1200, 620), image.Pt(900, 500), image.Pt(400, 400))
	if s := w.settle(); s.Preset != "word" {
		t.Error("a stroke that began on the panel draws")
	}
	w.drag(image.Pt(700, 300), image.Pt(900, 320), image.Pt(1200, 330)) // let go over the panel
	w.await("a drawing", 20*time.Second, func(s state) bool { return s.Preset == "" })
	w.do("mousemove", "500", "600")
	w.key("ctrl+z")
	w.await("undo", 20*time.Second, func(s state) bool { return s.Preset == "word" })
	w.key("y")
	w.await("redo", 20*time.Second, func(s state) bool { return s.Preset == "" })
	w.key("e")
	w.await("the eraser", 20*time.Second, func(s state) bool { return s.Tool == "erase" })

	w.click(1300, 217)
	w.typed("be t")
	s := w.settle()
	if s.Tool != "erase" || !s.Training {
		t.Errorf("typing pressed shortcuts: %+v", s)
	}
	step := s.Step
	w.key("Return")
	w.await("the word, learned afresh", 20*time.Second, func(s state) bool { return s.Preset == "" && s.Step < step })
	w.key("b")
	w.await("the brush", 20*time.Second, func(s state) bool { return s.Tool == "draw" })
	w.key("space")
	w.await("a pause of the flow", 20*time.Second, func(s state) bool { return !s.Playing })
}

// The paper, the seed, the solver and saving do what they say.
func TestPanel(t *testing.T) {
	w := open(t, "--seed", "5", "--preset", "spiral")
	w.shot("night")
	if s := w.settle(); s.Seed != 5 || s.Preset != "spiral" || s.Theme != "night" {
		t.Errorf("opened with %+v", s)
	}
	w.click(1345, 24)
	w.await("day", 20*time.Second, func(s state) bool { return s.Theme == "day" })
	if r, g, b := rgb(w.screen(), 40, 200); r < 240 || g < 240 || b < 225 {
		t.Errorf("the day's paper is %d, %d, %d", r, g, b)
	}

	w.shot("day")

	w.do("mousemove", "1250", "600")
	w.do("click", "--repeat", "40", "--delay", "20", "5") // to the end of the panel
	w.look()
	w.click(1300, seedY)
	w.typed("77")
	w.key("Return")
	w.await("seed 77", 20*time.Second, func(s state) bool { return s.Seed == 77 })

	w.click(1250, saveY)
	s := w.await("a word on where the model is", 20*time.Second, func(s state) bool { return strings.Contains(s.Notice, "saved in") })
	path := filepath.Join(w.dir, "inkflow.safetensors")
	if !strings.Contains(s.Notice, path) {
		t.Errorf("says %q, want %s in it", s.Notice, path)
	}
	if b, err := os.ReadFile(path); err != nil || len(b) < 30_000 {
		t.Errorf("the model has %d bytes, error %v", len(b), err)
	}

	w.click(1300, openY)
	w.typed("inkflow.safetensors")
	w.key("Return")
	w.settle()
	if s := w.settle(); strings.Contains(s.Notice, "cannot") {
		t.Errorf("the saved model does not open: %s", s.Notice)
	}

	w.click(1300, solverY)
	w.look()
	w.click(1300, solverY-328) // the list opens upwards: Euler
	w.await("Euler's method", 20*time.Second, func(s state) bool { return s.Solver == "euler" })

	const left, right, y = 1216, 1328, stepsY // the knob's way
	w.drag(image.Pt((left+right)/2, y), image.Pt(right-20, y), image.Pt(right+20, y))
	w.await("64 steps", 20*time.Second, func(s state) bool { return s.Steps == 64 })
}

// The rows' middles when the panel is scrolled to its end, pixels.
const (
	seedY   = 408
	openY   = 448
	saveY   = 489
	solverY = 574
	stepsY  = 614
)

// Pressing a stage that has been drawn on with gaps between two looks at the
// pointer leaves a closed line: a fast circle of few points is round.
func TestFastStrokeIsRound(t *testing.T) {
	w := open(t)
	w.key("t") // the target alone is looked at
	var p []image.Point
	for i := range 17 {
		a := 2 * math.Pi * float64(i) / 16
		p = append(p, image.Pt(centerX+int(200*math.Cos(a)), centerY+int(200*math.Sin(a))))
	}
	w.drag(p...)
	w.await("the drawing", 20*time.Second, func(s state) bool { return s.Preset == "" })
	w.do("mousemove", "1000", "24")
	w.scrub(0)
	m := w.screen()
	inked := 0
	for i := range 64 {
		a := 2 * math.Pi * (float64(i) + 0.5) / 64
		for r := 194.0; r <= 202; r++ {
			red, _, blue := rgb(m, centerX+int(r*math.Cos(a)), centerY+int(r*math.Sin(a)))
			if red > 40 && blue < 90 || red > 90 {
				inked++
				break
			}
		}
	}
	if inked < 60 {
		t.Errorf("ink in %d of 64 directions at the circle's radius", inked)
	}
}
