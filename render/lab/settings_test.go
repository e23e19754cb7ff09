package lab

import (
	"strings"
	"testing"

	"inkflow/core/engine"
	"inkflow/render/controls"
)

// What is learned is learned afresh when it changes; the rest is not.
func TestOneRule(t *testing.T) {
	for _, row := range []struct {
		id, value string
		afresh    bool
	}{
		{controls.Scheduler, "vp", true}, {controls.Predict, "x1", true}, {controls.Coupling, "ot", true}, {controls.Source, "moons", true},
		{controls.Weight, "snr", false}, {controls.Times, "uniform", false}, {controls.Solver, "ddim", false},
		{controls.Grid, "edm", false}, {controls.Along, "cosine", false},
	} {
		l, f := newLab(t)
		if err := l.SetText(row.id, row.value); err != nil {
			t.Errorf("%s: %v", row.id, err)
		}
		if c := f.only(engine.OpConfigure); c.On != row.afresh {
			t.Errorf("%s learns afresh: %v", row.id, c.On)
		}
		says := strings.Contains(controls.Find(row.id).Hint, "learns afresh")
		if says != row.afresh {
			t.Errorf("%s says so: %v", row.id, says)
		}
	}
	for id, afresh := range map[string]bool{"polynomial-n": true, "vp-max": true, "sinkhorn-eps": true, "minsnr-gamma": false,
		"along-ve-min": false, controls.Noisiness: false, controls.Reverse: false, controls.Corrector: false} {
		l, f := newLab(t)
		l.SetNumber(id, controls.Find(id).Min+1)
		if c := f.only(engine.OpConfigure); c.On != afresh {
			t.Errorf("%s learns afresh: %v", id, c.On)
		}
	}
}

// A parameter is there while its line is chosen, and one that is turned from
// outside chooses it.
func TestParametersComeAndGo(t *testing.T) {
	l, f := newLab(t)
	if l.Shown("polynomial-n") || l.Shown("vp-min") || !l.Shown(controls.Scheduler) || l.Number("polynomial-n") != 2 {
		t.Error("a parameter of a path that is not chosen is there")
	}
	l.SetNumber("polynomial-n", 3)
	if c := f.only(engine.OpConfigure); c.Settings.Scheduler != "polynomial:n=3" || !l.Shown("polynomial-n") {
		t.Errorf("the degree makes it %q", c.Settings.Scheduler)
	}
	l.SetText(controls.Scheduler, "vp")
	l.SetNumber("vp-max", 30)
	l.SetNumber("vp-min", 0.5)
	if got := l.Settings().Scheduler; got != "vp:min=0.5,max=30" || l.Number("vp-max") != 30 {
		t.Errorf("the path is %q", got)
	}
	// The same path again keeps them; another forgets them.
	l.SetText(controls.Scheduler, "vp")
	if got := l.Settings().Scheduler; got != "vp:min=0.5,max=30" {
		t.Errorf("chosen again the path is %q", got)
	}
	l.SetText(controls.Scheduler, "subvp")
	if l.Shown("vp-max") || l.Number("vp-max") != 20 || !l.Shown("subvp-max") {
		t.Error("a forgotten parameter keeps its value")
	}
	f.ops()
	l.SetNumber("along-polynomial-n", 4)
	if c := f.only(engine.OpConfigure); c.Settings.Along != "polynomial:n=4" || c.On {
		t.Errorf("along %q, afresh %v", c.Settings.Along, c.On)
	}
}

