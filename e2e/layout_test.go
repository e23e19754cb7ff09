//go:build e2e

package e2e

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// In every window the stage, the bars and the panel share the space, nothing
// sticks out, and the canvas is under the stage.
func TestLayout(t *testing.T) {
	for _, s := range []setting{
		{width: 1440, height: 900},
		{width: 1440, height: 900, day: true},
		{width: 1024, height: 768, scale: 2},
		{width: 1920, height: 1080, day: true},
		{width: 844, height: 390},
		{width: 390, height: 844, scale: 2, touch: true},
		{width: 390, height: 844, scale: 2, touch: true, day: true},
		{width: 320, height: 568, touch: true},
	} {
		t.Run(fmt.Sprintf("%dx%d@%g day=%v", s.width, s.height, max(s.scale, 1), s.day), func(t *testing.T) {
			p := open(t, s)
			p.waitFor("the whole cloud", "inkflow.state().particles === 20000 && inkflow.state().w2 !== null", 40*time.Second)
			p.run("inkflow.set('time', 0.8)")
			p.frames(3)
			p.shot("page")
			stage, bar, timeline, panel := p.rect("stage"), p.rect("bar"), p.rect("timeline"), p.rect("panel")
			if stage.Width < 200 || stage.Height < 150 {
				t.Errorf("the stage is %.0f × %.0f", stage.Width, stage.Height)
			}
			if bar.Y+bar.Height > stage.Y || stage.Y+stage.Height > timeline.Y+0.5 {
				t.Errorf("bar %v, stage %v and time line %v overlap", bar, stage, timeline)
			}
			if s.width > 760 && panel.X < stage.X+stage.Width-0.5 {
				t.Errorf("panel %v and stage %v overlap", panel, stage)
			}
			if w := eval[float64](p, "document.documentElement.scrollWidth"); w > float64(s.width) {
				t.Errorf("the page is %.0f wide in a window of %d", w, s.width)
			}
			wide := eval[[]string](p, `[...document.querySelectorAll("#bar *, #panel *, #timeline *, #readings *")]
				.filter((e) => { const r = e.getBoundingClientRect(); return r.width > 1 && (r.right > innerWidth + 1 || r.left < -1) && !e.closest("svg"); })
				.map((e) => e.tagName + "#" + e.id)`)
			if len(wide) > 0 {
				t.Errorf("these stick out: %v", wide)
			}
		})
	}
}

// A finger draws.
func TestTouch(t *testing.T) {
	p := open(t, setting{width: 390, height: 844, scale: 2, touch: true})
	g := p.middle(0.5)
	touch := func(kind input.DispatchTouchEventType, turn float64) chromedp.Action[chromedp.Void] {
		var points []*input.TouchPoint
		if kind != input.DispatchTouchEventTypeTouchEnd {
			x, y := g.at(turn)
			points = []*input.TouchPoint{{X: x, Y: y}}
		}
		return touchEvent(kind, points)
	}
	p.do(touch(input.DispatchTouchEventTypeTouchStart, 0))
	for i := 1; i <= 24; i++ {
		p.do(touch(input.DispatchTouchEventTypeTouchMove, float64(i)/24))
	}
	p.do(touch(input.DispatchTouchEventTypeTouchEnd, 1))
	p.waitFor("the drawing", "inkflow.state().preset === '' && inkflow.state().step > 0", 20*time.Second)
	// The drawing was learned while it was drawn; what is looked at is the whole.
	p.waitFor("six more seconds of training", fmt.Sprintf("inkflow.state().seconds > %f", p.state().Seconds+6), 60*time.Second)
	p.run("inkflow.set('time', 1)")
	p.frames(3)
	share, sectors := p.light(2).onRing(g, 18)
	t.Logf("%.3f of the light on the ring, %d of 24 sectors lit", share, sectors)
	if share < 0.8 || sectors < 22 {
		t.Errorf("%.2f of the light lies on the ring drawn by finger, in %d sectors", share, sectors)
	}
}

// A stroke that leaves the stage goes on, and ends wherever it is let go.
func TestReleaseOutside(t *testing.T) {
	p := open(t, setting{})
	s := p.rect("stage")
	p.do(
		chromedp.MouseEvent("mouseMoved", s.X+200, s.Y+200),
		chromedp.MouseEvent("mousePressed", s.X+200, s.Y+200, chromedp.ButtonLeft),
		chromedp.MouseEvent("mouseMoved", s.X+400, s.Y+300, chromedp.ButtonLeft),
		chromedp.MouseEvent("mouseMoved", s.X+s.Width+100, s.Y+300, chromedp.ButtonLeft),
		chromedp.MouseEvent("mouseReleased", s.X+s.Width+100, s.Y+300, chromedp.ButtonLeft),
		// Moving on without a button must not draw.
		chromedp.MouseEvent("mouseMoved", s.X+300, s.Y+500),
	)
	p.waitFor("the stroke as one step of undo", "inkflow.state().preset === ''", 10*time.Second)
	p.keys("z")
	p.waitFor("the preset again", "inkflow.state().preset === 'word'", 10*time.Second)
}

// A hidden page does no work, and goes on when it is seen again.
func TestHidden(t *testing.T) {
	p := open(t, setting{})
	p.waitFor("training", "inkflow.state().step > 0", 20*time.Second)
	p.run(`Object.defineProperty(document, "hidden", {configurable: true, get: () => true})`)
	p.run(`document.dispatchEvent(new Event("visibilitychange"))`)
	p.waitFor("rest", "!inkflow.state().training", 10*time.Second)
	held := p.state().Step
	p.frames(5)
	if now := p.state().Step; now != held {
		t.Errorf("a hidden page trained from step %d to %d", held, now)
	}
	p.run(`delete document.hidden`)
	p.run(`document.dispatchEvent(new Event("visibilitychange"))`)
	p.waitFor("training again", fmt.Sprintf("inkflow.state().step > %d", held), 10*time.Second)
}

// Who asked for less motion gets the finished drawing, and may still play.
func TestReducedMotion(t *testing.T) {
	p := open(t, setting{still: true})
	if s := p.state(); s.Playing || s.Time != 1 {
		t.Errorf("the page moves: %+v", s)
	}
	p.click("#play")
	p.waitFor("a flow once asked for", "inkflow.state().playing", 5*time.Second)
}
