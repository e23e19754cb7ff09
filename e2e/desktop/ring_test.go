//go:build e2e

package desktop

import (
	"image"
	"math"
	"testing"
	"time"
)

// ringRadius is that of the ring the tests draw, pixels.
const ringRadius = 180

func (w *window) drawRing() {
	w.t.Helper()
	var p []image.Point
	for i := range 37 {
		a := 2 * math.Pi * float64(i) / 36
		p = append(p, image.Pt(centerX+int(math.Round(ringRadius*math.Cos(a))), centerY+int(math.Round(ringRadius*math.Sin(a)))))
	}
	w.drag(p...)
	w.do("mousemove", "1000", "24") // away from the stage
}

// A ring drawn by hand is learned: after about ten seconds of training the
// particles are as close to it as fresh points of it are to each other, up to
// 1.4 times; they lie on it and nowhere else; and at t = 0 they are a Gaussian.
func TestDrawnRing(t *testing.T) {
	w := open(t)
	before := w.settle()
	w.drawRing()
	w.await("the drawing", 20*time.Second, func(s state) bool { return s.Preset == "" && before.Preset != "" })
	w.await("10 s of training", time.Minute, func(s state) bool { return s.Seconds >= 10 && s.Seconds < 30 })
	w.key("t")
	w.await("training on hold", 20*time.Second, func(s state) bool { return !s.Training })
	s := w.await("four draws of W2 and of its floor at n = 2000", 2*time.Minute, func(s state) bool {
		return s.Points == 2000 && s.W2Draws >= 4 && s.FloorDraws >= 4
	})
	t.Logf("%d steps in %.1f s: W2 %.4f, floor %.4f, ratio %.3f", s.Step, s.Seconds, s.W2, s.Floor, s.W2/s.Floor)
	if !(s.W2 <= 1.4*s.Floor) {
		t.Errorf("W2 is %.4f, %.2f times its floor %.4f; want at most 1.4 times", s.W2, s.W2/s.Floor, s.Floor)
	}

	w.scrub(1)
	onRing(t, w.screen())
	w.shot("ring")
	w.scrub(0)
	gaussian(t, w.screen(), w.settle().Unit)
	w.shot("noise")
}

// onRing checks that the particles lie on the ring, all around it.
func onRing(t *testing.T, m image.Image) {
	t.Helper()
	const sectors = 24
	var around [sectors]int
	all, on := 0, 0
	for y := centerY - 270; y < centerY+270; y++ {
		for x := centerX - 270; x < centerX+270; x++ {
			if !lit(m, x, y) {
				continue
			}
			all++
			dx, dy := float64(x-centerX), float64(y-centerY)
			// The brush is 18 pixels wide; the flow may blur its edge by half
			// of that.
			if math.Abs(math.Hypot(dx, dy)-ringRadius) <= 18 {
				on++
				around[int((math.Atan2(dy, dx)+math.Pi)/(2*math.Pi)*sectors)%sectors]++
			}
		}
	}
	if all < 2000 {
		t.Fatalf("only %d pixels are lit", all)
	}
	if part := float64(on) / float64(all); part < 0.9 {
		t.Errorf("%.1f %% of the lit pixels are on the ring, want 90 %%", 100*part)
	}
	for i, n := range around {
		if n < on/sectors/3 {
			t.Errorf("sector %d of %d has %d lit pixels of %d: a gap in the ring", i, sectors, n, on)
		}
	}
}

// gaussian checks that the particles are spread as N(0, I). Lit pixels are
// turned into particles by the probability that a pixel with a mean of λ
// particles is dark, exp(−λ); the half below the middle, where readings stand,
// is left out. A natural unit takes so many pixels.
func gaussian(t *testing.T, m image.Image, unit float64) {
	t.Helper()
	const bins = 30 // of a tenth of a standard deviation
	var litIn, allIn [bins]float64
	left, all := 0.0, 0.0
	for y := bar + 8; y < centerY; y++ {
		for x := 0; x < stageW; x++ {
			dx, dy := float64(x)+0.5-centerX, float64(y)+0.5-centerY
			b := int(math.Hypot(dx, dy) / unit * 10)
			if b >= bins {
				continue
			}
			allIn[b]++
			if lit(m, x, y) {
				litIn[b]++
				all++
				if dx < 0 {
					left++
				}
			}
		}
	}
	var mass [bins]float64
	total := 0.0
	for b := range mass {
		mass[b] = -math.Log(1-min(litIn[b]/allIn[b], 0.99)) * allIn[b]
		total += mass[b]
	}
	// Half of the particles are expected; what the lamp's threshold loses is
	// lost everywhere alike.
	if total < 5000 || total > 15000 {
		t.Errorf("about %.0f particles in the upper half, want about 10,000", total)
	}
	inside := 0.0
	for b, at := range mass {
		inside += at
		r := float64(b+1) / 10
		want := (1 - math.Exp(-r*r/2)) / (1 - math.Exp(-float64(bins*bins)/200)) // Rayleigh
		// 10,000 particles leave 0.015 of chance (three standard deviations);
		// the rest is for whole pixels and the glow.
		if math.Abs(inside/total-want) > 0.04 {
			t.Errorf("%.3f of the particles are within %.1f standard deviations, want %.3f", inside/total, r, want)
		}
	}
	if math.Abs(left/all-0.5) > 0.03 {
		t.Errorf("%.3f of the light is at the left, want a half", left/all)
	}
}