// What cannot be together is refused with a sentence, and what is refused is
// closed beforehand with the same one.
func TestWhatCannotBeTogether(t *testing.T) {
	l, f := newLab(t)
	l.SetText(controls.Coupling, "ot")
	f.ops()
	for _, row := range []struct{ id, value string }{
		{controls.Solver, "ddim"}, {controls.Solver, "dpmpp2m"}, {controls.Scheduler, "ve"}, {controls.Predict, "score"},
	} {
		why := l.Objection(row.id, row.value)
		err := l.SetText(row.id, row.value)
		if err == nil || err.Error() != why || !strings.HasSuffix(why, ".") {
			t.Errorf("%s %s: %v, announced %q", row.id, row.value, err, why)
		}
	}
	for _, id := range []string{controls.Noisiness, controls.Corrector, controls.Reverse} {
		why := l.Why(id)
		if l.Enabled(id) || why == "" || l.Tells(id) != why || !strings.Contains(l.Hint(id), why) {
			t.Errorf("%s can be used with optimal transport; it says %q", id, why)
		}
		l.SetNumber(id, 1)
		if l.Number(id) != 0 {
			t.Errorf("%s was turned", id)
		}
	}
	for _, id := range []string{controls.ShowExact, controls.ShowError, controls.ShowDensity, controls.ShowTheorem} {
		l.SetNumber(id, 1)
		if l.Number(id) != 0 || l.Enabled(id) || !strings.Contains(l.Tells(id), "exact answer") {
			t.Errorf("%s is shown of a flow without an exact answer", id)
		}
	}
	f.none()
	// And the other way about.
	l.SetText(controls.Coupling, "independent")
	l.SetNumber(controls.Noisiness, 1)
	if why := l.Objection(controls.Coupling, "ot"); !strings.Contains(why, "noise g to 0") {
		t.Errorf("optimal transport with noise: %q", why)
	}
	if why := l.Objection(controls.Solver, "dopri5"); !strings.Contains(why, "fixed steps") {
		t.Errorf("a tolerance with noise: %q", why)
	}
}

func TestAdaptiveSolvers(t *testing.T) {
	l, _ := newLab(t)
	if l.Shown(controls.Tolerance) {
		t.Error("a solver with steps has a tolerance")
	}
	l.SetText(controls.Solver, "dopri5")
	if !l.Shown(controls.Tolerance) || l.Enabled(controls.Steps) || l.Enabled(controls.Grid) || !strings.Contains(l.Why(controls.Steps), "tolerance") {
		t.Error("a solver that chooses its steps has them chosen")
	}
	l.SetNumber(controls.Tolerance, 1e-4)
	if l.Settings().Tolerance != 1e-4 {
		t.Errorf("a tolerance of %g", l.Settings().Tolerance)
	}
	if got := l.Summary("sampling"); got != "dopri5" {
		t.Errorf("summed up as %q", got)
	}
}

func TestOwnTimes(t *testing.T) {
	l, f := newLab(t)
	l.SetText(controls.Grid, controls.CustomGrid)
	if c := f.only(engine.OpConfigure); c.Settings.Grid != "0,0.1,0.3,0.6,1" || !l.Shown(controls.GridTimes) || l.Enabled(controls.Steps) {
		t.Errorf("own times are %q", c.Settings.Grid)
	}
	for _, bad := range []string{"", "0.5", "0,1,0.5", "0 0.5", "one, two"} {
		if err := l.SetText(controls.GridTimes, bad); err == nil {
			t.Errorf("the times %q are taken", bad)
		}
	}
	f.none()
	l.SetText(controls.GridTimes, "0, 0.5, 1")
	if got := l.Summary("sampling"); got != "midpoint · 2 steps" {
		t.Errorf("summed up as %q", got)
	}
	l.SetText(controls.Grid, controls.OwnGrid)
	l.SetText(controls.Grid, controls.CustomGrid)
	if got := l.Settings().Grid; got != "0,0.5,1" {
		t.Errorf("own times come back as %q", got)
	}
}

