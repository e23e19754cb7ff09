//go:build e2e

package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// unfold opens a group of the panel.
func (p *page) unfold(group string) {
	p.run("document.getElementById('group-" + group + "').open = true")
}

// pick chooses an option of a menu as a hand does.
func (p *page) pick(id, value string) {
	p.t.Helper()
	p.do(chromedp.SetValue(chromedp.CSS("#"+id), value))
	p.run("document.getElementById('" + id + "').dispatchEvent(new Event('change'))")
}

// visible reports whether an element takes room on the page.
func (p *page) visible(id string) bool {
	return eval[bool](p, "document.getElementById('"+id+"').getClientRects().length > 0")
}

// Another path is learned afresh, its curves are drawn, and its parameters come
// and go with it.
func TestPaths(t *testing.T) {
	p := open(t, setting{})
	p.waitFor("curves", "document.querySelectorAll('#curves path.target, #curves path.noise').length === 2", 10*time.Second)
	straight := eval[string](p, "document.querySelector('#curves path.noise').getAttribute('d')")
	p.waitFor("some steps", "inkflow.state().step > 4000", 60*time.Second)
	p.pick("scheduler", "vp")
	p.waitFor("the new path from its beginning", "inkflow.state().scheduler === 'vp' && inkflow.state().step < 2000", 10*time.Second)
	p.waitFor("its curves", "document.querySelector('#curves path.noise').getAttribute('d') !== "+quote(straight), 10*time.Second)
	if !p.visible("vp-max") || !p.visible("vp-min") || p.visible("polynomial-n") {
		t.Error("the parameters on the panel are not the path's")
	}
	p.run("inkflow.set('vp-max', 12)")
	p.waitFor("the parameter", "inkflow.state().scheduler === 'vp:max=12'", 10*time.Second)
	p.waitFor("training", "inkflow.state().step > 20", 20*time.Second)
	p.shot("vp")
	for _, scheduler := range []string{"polynomial", "cosine", "linearvp", "subvp", "ve", "targetcfm", "condot"} {
		p.pick("scheduler", scheduler)
		p.waitFor(scheduler, "inkflow.state().scheduler === '"+scheduler+"' && inkflow.state().step > 5 && inkflow.state().fresh !== 0", 20*time.Second)
		if s := p.state(); s.Status != "training" {
			t.Errorf("%s: %s %s", scheduler, s.Status, s.Message)
		}
	}
	if eval[bool](p, "document.getElementById('ve-max').closest('.row').hidden") == false {
		t.Error("a parameter stays when its path has gone")
	}
}

// What is asked of the network, who is paired with whom, and what the flow
// starts from.
func TestLessons(t *testing.T) {
	p := open(t, setting{})
	for id, values := range map[string][]string{"predict": {"x1", "epsilon", "score", "velocity"},
		"coupling": {"ot", "sinkhorn", "sb", "independent"}, "weight": {"snr", "minsnr", "uniform"}, "times": {"edm", "lowdisc"}} {
		for _, v := range values {
			p.pick(id, v)
			p.waitFor(id+" "+v, "inkflow.state()['"+id+"'] === '"+v+"' && inkflow.state().training && inkflow.state().step > 0", 20*time.Second)
		}
	}
	// A flow from one drawing to another.
	p.click("label:has(#preset-ring)")
	p.waitFor("the ring", "inkflow.state().preset === 'ring'", 10*time.Second)
	p.click("#keep-source")
	p.waitFor("it as the source", "inkflow.state().source === 'ring'", 10*time.Second)
	p.click("label:has(#preset-moons)")
	p.waitFor("its training", "inkflow.state().preset === 'moons' && inkflow.state().step > 200", 30*time.Second)
	p.run("inkflow.set('time', 0)")
	p.frames(3)
	p.shot("from-a-ring")
	if !eval[bool](p, "document.querySelector('#solver option[value=ddim]').disabled && document.getElementById('noise').disabled && document.getElementById('show-exact').disabled") {
		t.Error("what a drawn source cannot have is open")
	}
	if text := eval[string](p, "document.getElementById('noise-tells').textContent"); !strings.Contains(text, "Gaussian noise") {
		t.Errorf("the closed dial says %q", text)
	}
	got := eval[string](p, "(() => { try { inkflow.command('configure', {noise: 1}); return 'nothing'; } catch (e) { return e.message; } })()")
	if !strings.Contains(got, "score") {
		t.Errorf("noise on a drawn source throws %q", got)
	}
	p.pick("source", "gaussian")
	p.waitFor("noise again", "inkflow.state().source === ''", 10*time.Second)
}

