package engine

import (
	"math"
	"strings"
	"testing"
)

func TestOpNames(t *testing.T) {
	for o := OpTarget; o <= OpShow; o++ {
		got, err := ParseOp(o.String())
		if err != nil || got != o {
			t.Errorf("%v comes back as %v, %v", o, got, err)
		}
	}
	if got := Op(0).String(); got != "Op(0)" {
		t.Errorf("no operation is called %q", got)
	}
	if got := Op(200).String(); got != "Op(200)" {
		t.Errorf("an unknown operation is called %q", got)
	}
	for _, name := range []string{"", "TARGET", "Op(1)", "quit"} {
		_, err := ParseOp(name)
		if err == nil {
			t.Errorf("ParseOp(%q) finds something", name)
			continue
		}
		for o := OpTarget; o <= OpShow; o++ {
			if !strings.Contains(err.Error(), o.String()) {
				t.Errorf("ParseOp(%q): %q does not name %v", name, err, o)
			}
		}
	}
}

func TestStatusNames(t *testing.T) {
	seen := map[string]bool{}
	for s := Idle; s <= Refused; s++ {
		name := s.String()
		if name == "" || name == "unknown" || name != strings.ToLower(name) || seen[name] {
			t.Errorf("status %d is called %q", s, name)
		}
		seen[name] = true
	}
	if got := Status(99).String(); got != "unknown" {
		t.Errorf("status 99 is called %q", got)
	}
}

func TestBreaking(t *testing.T) {
	for _, row := range []struct {
		c    Command
		want bool
	}{
		{Command{Op: OpTarget}, false}, // a stroke more
		{Command{Op: OpTarget, Target: Target{Fresh: true}}, true},
		{Command{Op: OpConfigure, Target: Target{Fresh: true}}, false},
		{Command{Op: OpConfigure, On: true}, true}, // learn afresh
		{Command{Op: OpSource, Target: Target{Fresh: true}}, false},
		{Command{Op: OpShow, On: true}, false},
		{Command{Op: OpTrain, On: true}, false},
		{Command{Op: OpVisible}, false},
		{Command{Op: OpSave}, false},
		{Command{Op: OpReset}, true},
		{Command{Op: OpLoad}, true},
	} {
		if got := row.c.Breaking(); got != row.want {
			t.Errorf("%v, fresh %v: breaking is %v", row.c.Op, row.c.Target.Fresh, got)
		}
	}
}

func TestOpeningIsValid(t *testing.T) {
	target, settings := Opening()
	if err := target.Validate(); err != nil {
		t.Error(err)
	}
	if err := settings.Validate(); err != nil {
		t.Error(err)
	}
	if !target.Fresh {
		t.Error("the opening goes on from weights that are not there")
	}
}

// words are in the error, so that a reader knows what is wrong and what would
// be right; none for what is fine.
func expect(t *testing.T, name string, err error, words ...string) {
	t.Helper()
	if len(words) == 0 {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return
	}
	if err == nil {
		t.Errorf("%s: accepted", name)
		return
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%s: %q does not say %q", name, err, w)
		}
	}
}

func TestSettingsValidate(t *testing.T) {
	_, good := Opening()
	for _, row := range []struct {
		name  string
		turn  func(s *Settings)
		words []string
	}{
		{"the opening", func(*Settings) {}, nil},
		{"least", func(s *Settings) { s.Steps, s.Particles = 1, MinParticles }, nil},
		{"most", func(s *Settings) { s.Steps, s.Particles, s.Seed = MaxSteps, MaxParticles, math.MaxUint64 }, nil},
		{"no solver", func(s *Settings) { s.Solver = "" }, []string{"solver", "euler", "midpoint", "rk4"}},
		{"another solver", func(s *Settings) { s.Solver = "dopri8" }, []string{`"dopri8"`, "euler"}},
		{"another case", func(s *Settings) { s.Solver = "Euler" }, []string{`"Euler"`, "euler"}},
		{"no steps", func(s *Settings) { s.Steps = 0 }, []string{"0 solver steps", "1 to 64"}},
		{"steps below none", func(s *Settings) { s.Steps = -5 }, []string{"-5", "1 to 64"}},
		{"a step too many", func(s *Settings) { s.Steps = MaxSteps + 1 }, []string{"65", "1 to 64"}},
		{"a particle too few", func(s *Settings) { s.Particles = MinParticles - 1 }, []string{"999", "1000 to 500000"}},
		{"a particle too many", func(s *Settings) { s.Particles = MaxParticles + 1 }, []string{"500001", "1000 to 500000"}},
	} {
		s := good
		row.turn(&s)
		expect(t, row.name, s.Validate(), row.words...)
	}
}

