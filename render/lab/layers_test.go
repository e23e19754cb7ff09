package lab

import (
	"math"
	"slices"
	"testing"
	"time"

	"inkflow/core/engine"
	"inkflow/render/controls"
)

// field is an answer to a request, of zeros.
func field(l engine.Layer) engine.Field {
	return engine.Field{Layer: l, Data: make([]float32, l.Kind.Numbers()*l.W*l.H), Typical: 1}
}

func TestLayersAreAskedForAndKept(t *testing.T) {
	l, f := newLab(t)
	l.SetNumber(controls.Time, 0.5)
	f.ops()
	l.SetNumber(controls.ShowVelocity, 1)
	c := f.only(engine.OpShow)
	if len(c.Layers) != 1 || c.Layers[0].Kind != engine.Velocity || c.Layers[0].Time != 0.5 {
		t.Fatalf("asked for %+v", c.Layers)
	}
	want := c.Layers[0]
	x0, y0 := l.view.World(0, 600)
	x1, y1 := l.view.World(800, 0)
	if want.X0 > x0 || want.Y0 > y0 || want.X0+float64(want.W)*want.Cell < x1 || want.Y0+float64(want.H)*want.Cell < y1 {
		t.Errorf("the layer %+v does not cover %g … %g, %g … %g", want, x0, x1, y0, y1)
	}
	if l.Field(engine.Velocity) != nil {
		t.Error("a layer is there before it came")
	}
	l.say(f, engine.Snapshot{Fields: []engine.Field{field(want), field(engine.Layer{Kind: engine.Density, Cell: 1, W: 2, H: 2})}})
	if got := l.Field(engine.Velocity); got == nil || got.Layer != want {
		t.Errorf("the layer that came is %+v", got)
	}
	if l.Field(engine.Density) != nil || l.Snapshot().Fields != nil {
		t.Error("a layer that is off is kept")
	}
	// A still stage asks for nothing more; another time does, once in a while.
	l.Update(time.Second)
	f.none()
	l.SetNumber(controls.Time, 0.75)
	l.Update(askEvery)
	if c := f.only(engine.OpShow); c.Layers[0].Time != 0.75 {
		t.Errorf("asked for t = %g", c.Layers[0].Time)
	}
	l.SetNumber(controls.Time, 0.76)
	l.Update(askEvery / 2)
	f.none()
	l.SetNumber(controls.ShowVelocity, 0)
	if c := f.only(engine.OpShow); len(c.Layers) != 0 || l.Field(engine.Velocity) != nil {
		t.Error("a layer that was switched off is there")
	}
}

func TestEachKindOfLayer(t *testing.T) {
	l, f := newLab(t)
	l.SetNumber(controls.Time, 0.25)
	for id, k := range map[string]engine.Kind{controls.ShowVelocity: engine.Velocity, controls.ShowExact: engine.Exact,
		controls.ShowError: engine.Gap, controls.ShowDensity: engine.Density, controls.ShowLikelihood: engine.Likelihood,
		controls.ShowTheorem: engine.Theorem} {
		f.ops()
		l.SetNumber(id, 1)
		c := f.only(engine.OpShow)
		if len(c.Layers) != 1 || c.Layers[0].Kind != k || !slices.Equal(l.Layers(), []engine.Kind{k}) {
			t.Errorf("%s asks for %+v", id, c.Layers)
		}
		if k == engine.Likelihood && c.Layers[0].Time != 1 {
			t.Errorf("the likelihood is of t = %g", c.Layers[0].Time)
		}
		if l.Tells(id) == "" {
			t.Errorf("%s does not explain itself", id)
		}
		if l.ShowsExact() != k.Exact() {
			t.Errorf("%s shows the exact answer: %v", id, l.ShowsExact())
		}
		if n := c.Layers[0].W * c.Layers[0].H; n > mapMost+300 {
			t.Errorf("%s asks for %d points", id, n)
		}
		l.SetNumber(id, 0)
		if l.Tells(id) != "" {
			t.Errorf("%s explains itself while it is off", id)
		}
	}
}

