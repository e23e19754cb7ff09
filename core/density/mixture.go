package density

import (
	"math"
	"math/rand/v2"
)

// mixture is an equal mixture of round Gaussians, N(mode, sd² I).
type mixture struct {
	modes [][2]float64
	sd    float64
}

// eight is a ring of eight modes, the first on the positive x axis (Tong et
// al., 2023).
func eight(radius, sd float64) func() source {
	return func() source {
		m := mixture{sd: sd}
		for k := range 8 {
			sin, cos := math.Sincos(2 * math.Pi * float64(k) / 8)
			m.modes = append(m.modes, [2]float64{radius * cos, radius * sin})
		}
		return m
	}
}

// dots is a lattice of 5 × 5 small Gaussians on [-2.5, 2.5]².
func dots() source {
	m := mixture{sd: 0.1}
	for k := range 25 {
		m.modes = append(m.modes, [2]float64{1.25 * float64(k%5-2), 1.25 * float64(k/5-2)})
	}
	return m
}

func (m mixture) Dim() int { return 2 }

func (m mixture) Sample(rng *rand.Rand, x []float32) {
	xs, ys := split(x)
	for j := range xs {
		c := m.modes[rng.IntN(len(m.modes))]
		xs[j] = float32(c[0] + m.sd*rng.NormFloat64())
		ys[j] = float32(c[1] + m.sd*rng.NormFloat64())
	}
}

func (m mixture) draw(g *Grid) {
	pen := newPen(m.sd)
	for _, c := range m.modes {
		pen.press(g, c[0], c[1])
	}
}
