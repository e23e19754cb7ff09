package lab

import (
	"testing"

	"inkflow/core/engine"
	"inkflow/render/controls"
)

func TestReadings(t *testing.T) {
	full := engine.Snapshot{Training: true, Step: 12345, Seconds: 4.26, StepsPerSecond: 3456.7, Loss: 0.71249,
		Parameters: 9986, W2: 0.1234, Floor: 0.1, W2Draws: 4, FloorDraws: 3, Points: 2000,
		NFE: 16, LossFloor: 0.6512, NLL: 3.72149, NLLPoints: 512, Entropy: -0.5, EntropyKnown: true}
	for _, row := range []struct {
		id   string
		turn func(s *engine.Snapshot)
		want string
	}{
		{controls.ReadTrained, nil, "4.3 s"},
		{controls.ReadRatio, nil, "1.23 ×"},
		{controls.ReadRatio, func(s *engine.Snapshot) { s.W2Draws = 0 }, unknown},
		{controls.ReadRatio, func(s *engine.Snapshot) { s.FloorDraws = 0 }, unknown},
		{controls.ReadRatio, func(s *engine.Snapshot) { s.Floor = 0 }, unknown},
		{controls.ReadRate, nil, "3,457"},
		{controls.ReadRate, func(s *engine.Snapshot) { s.Training = false }, unknown},
		{controls.ReadNFE, nil, "16"},
		{controls.ReadNFE, func(s *engine.Snapshot) { s.NFE = 0 }, unknown},
		{controls.ReadLossFloor, nil, "0.651"},
		{controls.ReadLossFloor, func(s *engine.Snapshot) { s.LossFloor = 0 }, unknown},
		{controls.ReadNLL, nil, "3.721 (512)"},
		{controls.ReadNLL, func(s *engine.Snapshot) { s.NLLPoints = 0 }, unknown},
		{controls.ReadEntropy, nil, "-0.500"},
		{controls.ReadEntropy, func(s *engine.Snapshot) { s.EntropyKnown = false }, unknown},
		{controls.ReadStep, nil, "12,345"},
		{controls.ReadLoss, nil, "0.712"},
		{controls.ReadLoss, func(s *engine.Snapshot) { s.Step, s.Loss = 0, 0 }, unknown},
		{controls.ReadLoss, func(s *engine.Snapshot) { s.Loss = 0 }, unknown}, // another target, not tried yet
		{controls.ReadW2, nil, "0.123 (4 × 2,000)"},
		{controls.ReadW2, func(s *engine.Snapshot) { s.W2Draws = 0 }, unknown},
		{controls.ReadFloor, nil, "0.100 (3 × 2,000)"},
		{controls.ReadFloor, func(s *engine.Snapshot) { s.FloorDraws = 0 }, unknown},
		{controls.ReadParameters, nil, "9,986"},
	} {
		l, f := newLab(t)
		s := full
		if row.turn != nil {
			row.turn(&s)
		}
		l.say(f, s)
		if got := l.Reading(row.id); got != row.want {
			t.Errorf("%s reads %q, want %q", row.id, got, row.want)
		}
	}
	for _, c := range controls.All() {
		if c.Kind != controls.Reading {
			continue
		}
		l, f := newLab(t)
		l.say(f, full)
		if got := l.Reading(c.ID); got == unknown {
			t.Errorf("%s cannot be read", c.ID)
		}
	}
}

func TestSeconds(t *testing.T) {
	for _, row := range []struct {
		v    float64
		want string
	}{
		{0, "0.0 s"}, {4.26, "4.3 s"}, {59.94, "59.9 s"}, {59.96, "0 min 59 s"}, {60, "1 min 00 s"}, {125.9, "2 min 05 s"},
		{3599.9, "59 min 59 s"}, {3600, "1 h 00 min"}, {7325, "2 h 02 min"}, {360000, "100 h 00 min"},
	} {
		if got := Seconds(row.v); got != row.want {
			t.Errorf("Seconds(%g) is %q, want %q", row.v, got, row.want)
		}
	}
}

func TestThousands(t *testing.T) {
	for _, row := range []struct {
		v    int
		want string
	}{
		{0, "0"}, {7, "7"}, {999, "999"}, {1000, "1,000"}, {12345, "12,345"}, {123456, "123,456"},
		{1234567, "1,234,567"}, {-5, "-5"}, {-123, "-123"}, {-1234, "-1,234"}, {-123456, "-123,456"},
	} {
		if got := Thousands(row.v); got != row.want {
			t.Errorf("Thousands(%d) is %q, want %q", row.v, got, row.want)
		}
	}
}

func TestValues(t *testing.T) {
	for _, row := range []struct {
		id   string
		v    float64
		want string
	}{
		{controls.Particles, 20_000, "20 k"},
		{controls.Particles, 9_000, "9,000"},
		{controls.Particles, 500_000, "500 k"},
		{controls.Time, 0.5, "0.50"},
		{controls.Softness, 0.25, "0.25"},
		{controls.BrushSize, 18, "18 px"},
		{controls.Steps, 8, "8"},
		{controls.Seed, 4294967295, "4294967295"},
	} {
		l, _ := newLab(t)
		l.SetNumber(row.id, row.v)
		if got := l.Value(row.id); got != row.want {
			t.Errorf("%s at %g reads %q, want %q", row.id, row.v, got, row.want)
		}
	}
	l, _ := newLab(t)
	if got := l.Value("no such control"); got != "" {
		t.Errorf("what is not there reads %q", got)
	}
}

func TestSummaries(t *testing.T) {
	l, f := newLab(t)
	for _, g := range controls.Groups() {
		if l.Summary(g.ID) == "" {
			t.Errorf("the group %q has no summary", g.ID)
		}
	}
	want := func(group, text string) {
		t.Helper()
		if got := l.Summary(group); got != text {
			t.Errorf("%q is summed up as %q, want %q", group, got, text)
		}
	}
	want("no such group", "")
	want("sampling", "midpoint · 8 steps")
	l.say(f, engine.Snapshot{Step: 5, Training: true})
	want("training", "training")
	want("target", "The word “flow”")
	l.SetText(controls.Word, "ink")
	want("target", "“ink”")
	l.stroke(300, 300, 400, 300)
	want("target", "your drawing")
	l.Press(controls.Clear)
	want("target", "nothing yet")
	want("training", "waiting for ink")
	l.SetText(controls.Preset, "ring")
	l.say(f, engine.Snapshot{Generation: 1, Step: 5})
	want("training", "paused")
	l, f = newLab(t)
	l.say(f, engine.Snapshot{})
	want("training", "starting")
}

func TestInvitation(t *testing.T) {
	l, _ := newLab(t)
	first := l.Invitation()
	if first == "" {
		t.Error("nobody is invited to draw")
	}
	l.PenDown(300, 300, 1)
	if got := l.Invitation(); got != "" {
		t.Errorf("the pen is invited: %q", got)
	}
	l.PenUp()
	if got := l.Invitation(); got != "" {
		t.Errorf("who has drawn is invited: %q", got)
	}
	l.Press(controls.Clear)
	if got := l.Invitation(); got == "" || got == first {
		t.Errorf("the empty paper says %q", got)
	}
}
