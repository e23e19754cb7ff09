package panel

import (
	"math"
	"testing"

	"inkflow/render/controls"
)

func TestEveryIconOfTheTableCanBeDrawn(t *testing.T) {
	names := []string{"play", "pause", controls.Undo, controls.Redo, controls.Clear}
	for _, c := range controls.All() {
		for _, o := range c.Options {
			names = append(names, o.Icon)
		}
	}
	for _, name := range names {
		d := controls.Icon(name)
		lines, err := parsePath(d)
		if err != nil {
			t.Errorf("icon %q: %v", name, err)
		}
		if d != "" && len(lines) == 0 {
			t.Errorf("icon %q draws nothing", name)
		}
		for _, l := range lines {
			for _, p := range l.points {
				if !(p[0] >= -0.5 && p[0] <= 24.5 && p[1] >= -0.5 && p[1] <= 24.5) {
					t.Errorf("icon %q leaves its 24 × 24 grid at %v", name, p)
				}
			}
		}
	}
}

func TestParsePath(t *testing.T) {
	for _, tt := range []struct {
		d    string
		want []polyline
	}{
		{"M4 20l1-5L16 4", []polyline{{points: [][2]float64{{4, 20}, {5, 15}, {16, 4}}}}},
		{"M7 5h3v14H7z", []polyline{{points: [][2]float64{{7, 5}, {10, 5}, {10, 19}, {7, 19}}, closed: true}}},
		{"M1 2 3 4m1.5.5 1 1", []polyline{{points: [][2]float64{{1, 2}, {3, 4}}}, {points: [][2]float64{{4.5, 4.5}, {5.5, 5.5}}}}},
		{"M1 1h2zv3", []polyline{{points: [][2]float64{{1, 1}, {3, 1}, {1, 4}}, closed: true}}},
	} {
		got, err := parsePath(tt.d)
		if err != nil {
			t.Errorf("%s: %v", tt.d, err)
			continue
		}
		if !same(got, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.d, got, tt.want)
		}
	}
	for _, d := range []string{"4 4", "M4", "M4 4q1 1 2 2", "M1 1z4 4", "Mx 4"} {
		if _, err := parsePath(d); err == nil {
			t.Errorf("%q is taken for a path", d)
		}
	}
}

func same(a, b []polyline) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].closed != b[i].closed || len(a[i].points) != len(b[i].points) {
			return false
		}
		for j, p := range a[i].points {
			if p != b[i].points[j] {
				return false
			}
		}
	}
	return true
}

// An arc lies on a circle of its radius through both of its ends, goes the
// way its flags say, and ends where it should.
func TestArc(t *testing.T) {
	for _, tt := range []struct {
		d      string
		cx, cy float64 // by hand
		length float64 // of the arc, in radians
	}{
		{"M0 0a5 5 0 0 1 5 5", 0, 5, math.Pi / 2},
		{"M0 0a5 5 0 0 0 5 5", 5, 0, math.Pi / 2},
		{"M0 0a5 5 0 1 1 5 5", 5, 0, 3 * math.Pi / 2},
		{"M0 0a5 5 0 1 0 5 5", 0, 5, 3 * math.Pi / 2},
		{"M0 0a4 4 0 0 1 10 0", 5, 0, math.Pi}, // too small: grown to a half circle
	} {
		lines, err := parsePath(tt.d)
		if err != nil {
			t.Fatal(err)
		}
		p := lines[0].points
		r := math.Hypot(p[0][0]-tt.cx, p[0][1]-tt.cy)
		sum := 0.0
		for i := range p {
			if d := math.Hypot(p[i][0]-tt.cx, p[i][1]-tt.cy); math.Abs(d-r) > 1e-9 { // rounding
				t.Errorf("%s: point %v is %g from the centre, not %g", tt.d, p[i], d, r)
			}
			if i > 0 {
				sum += 2 * math.Asin(math.Hypot(p[i][0]-p[i-1][0], p[i][1]-p[i-1][1])/2/r)
			}
		}
		if math.Abs(sum-tt.length) > 1e-9 { // rounding
			t.Errorf("%s: an arc of %.4f, want %.4f", tt.d, sum, tt.length)
		}
	}
}