// Whatever the window, a request is one the engine takes; the fake refuses
// others.
func TestLayersOfOddWindows(t *testing.T) {
	for _, size := range [][2]float64{{0, 0}, {1, 1}, {10000, 4}, {4, 10000}, {8000, 8000}} {
		l, f := newLab(t)
		l.Resize(size[0], size[1], 0, 0, 0, 0)
		for _, id := range []string{controls.ShowVelocity, controls.ShowDensity, controls.ShowLikelihood} {
			l.SetNumber(id, 1)
		}
		f.ops()
	}
	l, f := newLab(t)
	l.view.goal = 1e7 // a drawing beyond all scale
	l.SetNumber(controls.ShowDensity, 1)
	_ = f
}

// What is known of one flow is not shown of the next.
func TestLayersOfAnotherFlowGo(t *testing.T) {
	l, f := newLab(t)
	l.SetNumber(controls.ShowDensity, 1)
	l.SetNumber(controls.ShowTheorem, 1)
	want := f.sent[0].Layers[0]
	show := func() {
		l.say(f, engine.Snapshot{Generation: l.last, Fields: []engine.Field{field(want)}, Loss: 1, Step: 10,
			Proof: engine.Proof{Draws: []int{32, 64}, Distance: []float64{1, 0.7}}})
		if l.Field(engine.Density) == nil || len(l.Proof().Draws) != 2 {
			t.Fatal("the layers have not come")
		}
	}
	show()
	l.SetText(controls.Preset, "moons")
	if l.Field(engine.Density) != nil || len(l.Proof().Draws) != 0 {
		t.Error("layers of another drawing stay")
	}
	show()
	l.SetText(controls.Scheduler, "vp")
	if l.Field(engine.Density) != nil {
		t.Error("layers of another path stay")
	}
	show()
	l.SetText(controls.Coupling, "ot")
	if l.Field(engine.Density) != nil || l.ShowsExact() {
		t.Error("an exact layer is shown where there is no exact answer")
	}
	f.ops()
	l.Update(askEvery)
	if c := f.only(engine.OpShow); len(c.Layers) != 0 {
		t.Errorf("still asked for: %+v", c.Layers)
	}
	l.SetText(controls.Coupling, "independent")
	f.ops()
	l.Update(askEvery)
	if c := f.only(engine.OpShow); len(c.Layers) != 2 {
		t.Errorf("asked for again: %+v", c.Layers)
	}
}

func TestShowByCommand(t *testing.T) {
	l, f := newLab(t)
	at := engine.Layer{Cell: 1, W: 1, H: 1}
	show := func(kinds ...engine.Kind) engine.Command {
		c := engine.Command{Op: engine.OpShow}
		for _, k := range kinds {
			at.Kind = k
			c.Layers = append(c.Layers, at)
		}
		return c
	}
	g, err := l.Do(show(engine.Gap, engine.Likelihood))
	if err != nil || g != 1 || l.Number(controls.ShowError) != 1 || l.Number(controls.ShowLikelihood) != 1 {
		t.Errorf("generation %d, %v", g, err)
	}
	if c := f.only(engine.OpShow); len(c.Layers) != 2 || c.Layers[0].W == 1 {
		t.Errorf("asked for %+v", c.Layers)
	}
	l.Do(show(engine.Velocity))
	if l.Number(controls.ShowError) != 0 || l.Number(controls.ShowVelocity) != 1 {
		t.Error("the layers before stay on")
	}
	l.SetText(controls.Coupling, "ot")
	if _, err := l.Do(show(engine.Density)); err == nil {
		t.Error("an exact layer without an exact answer")
	}
}

// A stage that asks for layers all the time does not take a refusal away.
func TestAskingLeavesNoticesAlone(t *testing.T) {
	l, f := newLab(t)
	l.SetNumber(controls.ShowVelocity, 1)
	l.Say("Something went wrong.", true)
	f.ops()
	l.SetNumber(controls.Time, 0.3)
	l.Update(askEvery)
	if f.only(engine.OpShow); l.Notice().Text == "" {
		t.Error("the notice is gone")
	}
}

