package lab

import (
	"testing"
	"time"

	"inkflow/render/controls"
)

func TestEase(t *testing.T) {
	for _, row := range [][2]float64{{-1, 0}, {0, 0}, {0.5, 0.5}, {1, 1}, {2, 1}} {
		if got := ease(row[0]); got != row[1] {
			t.Errorf("ease(%g) is %g, want %g", row[0], got, row[1])
		}
	}
	last := 0.0
	for u := 0.01; u <= 1; u += 0.01 {
		v := ease(u)
		if !(v > last) {
			t.Fatalf("ease does not rise at %g", u)
		}
		// Forty halvings.
		if back := unease(v); !near(back, u, 1e-6) {
			t.Errorf("unease(ease(%g)) is %g", u, back)
		}
		last = v
	}
	if a, b := ease(0.01), ease(0.51)-ease(0.5); a > b/10 {
		t.Errorf("ease starts as fast as it goes: %g and %g", a, b)
	}
}

// From noise to drawing in three seconds, a rest, and again.
func TestPlayback(t *testing.T) {
	l, _ := newLab(t)
	if l.Time() != 1 || l.Number(controls.Play) != 1 {
		t.Errorf("it starts at %g, playing %g", l.Time(), l.Number(controls.Play))
	}
	l.Update(restTime - frame)
	if l.Time() != 1 {
		t.Errorf("it does not rest on the drawing: %g", l.Time())
	}
	l.Update(2 * frame)
	if l.Time() != 0 {
		t.Errorf("after the rest it is at %g", l.Time())
	}
	l.Update(flowTime / 2)
	if !near(l.Time(), 0.5, 1e-9) {
		t.Errorf("half way it is at %g", l.Time())
	}
	last := 0.5
	for at := flowTime / 2; at < flowTime; at += frame {
		l.Update(frame)
		if l.Time() < last {
			t.Fatalf("it goes back from %g to %g", last, l.Time())
		}
		last = l.Time()
	}
	if last != 1 {
		t.Errorf("after %v it is at %g", flowTime, last)
	}
	// However long nobody looked, time is in range.
	l.Update(time.Hour)
	if v := l.Time(); v < 0 || v > 1 {
		t.Errorf("after an hour it is at %g", v)
	}
}

func TestSpeed(t *testing.T) {
	l, _ := newLab(t)
	l.SetNumber(controls.Time, 0)
	l.SetNumber(controls.Play, 1)
	l.SetText(controls.Speed, "2")
	l.Update(flowTime / 4)
	if !near(l.Time(), 0.5, 1e-6) {
		t.Errorf("at twice the speed, a quarter of the time leads to %g", l.Time())
	}
}

func TestScrub(t *testing.T) {
	l, _ := newLab(t)
	l.SetNumber(controls.Time, 0.3)
	if l.Time() != 0.3 || l.Number(controls.Play) != 0 {
		t.Errorf("scrubbed to %g, playing %g", l.Time(), l.Number(controls.Play))
	}
	l.Update(time.Second)
	if l.Time() != 0.3 {
		t.Errorf("a clock that was stopped is at %g", l.Time())
	}
	// It goes on from there,
	l.SetNumber(controls.Play, 1)
	l.Update(time.Microsecond)
	if !near(l.Time(), 0.3, 1e-4) {
		t.Errorf("it goes on from %g, not 0.3", l.Time())
	}
	l.Update(frame)
	if !(l.Time() > 0.3) {
		t.Error("it does not go on")
	}
	// is held by the button where it stands,
	l.SetNumber(controls.Play, 0)
	held := l.Time()
	l.Update(time.Second)
	if l.Time() != held {
		t.Errorf("held at %g it is at %g", held, l.Time())
	}
	// and from the end it begins again.
	l.SetNumber(controls.Time, 1)
	l.SetNumber(controls.Play, 1)
	l.Update(frame)
	if !(l.Time() > 0 && l.Time() < 0.01) {
		t.Errorf("played from the end it is at %g", l.Time())
	}
	// Played while it plays, nothing jumps.
	for _, on := range []time.Duration{time.Second, flowTime} { // then at rest
		l.Update(on)
		was := l.Time()
		l.SetNumber(controls.Play, 1)
		l.Update(0)
		if l.Time() != was {
			t.Errorf("played again it went from %g to %g", was, l.Time())
		}
	}
}

func TestStill(t *testing.T) {
	l, _ := newLab(t)
	l.SetNumber(controls.Time, 0.2)
	l.SetNumber(controls.Play, 1)
	l.Still()
	l.Update(time.Second)
	if l.Time() != 1 || l.Number(controls.Play) != 0 {
		t.Errorf("still, it is at %g, playing %g", l.Time(), l.Number(controls.Play))
	}
}
