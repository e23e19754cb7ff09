//go:build e2e

package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Every control has an element of that id and does what
// its label says, worked by real clicks and keys.
func TestControls(t *testing.T) {
	p := open(t, setting{})
	for _, id := range []string{"tool-draw", "tool-erase", "undo", "redo", "clear", "theme-day", "preset-moons",
		"word", "picture", "brush-size", "brush-softness", "train", "reset", "seed", "solver", "steps", "particles",
		"open-model", "save-model", "play", "time", "speed-1", "step", "loss", "w2", "w2-floor", "w2-ratio",
		"steps-per-second", "nfe", "trained", "parameters"} {
		if !eval[bool](p, "!!document.getElementById('"+id+"')") {
			t.Errorf("there is no element #%s", id)
		}
	}

	p.click("label:has(#preset-ring)")
	p.waitFor("the ring", "inkflow.state().preset === 'ring'", 10*time.Second)
	p.waitFor("its training", "inkflow.state().step > 0", 10*time.Second)

	p.click("#train")
	p.waitFor("a pause", "!inkflow.state().training", 10*time.Second)
	held := p.state().Step
	if label := eval[string](p, "document.getElementById('train').textContent"); label != "Train" {
		t.Errorf("the button of a paused training says %q", label)
	}
	p.do(chromedp.SetValue(chromedp.CSS("#solver"), "rk4"))
	p.run("document.getElementById('solver').dispatchEvent(new Event('change'))")
	p.waitFor("RK4", "inkflow.state().nfe === 31", 10*time.Second)
	p.field("steps", "4")
	p.waitFor("4 steps", "inkflow.state().nfe === 15", 10*time.Second)
	p.field("particles", "50000")
	p.waitFor("50,000 particles", "inkflow.state().particles === 50000", 30*time.Second)
	p.field("particles", "9000000")
	p.waitFor("a value in range", "inkflow.get('particles') === 500000 && document.getElementById('particles').value === '500000'", 30*time.Second)
	p.field("particles", "2000")
	p.waitFor("2,000 particles", "inkflow.state().particles === 2000", 30*time.Second)
	if now := p.state().Step; now != held {
		t.Errorf("a paused training went from step %d to %d", held, now)
	}

	p.click("#train")
	p.waitFor("training again", "inkflow.state().training", 10*time.Second)
	p.waitFor("more steps", "inkflow.state().step > 4000", 60*time.Second)
	p.click("#reset")
	p.waitFor("a fresh start", "inkflow.state().step < 2000", 10*time.Second)

	p.field("seed", "7")
	p.waitFor("the seed", "inkflow.state().seed === 7", 10*time.Second)

	p.do(chromedp.SendKeys(chromedp.CSS("#word"), "ink"+kb.Enter))
	p.waitFor("the word", "inkflow.state().preset === '' && inkflow.get('word') === 'ink'", 10*time.Second)
	p.click("#clear")
	p.waitFor("an empty paper", "inkflow.state().particles === 0 && !inkflow.state().training", 10*time.Second)
	p.shot("empty")
	p.click("#undo")
	p.waitFor("the word again", "inkflow.get('word') === 'ink' && inkflow.state().particles > 0", 10*time.Second)
	p.click("#undo")
	p.waitFor("the ring again", "inkflow.state().preset === 'ring'", 10*time.Second)
	p.click("#redo")
	p.waitFor("the word once more", "inkflow.get('word') === 'ink'", 10*time.Second)

	p.click("label:has(#theme-day)")
	p.waitFor("day paper", "document.documentElement.dataset.theme === 'day'", 10*time.Second)
	p.shot("day")
}

