package density

import (
	"math"
	"testing"
)

// The parts have the moments that the drawing of the same preset has.
func TestParts(t *testing.T) {
	for _, p := range Presets() {
		parts, ok := p.Parts()
		if none := p.Name == "pinwheel" || p.Name == "heart"; ok == none {
			t.Errorf("%s: parts %v", p.Name, ok)
		}
		if !ok {
			continue
		}
		var mean, square [2]float64
		add := func(at [][2]float64, variance float64) {
			for _, c := range at {
				for i := range 2 {
					mean[i] += c[i] / float64(len(at))
					square[i] += (c[i]*c[i] + variance) / float64(len(at))
				}
			}
		}
		switch {
		case parts.Drawing != nil:
			m, cov := parts.Drawing.Moments()
			for i := range 2 {
				mean[i], square[i] = m[i], cov[i][i]+m[i]*m[i]
			}
			before := p.Grid(50)
			parts.Drawing.Clear() // a copy: the preset keeps its own
			if after := p.Grid(50); before.Mass() != after.Mass() {
				t.Errorf("%s: its drawing can be wiped out", p.Name)
			}
		case parts.Side > 0:
			centres := make([][2]float64, len(parts.Corners))
			for k, c := range parts.Corners {
				centres[k] = [2]float64{c[0] + parts.Side/2, c[1] + parts.Side/2}
			}
			add(centres, parts.Side*parts.Side/12)
		default:
			add(parts.Centres, parts.Std*parts.Std)
		}
		m, cov := p.Grid(320).Moments()
		for i := range 2 {
			// The drawing is blurred by its cells and loses faint tails to its
			// 255 levels: a per cent of the variance.
			r := square[i] - mean[i]*mean[i]
			if math.Abs(m[i]-mean[i]) > 0.01*math.Sqrt(r) || math.Abs(cov[i][i]-r) > 0.02*r {
				t.Errorf("%s, axis %d: mean %v and variance %v; drawn %v and %v", p.Name, i, mean[i], r, m[i], cov[i][i])
			}
		}
	}
}
