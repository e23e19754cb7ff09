package engine

import "testing"

func TestGate(t *testing.T) {
	refine := Command{Op: OpTarget}
	fresh := Command{Op: OpTarget, Target: Target{Fresh: true}}
	reset := Command{Op: OpReset}
	for _, row := range []struct {
		name     string
		sent     []Command
		admitted []uint32 // of generations 0 … len(sent)+1
	}{
		{"nothing sent", nil, []uint32{0}},
		{"refined", []Command{refine, refine}, []uint32{0, 1, 2}},
		{"broken", []Command{refine, reset}, []uint32{2}},
		{"broken, then refined", []Command{refine, fresh, refine}, []uint32{2, 3}},
		{"broken twice", []Command{fresh, refine, reset}, []uint32{3}},
	} {
		var g Gate
		for i := range row.sent {
			c := row.sent[i]
			if n := g.Stamp(&c); n != uint32(i+1) || c.Generation != n {
				t.Errorf("%s: command %d got generation %d and says %d", row.name, i+1, n, c.Generation)
			}
		}
		next := 0
		for n := range uint32(len(row.sent) + 2) {
			want := next < len(row.admitted) && row.admitted[next] == n
			if want {
				next++
			}
			if got := g.Admit(&Snapshot{Generation: n}); got != want {
				t.Errorf("%s: generation %d admitted is %v", row.name, n, got)
			}
		}
	}
}