// The main road without a mouse: choose, draw by arrow keys, pause, scrub.
func TestKeyboardAlone(t *testing.T) {
	p := open(t, setting{})
	p.keys("b", "e")
	p.waitFor("the eraser", "inkflow.get('tool') === 'erase'", 5*time.Second)
	p.keys("b")
	p.waitFor("the pencil", "inkflow.get('tool') === 'draw'", 5*time.Second)
	p.keys(" ")
	p.waitFor("a still flow", "!inkflow.state().playing", 5*time.Second)
	p.keys(" ")
	p.waitFor("a flow", "inkflow.state().playing", 5*time.Second)
	p.keys("t")
	p.waitFor("a pause", "!inkflow.state().training", 5*time.Second)
	p.keys("t")
	p.waitFor("training", "inkflow.state().training", 5*time.Second)

	// Tab from the top reaches the stage, every control after it, and shows
	// where it is.
	reached := map[string]bool{}
	p.run("document.activeElement.blur()")
	for range 90 {
		p.do(chromedp.KeyEvent(kb.Tab))
		reached[eval[string](p, "document.activeElement.name || document.activeElement.id || document.activeElement.tagName")] = true
	}
	for _, id := range []string{"tool", "clear", "theme", "stage", "play", "time", "preset", "word", "train", "reset", "seed", "solver", "steps", "particles"} {
		if !reached[id] {
			t.Errorf("Tab does not reach %s", id)
		}
	}

	p.run("document.getElementById('stage').focus()")
	p.do(chromedp.KeyEvent(kb.Enter))
	for range 12 {
		p.do(chromedp.KeyEvent(kb.ArrowRight))
	}
	p.do(chromedp.KeyEvent(kb.Enter))
	p.waitFor("a drawing", "inkflow.state().preset === '' && inkflow.state().step > 0", 10*time.Second)
	p.keys("z")
	p.waitFor("the preset again", "inkflow.state().preset === 'word'", 10*time.Second)

	// Letters typed into a field are letters.
	p.run("document.getElementById('word').focus()")
	p.keys("b", "e", "r", "t", "z", " ", "?")
	if v := eval[string](p, "document.getElementById('word').value"); v != "bertz ?" {
		t.Errorf("the field holds %q", v)
	}
	if s := p.state(); !s.Training || s.Preset != "word" {
		t.Errorf("typing worked the laboratory: %+v", s)
	}
	p.run("document.getElementById('word').value = ''")
	p.run("document.activeElement.blur()")
	p.keys("?")
	p.waitFor("the list of keys", "document.getElementById('help').open", 5*time.Second)
	p.do(chromedp.KeyEvent(kb.Escape))
	p.waitFor("it to close", "!document.getElementById('help').open", 5*time.Second)
}

// Bad input gets a sentence that says what is wrong; what was there stays.
func TestBadInput(t *testing.T) {
	p := open(t, setting{})
	notice := func(part string) {
		t.Helper()
		p.waitFor("a notice", "!document.getElementById('notice').hidden && document.getElementById('notice').textContent.includes("+quote(part)+")", 10*time.Second)
		p.waitFor("the word in training, as before", "inkflow.state().preset === 'word' && inkflow.state().training", 10*time.Second)
	}
	p.upload("picture", "broken.png", "this is no picture")
	notice("broken.png")
	p.shot("broken-picture")
	p.upload("open-model", "other.safetensors", "this is no model")
	notice("safetensors")

	for _, c := range []struct{ call, want string }{
		{`inkflow.command("fly")`, "no command"},
		{`inkflow.command("target", {preset: "nowhere"})`, "nowhere"},
		{`inkflow.command("target", {w: 2, h: 2, cell: 1, ink: [0, 0]})`, "needs 4 weights"},
		{`inkflow.command("target", {w: 1, h: 1, cell: 1, ink: [NaN]})`, "finite"},
		{`inkflow.command("target", {w: 1, h: 1, cell: 1, ink: [0]})`, "no ink"},
		{`inkflow.command("target", "moons")`, "an object of fields"},
		{`inkflow.command("target")`, "{preset: name}"},
		{`inkflow.command("configure", {particle: 5})`, "no field"},
		{`inkflow.command("configure", {steps: 1e9})`, "steps"},
		{`inkflow.command("configure", {solver: "magic"})`, "magic"},
		{`inkflow.command("load", {model: 3})`, "model"},
		{`inkflow.set("nothing", 1)`, "no control"},
		{`inkflow.set("particles", "many")`, "cannot be set"},
	} {
		got := eval[string](p, "(() => { try { "+c.call+"; return 'nothing'; } catch (e) { return e.message; } })()")
		if !strings.Contains(got, c.want) {
			t.Errorf("%s throws %q, want something about %q", c.call, got, c.want)
		}
	}
	if s := p.state(); s.Preset != "word" || !s.Training {
		t.Errorf("after bad commands the state is %+v", s)
	}
}

// A model saved here opens here.
func TestSaveAndOpenModel(t *testing.T) {
	p := open(t, setting{script: `
window.__saved = null;
const made = URL.createObjectURL;
URL.createObjectURL = (blob) => { blob.arrayBuffer().then((b) => { window.__saved = new Uint8Array(b); }); return made(blob); };`})
	p.waitFor("some steps", "inkflow.state().step > 100", 20*time.Second)
	p.click("#train")
	p.waitFor("a pause", "!inkflow.state().training", 10*time.Second)
	step := p.state().Step
	p.click("#save-model")
	p.waitFor("the file", "window.__saved !== null", 10*time.Second)
	p.click("#reset")
	p.waitFor("a fresh network", "inkflow.state().step === 0", 10*time.Second)
	p.run("inkflow.command('load', {model: window.__saved})")
	p.waitFor("the model again", "inkflow.state().step === "+itoa(step), 10*time.Second)
}