func TestTargetValidate(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	ink := func(n int) []float32 { return make([]float32, n) }
	for _, row := range []struct {
		name  string
		t     Target
		words []string
	}{
		{"a preset", Target{Preset: "ring"}, nil},
		{"a drawing", Target{W: 3, H: 2, Cell: 0.1, X0: -1, Y0: 1, Ink: []float32{0, 1, 2, 0, 0, 1e30}}, nil},
		{"a thread", Target{W: MaxSide, H: 1, Cell: 1, Ink: ink(MaxSide)}, nil},
		{"the largest", Target{W: 1 << 10, H: 1 << 10, Cell: 1, Ink: ink(1 << 20)}, nil},
		{"nothing", Target{}, []string{"0 × 0", "at most"}},
		{"both", Target{Preset: "ring", W: 1, H: 1, Cell: 1, Ink: ink(1)}, []string{"not both"}},
		{"no width", Target{W: 0, H: 4, Cell: 1}, []string{"0 × 4"}},
		{"below none", Target{W: -2, H: -2, Cell: 1, Ink: ink(4)}, []string{"-2 × -2"}},
		{"too wide", Target{W: MaxSide + 1, H: 1, Cell: 1, Ink: ink(MaxSide + 1)}, []string{"8193 × 1", "1 to 8192 a side"}},
		{"too large", Target{W: 1 << 11, H: 1 << 10, Cell: 1, Ink: ink(1 << 21)}, []string{"at most 1048576"}},
		{"a product of 2⁶⁴", Target{W: 1 << 32, H: 1 << 32, Cell: 1}, []string{"out of range"}},
		{"ink missing", Target{W: 3, H: 2, Cell: 1, Ink: ink(5)}, []string{"needs 6 weights, not 5"}},
		{"ink too much", Target{W: 3, H: 2, Cell: 1, Ink: ink(7)}, []string{"needs 6 weights, not 7"}},
		{"no cell", Target{W: 1, H: 1, Ink: ink(1)}, []string{"cells of a positive size"}},
		{"cell below none", Target{W: 1, H: 1, Cell: -1, Ink: ink(1)}, []string{"positive"}},
		{"cell NaN", Target{W: 1, H: 1, Cell: nan, Ink: ink(1)}, []string{"positive"}},
		{"cell infinite", Target{W: 1, H: 1, Cell: inf, Ink: ink(1)}, []string{"positive"}},
		{"corner NaN", Target{W: 1, H: 1, Cell: 1, X0: nan, Ink: ink(1)}, []string{"finite corner"}},
		{"corner infinite", Target{W: 1, H: 1, Cell: 1, Y0: -inf, Ink: ink(1)}, []string{"finite corner"}},
		{"ink below none", Target{W: 1, H: 1, Cell: 1, Ink: []float32{-1}}, []string{"not negative"}},
		{"ink NaN", Target{W: 1, H: 1, Cell: 1, Ink: []float32{float32(nan)}}, []string{"finite"}},
		{"ink infinite", Target{W: 1, H: 1, Cell: 1, Ink: []float32{float32(inf)}}, []string{"finite"}},
	} {
		expect(t, row.name, row.t.Validate(), row.words...)
	}
}

func TestCommandValidate(t *testing.T) {
	_, settings := Opening()
	for _, row := range []struct {
		name  string
		c     Command
		words []string
	}{
		{"target", Command{Op: OpTarget, Target: Target{Preset: "ring"}}, nil},
		{"bad target", Command{Op: OpTarget}, []string{"drawing"}},
		{"configure", Command{Op: OpConfigure, Settings: settings}, nil},
		{"bad settings", Command{Op: OpConfigure}, []string{"scheduler"}},
		{"source", Command{Op: OpSource, Target: Target{Preset: "ring"}}, nil},
		{"bad source", Command{Op: OpSource}, []string{"drawing"}},
		{"show nothing", Command{Op: OpShow}, nil},
		{"show", Command{Op: OpShow, Layers: []Layer{{Kind: Gap, Time: 0.5, Cell: 0.1, W: 3, H: 2}, {Kind: Theorem}}}, nil},
		{"show twice", Command{Op: OpShow, Layers: []Layer{{Kind: Theorem}, {Kind: Theorem}}}, []string{"theorem", "twice"}},
		{"show what is not", Command{Op: OpShow, Layers: []Layer{{}}}, []string{"no layer"}},
		{"load", Command{Op: OpLoad, Model: []byte{1}}, nil},
		{"load nothing", Command{Op: OpLoad}, []string{"checkpoint", "not 0"}},
		{"load too much", Command{Op: OpLoad, Model: make([]byte, MaxModel+1)}, []string{"checkpoint", "67108865"}},
		{"train", Command{Op: OpTrain}, nil},
		{"reset", Command{Op: OpReset}, nil},
		{"visible", Command{Op: OpVisible}, nil},
		{"save", Command{Op: OpSave}, nil},
		{"nothing", Command{}, []string{"no command"}},
		{"unknown", Command{Op: OpShow + 1}, []string{"no command"}},
	} {
		expect(t, row.name, row.c.Validate(), row.words...)
	}
}

// Only the fields that the operation uses are looked at.
func TestCommandValidateIgnoresTheRest(t *testing.T) {
	c := Command{Op: OpReset, Target: Target{W: -1}, Settings: Settings{Steps: -1}}
	if err := c.Validate(); err != nil {
		t.Error(err)
	}
}
