package flow_test

import (
	"math/rand/v2"
	"testing"

	"inkflow/core/flow"
	"inkflow/core/nn"
	"inkflow/core/ode"
	"inkflow/core/path"
)

// A network with its workspace is a field as it is, and sampling it allocates
// nothing either.
func TestNetwork(t *testing.T) {
	cfg := nn.DefaultConfig()
	net, err := nn.New(cfg, nn.Scale{Mean: []float64{1, 2}, Std: 3}, path.CondOT{}, rand.New(rand.NewPCG(1, 2)))
	if err != nil {
		t.Fatal(err)
	}
	var field flow.Velocity = nn.NewField(net)
	s := flow.NewSampler(field, cfg.Dim, ode.Midpoint, ode.Uniform(2))
	x := make([]float32, cfg.Dim*(flow.Chunk+10))
	if res := s.Sample(x, 1); res.Status != ode.Done {
		t.Fatal(res.Status)
	}
	if n := testing.AllocsPerRun(2, func() { s.Sample(x, 1) }); n != 0 {
		t.Errorf("%g allocations", n)
	}
}
