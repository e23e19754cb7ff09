package render

import (
	"image"
	"math"
	"time"

	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/vector"

	"inkflow/core/engine"
	"inkflow/render/lab"
)

// Stage draws a laboratory.
type Stage struct {
	lab       *lab.Lab
	paper     paper
	source    paper
	maps      []*fieldMap
	arrows    arrows
	particles *particles
	dpr       float64
	last      time.Time
	work      time.Duration // Go time of the last frame, update and draw
	frames    int
}

// NewStage returns a stage for the laboratory. The error says that a shader
// does not compile on this machine.
func NewStage(l *lab.Lab) (*Stage, error) {
	p, err := newParticles()
	if err != nil {
		return nil, err
	}
	return &Stage{lab: l, particles: p, dpr: 1, maps: []*fieldMap{
		{kind: engine.Density}, {kind: engine.Likelihood}, {kind: engine.Gap}}}, nil
}

// Lab is the laboratory on the stage.
func (s *Stage) Lab() *lab.Lab { return s.lab }

// FrameWork is the Go time the last frame took, and the number of frames drawn.
func (s *Stage) FrameWork() (time.Duration, int) { return s.work, s.frames }

// maxTick keeps a thawed tab from jumping in time.
const maxTick = 100 * time.Millisecond

// Update lets the laboratory live for the time since the last update.
func (s *Stage) Update() {
	start := time.Now()
	dt := start.Sub(s.last)
	s.last = start
	s.lab.Update(min(max(dt, 0), maxTick))
	s.work = time.Since(start)
}

// Resize says how large the canvas is and what bars cover of it, in
// device-independent pixels, and how many pixels one of those is.
func (s *Stage) Resize(w, h, left, top, right, bottom, dpr float64) {
	s.dpr = dpr
	s.lab.Resize(w, h, left, top, right, bottom)
}

// Draw draws the laboratory.
func (s *Stage) Draw(screen *ebiten.Image) {
	start := time.Now()
	th := &Day
	if s.lab.Night() {
		th = &Night
	}
	screen.Fill(th.Paper)
	if s.lab.Shape() {
		g, revision := s.lab.Source()
		s.source.draw(screen, s.lab, g, revision, th.Grey, th.TargetAlpha, s.dpr)
		g, revision = s.lab.Target()
		s.paper.draw(screen, s.lab, g, revision, th.Target, th.TargetAlpha, s.dpr)
	}
	for _, m := range s.maps {
		m.draw(screen, s.lab, th, s.dpr)
	}
	if s.lab.Particles() {
		s.drawParticles(screen, th)
	}
	s.arrows.draw(screen, s.lab, th, s.dpr)
	s.drawBrush(screen, th)
	s.work += time.Since(start)
	s.frames++
}

// free is the part of the screen that no bar covers, in pixels.
func (s *Stage) free(screen *ebiten.Image) image.Rectangle {
	v := s.lab.View()
	b := screen.Bounds()
	r := image.Rect(int(v.Left*s.dpr), int(v.Top*s.dpr), b.Dx()-int(v.Right*s.dpr), b.Dy()-int(v.Bottom*s.dpr))
	return r.Intersect(b)
}

func (s *Stage) drawParticles(screen *ebiten.Image, th *Theme) {
	r := s.free(screen)
	if r.Empty() {
		return
	}
	v, c := s.lab.View(), s.lab.Cloud()
	cover := s.particles.resize(r.Dx(), r.Dy())
	scale := v.Scale() * s.dpr / float64(cover)
	cx, cy := v.Center()
	cx = (cx*s.dpr - float64(r.Min.X)) / float64(cover)
	cy = (cy*s.dpr - float64(r.Min.Y)) / float64(cover)
	dot := max(int(math.Round(s.dpr/float64(cover))), 1)
	if c.Count <= fewParticles {
		dot++
	}
	s.particles.count(c, s.lab.Time(), scale, cx, cy, dot)
	s.particles.draw(screen, th.at(s.lab.Time()), exposure(c.Count, scale, dot), float64(r.Min.X), float64(r.Min.Y), float64(cover))
}

// fewParticles is the number up to which particles are drawn larger, so that
// single ones can be followed.
const fewParticles = 5000

func (s *Stage) drawBrush(screen *ebiten.Image, th *Theme) {
	x, y, radius, erase, ok := s.lab.BrushAt()
	if !ok {
		return
	}
	c := th.Target
	if erase {
		c = th.Ink
	}
	vector.StrokeCircle(screen, float32(x*s.dpr), float32(y*s.dpr), float32(radius*s.dpr), float32(1.25*s.dpr), c, true)
}

func sqrt32(v float32) float32 { return float32(math.Sqrt(float64(v))) }
