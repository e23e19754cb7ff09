package lab

import (
	"testing"

	"inkflow/core/engine"
	"inkflow/render/controls"
)

// cloudOf is a whole cloud on so many frames. Coordinates tell where they
// belong: 100 × frame + 10 × axis + slice.
func cloudOf(total, frames int) engine.Cloud {
	c := engine.Cloud{Total: total, Unit: 0.5}
	for k := range frames {
		c.Times = append(c.Times, float32(k)/float32(frames-1))
	}
	for first := 0; first < total; first += engine.SliceLen {
		s := engine.Slice{First: first, Count: min(engine.SliceLen, total-first)}
		for k := range frames {
			for axis := range 2 {
				for range s.Count {
					s.XY = append(s.XY, int16(100*k+10*axis+first/engine.SliceLen))
				}
			}
		}
		c.Slices = append(c.Slices, s)
	}
	return c
}

func TestCloudAssembly(t *testing.T) {
	l, f := newLab(t)
	give := func(c engine.Cloud) { l.say(f, engine.Snapshot{Training: true, Cloud: c}) }
	count := func(want int) {
		t.Helper()
		sum := 0
		for _, s := range l.Cloud().Slices {
			sum += s.Count
		}
		if got := l.Cloud().Count; got != want || sum != want {
			t.Errorf("%d particles, of which %d are there; want %d", got, sum, want)
		}
	}
	count(0)
	part := cloudOf(3000, 3)
	part.Slices = part.Slices[1:2]
	give(part)
	count(engine.SliceLen) // the others have not come yet
	if n := len(l.Cloud().Slices); n != 3 {
		t.Errorf("%d slices, want 3", n)
	}
	give(cloudOf(3000, 3))
	count(3000)
	// A snapshot without particles changes nothing.
	give(engine.Cloud{Total: 3000})
	count(3000)
	give(engine.Cloud{})
	count(3000)
	// Another number of frames arrives slice by slice, and nothing blinks.
	part = cloudOf(3000, 5)
	part.Slices = part.Slices[:1]
	give(part)
	count(3000)
	if a, b := len(l.Cloud().Slices[0].Times), len(l.Cloud().Slices[1].Times); a != 5 || b != 3 {
		t.Errorf("the slices are on %d and %d frames, want 5 and 3", a, b)
	}
	for i := range l.Cloud().Slices {
		s := &l.Cloud().Slices[i]
		if s.Unit != 0.5 || len(s.XY) != len(s.Times)*2*s.Count {
			t.Errorf("slice %d: unit %g, %d numbers", i, s.Unit, len(s.XY))
		}
		s.At(0.5)
	}
	// Fewer, at once; and more, when they have come.
	small := cloudOf(1500, 3)
	give(engine.Cloud{Total: 1500})
	count(2 * engine.SliceLen)
	if s := l.Cloud().Slices; len(s) != 2 || s[:3][2].XY != nil {
		t.Errorf("%d slices of 1500 particles, or those of a larger cloud are kept", len(s))
	}
	give(small)
	count(1500)
	give(engine.Cloud{Total: 5000})
	count(1500)
	if s := l.Cloud().Slices[4]; s.Count != 0 {
		t.Error("particles of a larger cloud long ago come back")
	}
	give(cloudOf(5000, 3))
	count(5000)
	// Bulk is handed over, not kept in the readings.
	if s := l.Snapshot(); s.Cloud.Slices != nil || s.Model != nil {
		t.Error("the readings keep the particles")
	}
	l.Press(controls.Clear)
	count(0)
}

func TestPathsAt(t *testing.T) {
	c := cloudOf(10, 4)
	p := Paths{Count: 10, Times: []float32{0, 0.25, 0.75, 1}, XY: c.Slices[0].XY}
	for _, row := range []struct {
		t     float32
		frame int16   // the first of the two
		w     float32 // of the second
	}{
		{0, 0, 0}, {0.125, 0, 0.5}, {0.25, 1, 0}, {0.5, 1, 0.5}, {0.625, 1, 0.75},
		{0.75, 2, 0}, {0.875, 2, 0.5}, {1, 2, 1}, {-1, 0, 0}, {2, 2, 1},
	} {
		x0, y0, x1, y1, w := p.At(row.t)
		if w != row.w {
			t.Errorf("At(%g): weight %g, want %g", row.t, w, row.w)
		}
		for i, r := range [][]int16{x0, y0, x1, y1} {
			want := 100*(row.frame+int16(i/2)) + 10*int16(i%2)
			if len(r) != 10 || r[0] != want || r[9] != want {
				t.Errorf("At(%g): row %d is %v, want %d", row.t, i, r, want)
			}
		}
	}
	// The least: noise and drawing.
	p = Paths{Count: 1, Times: []float32{0, 1}, XY: []int16{1, 2, 3, 4}}
	if x0, y0, x1, y1, w := p.At(0.25); x0[0] != 1 || y0[0] != 2 || x1[0] != 3 || y1[0] != 4 || w != 0.25 {
		t.Errorf("At(0.25): %v %v %v %v %g", x0, y0, x1, y1, w)
	}
}
