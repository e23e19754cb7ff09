package roofline

import (
	"math"
	"testing"
)

func TestTurns(t *testing.T) {
	if a, b := Turns(1), Turns(1000); a <= 0 || math.Abs(b-1000*a) > 1e-9*b {
		t.Errorf("one turn is %g operations, a thousand %g", a, b)
	}
	if Name() == "" {
		t.Error("what was counted has no name")
	}
}

func BenchmarkTurns(b *testing.B) {
	var flops float64
	for b.Loop() {
		flops += Turns(10000)
	}
	b.ReportMetric(flops/b.Elapsed().Seconds()/1e9, "GFLOP/s")
}

func TestTurnsScalar(t *testing.T) {
	if turnsScalar(10) != 160 {
		t.Error("ten turns of eight chains are 160 operations")
	}
}

func TestNoTurns(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no turns were accepted")
		}
	}()
	Turns(0)
}