func TestSourceThatIsDrawn(t *testing.T) {
	l, f := newLab(t)
	if why := l.Objection(controls.Source, engine.Kept); !strings.Contains(why, "put aside") {
		t.Errorf("a source that is not there: %q", why)
	}
	l.SetText(controls.Preset, "ring")
	f.ops()
	l.Press(controls.Keep)
	if c := f.only(engine.OpConfigure); c.Settings.Source != "ring" || !c.On {
		t.Errorf("from the preset it starts from %q", c.Settings.Source)
	}
	if g, _ := l.Source(); g == nil || g.Empty() || l.Start() != "source" {
		t.Error("the source is not shown")
	}
	_, was := l.Source()
	l.stroke(100, 100, 300, 300)
	f.ops()
	l.Press(controls.Keep)
	if len(f.sent) != 2 || f.sent[0].Op != engine.OpSource || f.sent[0].Target.Ink == nil || f.sent[1].Settings.Source != engine.Kept {
		t.Errorf("from a drawing: %v", f.ops())
	}
	g, is := l.Source()
	if here, _ := l.Target(); g != here || is == was {
		t.Error("the source is not the drawing")
	}
	if l.Text(controls.Source) != engine.Kept || l.Objection(controls.Source, engine.Kept) != "" {
		t.Error("the source is not on the menu")
	}
	f.ops()
	l.SetText(controls.Source, controls.FromGaussian)
	if c := f.only(engine.OpConfigure); c.Settings.Source != "" {
		t.Errorf("noise is the source %q", c.Settings.Source)
	}
	if g, _ := l.Source(); g != nil || l.Start() != "noise" {
		t.Error("noise is shown as a shape")
	}
	// A new engine is told all of it.
	l.SetText(controls.Source, engine.Kept)
	f.ops()
	l.Revive()
	if f.sent[0].Op != engine.OpSource || f.sent[1].Op != engine.OpConfigure || !f.sent[1].On {
		t.Errorf("a new engine is told %v", f.ops())
	}
	l2, f2 := newLab(t)
	l2.Press(controls.Clear)
	f2.ops()
	if l2.Enabled(controls.Keep) || l2.Why(controls.Keep) == "" {
		t.Error("an empty paper is a source")
	}
}

// The panel follows what the engine has made of it: a model that was opened,
// settings that were refused.
func TestPanelFollowsTheEngine(t *testing.T) {
	l, f := newLab(t)
	s := l.Settings()
	s.Scheduler, s.Coupling = "vp:max=30", "ot"
	l.say(f, engine.Snapshot{Settings: s})
	if l.Text(controls.Scheduler) != "vp" || l.Number("vp-max") != 30 || l.Text(controls.Coupling) != "ot" {
		t.Errorf("the panel stands at %+v", l.Settings())
	}
	chose := l.Choices()
	l.SetText(controls.Scheduler, "cosine")
	l.say(f, engine.Snapshot{Settings: s}) // of the time before
	if l.Text(controls.Scheduler) != "cosine" || l.Choices() == chose {
		t.Error("an old snapshot turns the panel back")
	}
	l.say(f, engine.Snapshot{Generation: l.last, Settings: s, Status: engine.Refused, Message: "that cannot be"})
	if l.Text(controls.Scheduler) != "vp" {
		t.Error("what was refused stands on the panel")
	}
}

func TestReverseDiffusion(t *testing.T) {
	l, f := newLab(t)
	l.SetNumber(controls.Reverse, 1)
	if c := f.only(engine.OpConfigure); c.Settings.Noise != engine.Reverse || l.Number(controls.Noisiness) != 0 || l.Enabled(controls.Noisiness) {
		t.Errorf("noise %g", c.Settings.Noise)
	}
	if l.Value(controls.Noisiness) != "its own" || !strings.Contains(l.Summary("sampling"), "reverse") {
		t.Error("it is not said")
	}
	l.SetNumber(controls.Reverse, 0)
	if c := f.only(engine.OpConfigure); c.Settings.Noise != 0 || l.Value(controls.Noisiness) != "0 · ODE" {
		t.Errorf("noise %g", c.Settings.Noise)
	}
	l.SetNumber(controls.Noisiness, 0.5)
	if l.Value(controls.Noisiness) != "0.50" || !strings.Contains(l.Summary("sampling"), "g = 0.5") {
		t.Error("the level is not said")
	}
}

func TestSummariesOfTheory(t *testing.T) {
	l, _ := newLab(t)
	if got := l.Summary("path"); got != "Straight (CondOT)" {
		t.Errorf("the path is summed up as %q", got)
	}
	l.SetText(controls.Coupling, "ot")
	if got := l.Summary("path"); got != "Straight (CondOT) · Shortest ways (OT)" {
		t.Errorf("the path is summed up as %q", got)
	}
	if got := l.Summary("layers"); got != "particles, the shape itself" {
		t.Errorf("the layers are summed up as %q", got)
	}
	l.SetNumber(controls.ShowParticles, 0)
	l.SetNumber(controls.ShowTarget, 0)
	if got := l.Summary("layers"); got != "nothing" || l.Particles() || l.Shape() {
		t.Errorf("no layer is summed up as %q", got)
	}
}
