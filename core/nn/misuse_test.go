package nn

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestNewSaysWhatIsWrong(t *testing.T) {
	ok := DefaultConfig()
	sc := Scale{Mean: []float64{0, 0}, Std: 1}
	change := func(f func(*Config)) Config { c := DefaultConfig(); f(&c); return c }
	for _, r := range []struct {
		cfg   Config
		sc    Scale
		sched Schedule
		word  string
	}{
		{change(func(c *Config) { c.Dim = 0 }), sc, linear{}, "Dim"},
		{change(func(c *Config) { c.Dim = 1 << 40 }), sc, linear{}, "Dim"},
		{change(func(c *Config) { c.Hidden = nil }), sc, linear{}, "hidden"},
		{change(func(c *Config) { c.Hidden = []int{0} }), sc, linear{}, "wide"},
		{change(func(c *Config) { c.Hidden = []int{8192, 8192, 8192} }), sc, linear{}, "weights"},
		{change(func(c *Config) { c.Octaves = -1 }), sc, linear{}, "Octaves"},
		{change(func(c *Config) { c.Harmonics = 99 }), sc, linear{}, "Harmonics"},
		{ok, Scale{Mean: []float64{0}, Std: 1}, linear{}, "means"},
		{ok, Scale{Mean: []float64{0, math.NaN()}, Std: 1}, linear{}, "mean 1"},
		{ok, Scale{Mean: []float64{0, 0}, Std: 0}, linear{}, "standard deviation"},
		{ok, Scale{Mean: []float64{0, 0}, Std: math.Inf(1)}, linear{}, "standard deviation"},
		{ok, Scale{Mean: []float64{0, 0}, Std: 1, SourceMean: []float64{0}}, linear{}, "source means"},
		{ok, Scale{Mean: []float64{0, 0}, Std: 1, SourceMean: []float64{1e10, 0}}, linear{}, "source mean 0"},
		{ok, Scale{Mean: []float64{0, 0}, Std: 1, SourceStd: -1}, linear{}, "source is -1"},
		{ok, Scale{Mean: []float64{0, 0}, Std: 1, SourceStd: math.NaN()}, linear{}, "source is NaN"},
		{ok, Scale{Mean: []float64{0, 0}, Std: 2, SourceStd: 3, Covariance: -7}, linear{}, "covariance of the scale is -7, want at most the product of the standard deviations, 6"},
		{ok, Scale{Mean: []float64{0, 0}, Std: 1, Covariance: math.NaN()}, linear{}, "covariance"},
		{ok, sc, nil, "schedule"},
	} {
		_, err := New(r.cfg, r.sc, r.sched, rand.New(rand.NewPCG(1, 1)))
		if err == nil || !strings.Contains(err.Error(), r.word) {
			t.Errorf("error %v, want one that speaks of %q", err, r.word)
		}
	}
	if err := errors.Join(ok.Validate(), sc.Validate(2)); err != nil {
		t.Error(err)
	}
}

func TestMisusePanics(t *testing.T) {
	n, _ := busy(t, DefaultConfig(), linear{})
	other, _ := busy(t, Config{Dim: 2, Hidden: []int{8, 8, 8}, Octaves: 4, Harmonics: 2}, linear{})
	ws := NewWorkspace(n, 10)
	b := func(k int) []float32 { return make([]float32, k) }
	for name, f := range map[string]func(){
		"columns":            func() { NewWorkspace(n, -1) },
		"too many":           func() { n.Forward(ws, b(22), b(22), b(11)) },
		"forward shape":      func() { n.Forward(ws, b(20), b(18), b(10)) },
		"velocity shape":     func() { n.Velocity(ws, b(3), b(3), 0) },
		"derivative field":   func() { n.VelocityDerivative(ws, b(3), b(3), b(3), b(3), 0) },
		"derivative shape":   func() { n.VelocityDerivative(ws, b(4), b(6), b(4), b(6), 0) },
		"derivative nothing": func() { n.VelocityDerivative(ws, nil, b(2), nil, b(2), 0) },
		"factors":            func() { n.Forward(ws, b(4), b(4), b(2)); ws.Factors(2) },
		"workspace":          func() { other.Velocity(ws, b(2), b(2), 0) },
		"backward grad":      func() { n.Forward(ws, b(4), b(4), b(2)); n.Backward(ws, b(1), b(4)) },
		"backward dv":        func() { n.Forward(ws, b(4), b(4), b(2)); n.Backward(ws, b(n.NumParams()), b(6)) },
		"after Derivative": func() {
			n.Forward(ws, b(4), b(4), b(2))
			n.VelocityDerivative(ws, b(4), b(4), b(4), b(4), 0)
			ws.Factors(0)
		},
		"after Velocity":  func() { n.Velocity(ws, b(4), b(4), 0); n.Backward(ws, b(n.NumParams()), b(4)) },
		"weights removed": func() { c := n.Clone(); c.Weights = c.Weights[1:]; c.Layers() },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			f()
		})
	}
}