func TestCurvesChart(t *testing.T) {
	l, f := newLab(t)
	if c := l.Chart(controls.Curves); len(c.Curves) != 0 || c.Wait == "" {
		t.Errorf("before the engine speaks: %+v", c)
	}
	l.SetNumber(controls.Time, 0.5)
	l.say(f, engine.Snapshot{Curves: engine.Curves{Alpha: []float32{0, 0.5, 1}, Sigma: []float32{10, 5, 0}, AlongAlpha: []float32{0, 1}, AlongSigma: []float32{1, 0}}})
	c := l.Chart(controls.Curves)
	if len(c.Curves) != 4 || c.Mark != 0.5 || c.Most != "10.0" || c.Caption == "" {
		t.Fatalf("%+v", c)
	}
	for _, v := range c.Curves {
		for i := range v.X {
			if !(v.X[i] >= 0 && v.X[i] <= 1 && v.Y[i] >= 0 && v.Y[i] <= 1) {
				t.Errorf("a point at %g, %g", v.X[i], v.Y[i])
			}
		}
	}
	if x, y := c.Curves[3].At(0.75); x != 0.75 || math.Abs(y-0.25) > 1e-9 {
		t.Errorf("σ at ¾ is %g, %g", x, y)
	}
}

func TestTheoremChart(t *testing.T) {
	l, f := newLab(t)
	if l.Shown(controls.TheoremChart) {
		t.Error("the chart is there while it is off")
	}
	l.SetNumber(controls.ShowTheorem, 1)
	if c := l.Chart(controls.TheoremChart); len(c.Curves) != 0 || !l.Shown(controls.TheoremChart) {
		t.Errorf("%+v", c)
	}
	l.say(f, engine.Snapshot{Proof: engine.Proof{Draws: []int{100, 400, 1600}, Distance: []float64{1, 0.5, 0.25}, Slope: -0.5,
		Difference: 1.25, DifferenceError: 0.01, Constant: 1.24, ConstantError: 0.002}})
	c := l.Chart(controls.TheoremChart)
	if len(c.Curves) != 2 {
		t.Fatalf("%d curves", len(c.Curves))
	}
	for i := range 3 { // exactly 1/√n: both lines are one
		if math.Abs(c.Curves[0].Y[i]-c.Curves[1].Y[i]) > 1e-9 {
			t.Errorf("row %d: %g and %g", i, c.Curves[0].Y[i], c.Curves[1].Y[i])
		}
	}
	if want := "CFM − FM is 1.250 ± 0.010; the constant it is to be, 1.2400 ± 0.0020. The slope is −0.50; that of 1/√n is −0.50."; c.Caption != want {
		t.Errorf("the caption reads %q", c.Caption)
	}
}

func TestLossChart(t *testing.T) {
	l, f := newLab(t)
	for step := 1; step < 100_000; step += 1 + step/50 {
		l.say(f, engine.Snapshot{Step: step, Loss: 1 + 10/float64(step), LossFloor: 0.9})
	}
	c := l.Chart(controls.LossChart)
	if len(c.Curves) != 2 || len(l.history.steps) > historyMost+1 || len(l.history.steps) < historyMost/3 {
		t.Fatalf("%d curves, %d points", len(c.Curves), len(l.history.steps))
	}
	v := c.Curves[1]
	for i := range v.X {
		if i > 0 && (v.X[i] <= v.X[i-1] || v.Y[i] > v.Y[i-1]) {
			t.Fatalf("point %d goes back", i)
		}
		if v.Y[i] < c.Curves[0].Y[0] {
			t.Fatalf("point %d is below the floor", i)
		}
	}
	l.Press(controls.Reset)
	if c := l.Chart(controls.LossChart); len(c.Curves) != 0 {
		t.Error("the loss of what was forgotten is shown")
	}
	if c := l.Chart("no such chart"); len(c.Curves) != 0 {
		t.Errorf("%+v", c)
	}
}

func TestFigures(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 1234.5: "1,235", 12.34: "12.3", 1: "1.00", 0.01234: "0.0123", 0.0000123: "1e-05", -2: "-2.00"} {
		if got := figure(v); got != want {
			t.Errorf("%g reads %q, want %q", v, got, want)
		}
	}
}
