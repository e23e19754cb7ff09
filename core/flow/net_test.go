package flow_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"inkflow/core/flow"
	"inkflow/core/nn"
	"inkflow/core/ode"
	"inkflow/core/path"
)

// network is one with random weights in every layer.
func network(t *testing.T, cfg nn.Config) *nn.Net {
	t.Helper()
	rng := rand.New(rand.NewPCG(1, 2))
	net, err := nn.New(cfg, nn.Scale{Mean: make([]float64, cfg.Dim), Std: 1}, path.CondOT{}, rng)
	if err != nil {
		t.Fatal(err)
	}
	last := net.Layers()[len(cfg.Hidden)]
	for i := range last.Weight {
		last.Weight[i] = 0.1 * float32(rng.NormFloat64())
	}
	return net
}

// A network with its workspace is a field as it is, and sampling it allocates
// nothing either.
func TestNetwork(t *testing.T) {
	cfg := nn.DefaultConfig()
	field := nn.NewField(network(t, cfg))
	midpoint, err := ode.ParseMethod("midpoint")
	if err != nil {
		t.Fatal(err)
	}
	page, err := flow.New(flow.Model{Field: field, Dim: cfg.Dim, Path: path.CondOT{}, HasScore: true}, flow.Plan{Method: midpoint, Steps: 2})
	if err != nil {
		t.Fatal(err)
	}
	x, y := make([]float32, cfg.Dim*(flow.Chunk+10)), make([]float32, cfg.Dim*(flow.Chunk+10))
	for _, s := range []*flow.Sampler{page, flow.NewSampler(field, cfg.Dim, ode.Midpoint, ode.Uniform(2))} {
		if res := s.Sample(x, 1); res.Status != ode.Done || res.Evaluations != 4 {
			t.Fatal(res)
		}
		if n := testing.AllocsPerRun(2, func() { s.Sample(x, 1) }); n != 0 {
			t.Errorf("%g allocations", n)
		}
		x, y = y, x
	}
	for i := range x {
		if x[i] != y[i] {
			t.Fatal("the plan's sampler and the plain one differ")
		}
	}
}

// The density of a network's flow is one: its map has the mass 1, whatever the
// weights, and the two ways to its divergence agree.
func TestNetworkLikelihood(t *testing.T) {
	cfg := nn.Config{Dim: 2, Hidden: []int{16, 16}, Octaves: 1, Harmonics: 1}
	net := network(t, cfg)
	exactly, err := flow.NewLikelihood(flow.ForwardDivergence(nn.NewField(net), 2), path.CondOT{}, flow.Following{Rtol: 1e-4, Atol: 1e-4})
	if err != nil {
		t.Fatal(err)
	}
	m := flow.NewMap(64, 64, -4.8, -4.8, 0.15)
	for {
		done, res := m.Advance(exactly, flow.Chunk)
		if res.Status != ode.Done {
			t.Fatal(res.Status)
		}
		if done {
			break
		}
	}
	if mass := m.Mass(); math.Abs(mass-1) > 0.01 { // the midpoint rule, and a thousandth outside
		t.Errorf("the mass is %g", mass)
	}

	estimate, err := flow.NewLikelihood(flow.HutchinsonDivergence(nn.NewField(net), 2, 64, flow.Rademacher, rand.New(rand.NewPCG(3, 4))), path.CondOT{}, flow.Following{Rtol: 1e-4, Atol: 1e-4})
	if err != nil {
		t.Fatal(err)
	}
	x := []float64{0, 1, -1, 0.5, 0.3, 2} // [2 × 3]
	a, b, errs := make([]float64, 3), make([]float64, 3), make([]float64, 3)
	exactly.Log(a, nil, x)
	estimate.Log(b, errs, x)
	for j := range a {
		if !(math.Abs(a[j]-b[j]) <= 4*errs[j]+1e-3) {
			t.Errorf("point %d: log q̂ %g, estimated %g ± %g", j, a[j], b[j], errs[j])
		}
	}
}
