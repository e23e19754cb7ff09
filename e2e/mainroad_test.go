//go:build e2e

package e2e

import (
	"fmt"
	"testing"
	"time"
)

// The main road: open, see the particles find the shape, draw a ring, see it
// learned, scrub through time.
func TestMainRoad(t *testing.T) {
	p := open(t, setting{})
	p.shot("opening")
	if s := p.state(); !s.Training || s.Preset != "word" {
		t.Errorf("the page opens with %+v; it should train on the word by itself", s)
	}

	// The page itself holds training ten seconds after the pen was lifted: to
	// ask it from here takes a while on a busy machine.
	p.run(`document.getElementById("stage").addEventListener("pointerup", () => {
		let end = 0;
		const timer = setInterval(() => {
			const s = inkflow.state();
			if (s.preset !== "") return;
			end ||= s.seconds + 10;
			if (s.seconds < end) return;
			clearInterval(timer);
			inkflow.command("train", {on: false});
		}, 20);
	})`)
	g := p.middle(0.55)
	p.draw(g)
	p.waitFor("fresh training", "inkflow.state().preset === '' && inkflow.state().step > 0", 20*time.Second)
	p.waitFor("measures at rest", "!inkflow.state().training && inkflow.state().points === 2000 && inkflow.state().w2Draws >= 6", 60*time.Second)
	s := p.state()
	t.Logf("%d steps in %.1f s, W2 %.4f (%d draws), floor %.4f (%d draws), ratio %.3f",
		s.Step, s.Seconds, s.W2, s.W2Draws, s.Floor, s.FloorDraws, s.W2/s.Floor)
	if s.W2 > 1.4*s.Floor {
		t.Errorf("W2 is %.3f × its floor after ten seconds, want at most 1.4", s.W2/s.Floor)
	}

	p.run("inkflow.set('time', 1)")
	p.waitFor("the drawing on show", "inkflow.state().time === 1", 5*time.Second)
	p.frames(3)
	p.run("document.activeElement.blur()")
	share, sectors := p.light(1).onRing(g, 22)
	t.Logf("%.3f of the light on the ring, %d of 24 sectors lit", share, sectors)
	if share < 0.93 || sectors != 24 {
		t.Errorf("%.3f of the light lies on the ring in %d of 24 sectors, want 0.93 in all", share, sectors)
	}

	p.run("inkflow.set('time', 0)")
	p.frames(3)
	st := p.rect("stage")
	requireGaussian(t, p.light(1), st.X+st.Width/2, st.Y+st.Height/2, min(st.Width, st.Height)/7)
}

// frames waits until so many more frames were drawn.
func (p *page) frames(n int) {
	p.t.Helper()
	p.waitFor("frames", fmt.Sprintf("inkflow.state().frames >= %d", p.state().Frames+n), 20*time.Second)
}