// Solvers, grids, noise and another path to sample along, all with the network
// at hand.
func TestSamplers(t *testing.T) {
	p := open(t, setting{})
	p.waitFor("some steps", "inkflow.state().step > 100", 30*time.Second)
	p.click("#train")
	p.waitFor("a pause", "!inkflow.state().training", 10*time.Second)
	p.field("particles", "3000")
	held := p.state().Step
	for _, c := range []struct{ id, value, is string }{
		{"solver", "euler", "s.nfe === 8"}, {"solver", "rk4", "s.nfe === 31"}, {"solver", "dpmpp2m", "s.nfe > 0"},
		{"solver", "dopri5", "s.nfe > 8"}, {"solver", "heun", "s.nfe > 8 && s.nfe <= 17"},
		{"grid", "edm", "s.grid === 'edm'"}, {"along", "vp", "s.along === 'vp'"}, {"along", "trained", "s.along === ''"},
		{"grid", "custom", "s.nfe === 8"}, {"grid", "own", "s.nfe === 16"},
	} {
		p.pick(c.id, c.value)
		p.waitFor(c.id+" "+c.value, "(() => { const s = inkflow.state(); return "+c.is+" && s.particles === 3000; })()", 30*time.Second)
	}
	p.run("inkflow.set('noise', 1)")
	p.waitFor("noise", "inkflow.state().noise === 1 && inkflow.state().nfe > 0", 20*time.Second)
	p.waitFor("a closed line of the menu", "document.querySelector('#solver option[value=dopri5]').disabled", 5*time.Second)
	p.click("#reverse-sde")
	p.waitFor("the reverse diffusion", "inkflow.state().noise === -1 && document.getElementById('noise').disabled", 10*time.Second)
	p.shot("reverse")
	if s := p.state(); s.Step != held {
		t.Errorf("sampling otherwise went from step %d to %d", held, s.Step)
	}
}

// Every layer comes, explains itself, and follows the time line.
func TestLayers(t *testing.T) {
	p := open(t, setting{})
	p.waitFor("some steps", "inkflow.state().step > 300", 30*time.Second)
	p.run("inkflow.set('time', 0.6)")
	p.unfold("layers")
	for layer, id := range map[string]string{"velocity": "show-velocity", "exact": "show-exact", "error": "show-error", "density": "show-density", "likelihood": "show-likelihood"} {
		p.click("#" + id)
		p.waitFor(layer, "!!inkflow.state().layers['"+layer+"']", 60*time.Second)
		if text := eval[string](p, "document.getElementById('"+id+"-tells').textContent"); len(text) < 20 {
			t.Errorf("%s explains itself with %q", layer, text)
		}
		p.frames(3)
		p.shot(layer)
		if layer != "velocity" {
			p.click("#" + id)
			p.waitFor("it to go", "!('"+layer+"' in inkflow.state().layers)", 10*time.Second)
		}
	}
	p.run("inkflow.set('time', 0.3)")
	p.waitFor("the arrows of another moment", "inkflow.state().layers.velocity && inkflow.state().layers.velocity.time === 0.3", 20*time.Second)
	was := eval[float64](p, "inkflow.state().layers.velocity.step")
	p.waitFor("arrows that follow the training", "inkflow.state().layers.velocity.step > "+itoa(int(was)), 20*time.Second)
}

// The theorem, on the page: the slope is −½ and the difference the constant.
func TestTheorem(t *testing.T) {
	p := open(t, setting{})
	p.run("inkflow.command('target', {preset: 'checkerboard'})")
	p.waitFor("some steps", "inkflow.state().preset === 'checkerboard' && inkflow.state().step > 100", 30*time.Second)
	p.unfold("layers")
	p.click("#show-theorem")
	p.waitFor("six rows", "inkflow.state().layers.theorem && inkflow.state().layers.theorem.draws.length >= 6", 90*time.Second)
	p.waitFor("the chart", "document.querySelectorAll('#theorem-chart path.exact').length === 1", 10*time.Second)
	p.run("document.getElementById('theorem-chart').scrollIntoView()")
	p.shot("theorem")
	v := eval[struct{ Slope, Difference, DifferenceError, Constant, ConstantError float64 }](p, "inkflow.state().layers.theorem")
	t.Logf("%+v", v)
	if v.Slope > -0.3 || v.Slope < -0.7 {
		t.Errorf("the slope is %.2f, want −0.5", v.Slope)
	}
	if d := v.Difference - v.Constant; d > 6*(v.DifferenceError+v.ConstantError) || -d > 6*(v.DifferenceError+v.ConstantError) {
		t.Errorf("CFM − FM is %.4f, the constant %.4f", v.Difference, v.Constant)
	}
	p.waitFor("the floor of the loss", "inkflow.state().lossFloor !== null", 30*time.Second)
	if floor := eval[float64](p, "inkflow.state().lossFloor"); floor < 3.5 || floor > 4 {
		t.Errorf("the floor of the checkerboard's loss is %.3f, want about 3.75", floor)
	}
}

// On a phone and in a low window every row of the panel can be reached.
func TestTheoryOnSmallScreens(t *testing.T) {
	for _, s := range []setting{{width: 390, height: 844, scale: 2, touch: true}, {width: 844, height: 390}, {width: 1024, height: 768, day: true}} {
		p := open(t, s)
		if s.width < 760 {
			p.click("#sheet")
		}
		for _, group := range []string{"path", "sampling", "layers"} {
			p.unfold(group)
			p.run("document.getElementById('group-" + group + "').scrollIntoView()")
			p.frames(3)
			p.shot(itoa(s.width) + "-" + group)
		}
		wide := eval[[]string](p, `[...document.querySelectorAll("#panel *")]
			.filter((e) => { const r = e.getBoundingClientRect(); return r.width > 1 && (r.right > innerWidth + 1 || r.left < -1) && !e.closest("svg"); })
			.map((e) => e.tagName + "#" + e.id + "." + e.className)`)
		if len(wide) > 0 {
			t.Errorf("%d × %d: these stick out: %v", s.width, s.height, wide)
		}
		p.click("#show-velocity")
		p.waitFor("arrows", "!!inkflow.state().layers.velocity", 30*time.Second)
		p.shot(itoa(s.width) + "-arrows")
	}
}
