package panel

import (
	"image"
	"image/color"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"inkflow/render/controls"
	"inkflow/render/lab"
)

// overlay is what stands over the stage and is only read: the figures that
// matter, the meaning of the colours, the invitation and the notice.
type overlay struct {
	invitation string
	strength   float64 // of the invitation, which fades away
	last       time.Time
	notice     image.Rectangle // where the notice is, pixels; empty: nowhere
}

// fading is how long the invitation takes to go.
const fading = 500 * time.Millisecond

func (o *overlay) advance(l *lab.Lab) {
	now := time.Now()
	dt := min(now.Sub(o.last), 100*time.Millisecond)
	o.last = now
	if s := l.Invitation(); s != "" {
		o.invitation, o.strength = s, 1
		return
	}
	o.strength = max(o.strength-float64(dt)/float64(fading), 0)
}

func (o *overlay) draw(dst *ebiten.Image, p *Page) {
	k := p.look
	stage := image.Rect(0, k.px(BarHeight), k.px(p.w-PanelWidth(p.w)), k.px(p.h-TimelineHeight))
	o.drawReadings(dst, p, stage)
	o.drawLegend(dst, p, stage)
	o.drawInvitation(dst, k, stage)
	o.drawNotice(dst, k, p.lab.Notice(), stage)
}

func (o *overlay) drawReadings(dst *ebiten.Image, p *Page, stage image.Rectangle) {
	k := p.look
	x := float64(stage.Min.X + k.px(margin))
	bottom := float64(stage.Max.Y - k.px(16))
	for _, c := range controls.All() {
		if c.Place != controls.Stage {
			continue
		}
		value := p.lab.Reading(c.ID)
		paper := k.theme.Paper
		haloed(dst, value, k.figure, x, bottom-float64(k.px(34)), 2*k.scale, k.theme.Ink, paper)
		haloed(dst, c.Label, k.small, x, bottom-float64(k.px(10)), 1.5*k.scale, k.soft, paper)
		w := max(measure(k.figure)(value), measure(k.small)(c.Label), 64*k.scale)
		x += float64(int(w/(8*k.scale)+1)) * 8 * k.scale // a figure that grows a little moves nothing
		x += 16 * k.scale
	}
}

func (o *overlay) drawLegend(dst *ebiten.Image, p *Page, stage image.Rectangle) {
	k := p.look
	if k.narrow {
		return
	}
	x, y := stage.Max.X-k.px(margin), stage.Max.Y-k.px(26)
	for _, e := range [...]struct {
		text   string
		colour color.RGBA
	}{{"exact", k.exact}, {"learned", k.learned}, {"target", k.target}} {
		if e.text == "exact" && !p.lab.ShowsExact() {
			continue
		}
		w := int(measure(k.small)(e.text))
		haloed(dst, e.text, k.small, float64(x-w), float64(y), 1.5*k.scale, k.soft, k.theme.Paper)
		x -= w + k.px(8)
		k.box(dst, image.Rect(x-k.px(18), y-k.px(1.5), x, y-k.px(1.5)+k.px(3)), 1.5, 0, e.colour, e.colour)
		x -= k.px(18 + 18)
	}
}

func (o *overlay) drawInvitation(dst *ebiten.Image, k *look, stage image.Rectangle) {
	if o.strength == 0 || stage.Dx() <= 0 {
		return
	}
	s := shorten(o.invitation, float64(stage.Dx()-k.px(64)), measure(k.body))
	w := int(measure(k.body)(s)) + k.px(32)
	mid := (stage.Min.X + stage.Max.X) / 2
	r := image.Rect(mid-w/2, stage.Min.Y+k.px(16), mid+(w+1)/2, stage.Min.Y+k.px(50))
	k.box(dst, r, 17, 1, faded(k.theme.Paper, 0.8*o.strength), faded(k.line, o.strength))
	writeMiddle(dst, s, k.body, float64(mid), float64(r.Min.Y+r.Max.Y)/2, faded(k.soft, o.strength))
}

func (o *overlay) drawNotice(dst *ebiten.Image, k *look, n lab.Notice, stage image.Rectangle) {
	o.notice = image.Rectangle{}
	if n.Text == "" {
		return
	}
	room := min(k.px(560), stage.Dx()-k.px(32))
	lines := wrap(n.Text, float64(room-k.px(32)), measure(k.body))
	w := 0
	for _, l := range lines {
		w = max(w, int(measure(k.body)(l))+1)
	}
	w += k.px(32)
	mid, top, step := (stage.Min.X+stage.Max.X)/2, stage.Min.Y+k.px(64), k.px(20)
	r := image.Rect(mid-w/2, top, mid+(w+1)/2, top+len(lines)*step+k.px(20))
	edge := k.line
	if n.Fault {
		edge = k.fault
	}
	k.box(dst, r, 10, 1, k.ground, edge)
	for i, l := range lines {
		write(dst, l, k.body, float64(r.Min.X+k.px(16)), float64(top+k.px(10)+i*step+step/2), k.theme.Ink)
	}
	o.notice = r
}
