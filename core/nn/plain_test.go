package nn

import (
	"math"
	"slices"
	"testing"
)

// At the ends a plain prediction is converted by the Gaussian, and stays finite
// on the way there.
func TestPlainConversionAtTheEnds(t *testing.T) {
	for _, s := range schedules[:2] {
		for _, q := range quantities[2:] {
			cfg := DefaultConfig()
			cfg.Plain = true
			n := made(t, cfg, scales[0], s, q)
			gauss := made(t, DefaultConfig(), scales[0], s, nil) // untrained: the Gaussian's
			rng := spoil(n, 5)
			ws := NewWorkspace(n, 1)
			x := normals(rng, 2, 1)
			v, want := make([]float32, 2), make([]float32, 2)
			singular := 0.
			if q == (denoiser{}) {
				singular = 1
			}
			n.Velocity(ws, v, x, singular)
			gauss.Velocity(ws, want, x, singular)
			for i := range v {
				if e := math.Abs(float64(v[i] - want[i])); !(e < 1e-5) { // Out is 0, or a rounding of cos(π/2) away
					t.Errorf("%T, %T: at the end t = %g the velocity is %g, want the Gaussian's %g", s.Schedule, q, singular, v[i], want[i])
				}
			}
			for e := 1e-12; e < 1; e *= 3 {
				for _, at := range []float64{e, 1 - e} {
					n.Velocity(ws, v, x, at)
					// 1/nearest times the size of what a busy network says.
					if !finite(v) || math.Hypot(float64(v[0]), float64(v[1])) > 10/nearest {
						t.Errorf("%T, %T: at t = %g the velocity is %g", s.Schedule, q, at, v[0])
					}
				}
			}
			n.Velocity(ws, v, x, 1) // for the score, b is infinite here
			if !finite(v) {
				t.Errorf("%T, %T: at t = 1 the velocity is %g", s.Schedule, q, v)
			}
		}
	}
}

// A plain network asked for the velocity by name is the one asked for nothing, to
// the bit, and for data so large that the Gaussian would leave little of it.
func TestPlainVelocityIsNotConverted(t *testing.T) {
	cfg := DefaultConfig()
	cfg.Plain = true
	n := made(t, cfg, Scale{Mean: []float64{0, 0}, Std: 1e5}, linear{}, nil)
	rng := spoil(n, 6)
	ws := NewWorkspace(n, 20)
	x, want, got := normals(rng, 40, 1e5), make([]float32, 40), make([]float32, 40)
	n.Velocity(ws, want, x, 1)
	n.Predict = speed{}
	n.Velocity(ws, got, x, 1)
	if !slices.Equal(got, want) {
		t.Errorf("velocity by name %v, want %v", got, want)
	}
}
