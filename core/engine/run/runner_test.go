package run

import (
	"bytes"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"inkflow/core/engine"
	"inkflow/core/internal/race"
	"inkflow/core/model"
	"inkflow/core/nn"
	"inkflow/core/path"
)

// What is trained does not depend on what is shown.
func TestSameSeedSameBits(t *testing.T) {
	const n = 150
	model := func(seed uint64, particles, steps int, solver string, tick time.Duration) []byte {
		r, _ := newRunner(tick)
		s := settings(solver, steps, particles)
		s.Seed = seed
		r.do(t, engine.Command{Op: engine.OpConfigure, Settings: s})
		r.do(t, target("ring", true))
		r.steps(t, n/2)
		r.do(t, target("moons", false))
		r.steps(t, n)
		r.do(t, engine.Command{Op: engine.OpSave})
		return r.shot(t).Model
	}
	first := model(1, 1000, 1, "euler", one)
	if len(first) == 0 {
		t.Fatal("nothing was saved")
	}
	if !bytes.Equal(first, model(1, 3000, 5, "rk4", 3*one)) {
		t.Error("the same seed learns other weights when other particles are shown")
	}
	if bytes.Equal(first, model(2, 1000, 1, "euler", one)) {
		t.Error("another seed learns the same weights")
	}
}

func TestRetargetGoesOn(t *testing.T) {
	r, _ := newRunner(one)
	r.steps(t, 40)
	weights := append([]float32(nil), r.trainer.Net().Weights...)
	trained := r.trained
	r.do(t, target("moons", false))
	s := r.shot(t)
	if s.Step != 40 || r.trained != trained {
		t.Errorf("on another target at step %d and %v, was at 40 and %v", s.Step, r.trained, trained)
	}
	if !reflect.DeepEqual(r.trainer.Net().Weights, weights) {
		t.Error("another target has changed the weights")
	}
	if s.Loss != 0 || math.IsNaN(s.Loss) {
		t.Errorf("the loss on a target that was not tried yet is %g", s.Loss)
	}
	if !r.cloud.stale(r.version) || r.cloud.waiting() {
		t.Error("the particles of the old target are taken for the new one's")
	}
	if s.W2Draws != 0 || s.FloorDraws != 0 {
		t.Errorf("%d draws of W2 and %d of the floor of another target", s.W2Draws, s.FloorDraws)
	}
	r.steps(t, 41)
	if r.label != "moons" {
		t.Errorf("the target is labelled %q", r.label)
	}
}

func TestFreshTargetAndResetStartAgain(t *testing.T) {
	for _, c := range []engine.Command{target("ring", true), {Op: engine.OpReset}} {
		r, _ := newRunner(one)
		r.do(t, target("ring", true))
		blank := append([]float32(nil), r.trainer.Net().Weights...)
		r.steps(t, 40)
		if reflect.DeepEqual(r.trainer.Net().Weights, blank) {
			t.Fatal("40 steps have changed nothing")
		}
		r.do(t, c)
		if s := r.shot(t); s.Step != 0 || s.Seconds != 0 || s.Loss != 0 || s.W2Draws != 0 || s.FloorDraws != 0 {
			t.Errorf("%v: step %d, %g s, loss %g, %d and %d draws", c.Op, s.Step, s.Seconds, s.Loss, s.W2Draws, s.FloorDraws)
		}
		if !reflect.DeepEqual(r.trainer.Net().Weights, blank) {
			t.Errorf("%v: the weights are not those of the seed", c.Op)
		}
	}
}

// A ring that was learned is as good as its noise floor nearly: within 1.4
// times of it.
func TestLearnsARing(t *testing.T) {
	r, _ := newRunner(one)
	r.do(t, configure("euler", 1, 1000)) // particles that cost little meanwhile
	r.do(t, target("ring", true))
	r.steps(t, 3000)
	r.do(t, engine.Command{Op: engine.OpTrain, On: false})
	r.do(t, configure("midpoint", 8, 1000))
	r.finish(t)
	s := r.shot(t)
	if s.W2Draws != heldDraws || s.FloorDraws != floorDraws || s.Points != fullPoints {
		t.Errorf("held, it rests at %d and %d draws of %d points", s.W2Draws, s.FloorDraws, s.Points)
	}
	if !(s.W2 > 0.8*s.Floor && s.W2 <= 1.4*s.Floor) {
		t.Errorf("W2 of a trained ring is %.4f, %.2f times its floor of %.4f", s.W2, s.W2/s.Floor, s.Floor)
	}
	// Then there is nothing to do, and nothing to show.
	was := r.version
	for range 3 {
		if r.Work(time.Second) {
			t.Error("there is more to do")
		}
	}
	for n := 0; r.Snapshot(s); n++ {
		if n > 3 {
			t.Fatal("at rest there is always something new to show")
		}
	}
	if r.version != was {
		t.Error("the weights have moved while they were held")
	}
}

func TestHiddenDoesNoWork(t *testing.T) {
	r, c := newRunner(one)
	r.steps(t, 5)
	r.do(t, engine.Command{Op: engine.OpVisible, On: false})
	was, at := *r, c.at
	for range 5 {
		if r.Work(time.Hour) {
			t.Error("there is work to do while nobody looks")
		}
	}
	if r.trainer.Steps() != 5 || r.trained != was.trained || r.cloud.cursor != was.cloud.cursor || r.measure.phase != was.measure.phase {
		t.Error("work was done while nobody looked")
	}
	if c.at-at > 20*one {
		t.Errorf("it looked at the clock for %v", c.at-at)
	}
	if s := r.shot(t); s.Status != engine.Paused || s.Training || s.StepsPerSecond != 0 {
		t.Errorf("hidden: %v, training %v, %g steps/s", s.Status, s.Training, s.StepsPerSecond)
	}
	r.do(t, engine.Command{Op: engine.OpVisible, On: true})
	r.steps(t, 6)
}

// Work keeps to its budget.
func TestWorkKeepsToItsBudget(t *testing.T) {
	r, c := newRunner(200 * time.Microsecond)
	r.do(t, configure("euler", 1, 1000))
	for range 20 {
		start := c.at
		if !r.Work(10 * time.Millisecond) {
			t.Fatal("nothing is left to do")
		}
		// The last piece may have begun just before the end.
		if d := c.at - start; d < 10*time.Millisecond || d > 10*time.Millisecond+piece {
			t.Errorf("a budget of 10 ms took %v", d)
		}
	}
}

// One long budget is cut into pieces: each activity has its turn in it.
func TestWorkIsSharedWithinABudget(t *testing.T) {
	r, _ := newRunner(200 * time.Microsecond)
	r.do(t, configure("euler", 1, 1000))
	r.Work(10 * piece)
	for a, v := range r.turns.spent {
		if v == 0 && activity(a) != paint { // which had hardly anything to do
			t.Errorf("activity %d has had no turn", a)
		}
		if had := time.Duration(v * shares[a] * float64(time.Second)); had > 9*piece {
			t.Errorf("activity %d had %v of %v", a, had, 10*piece)
		}
	}
}

// The time between two budgets counts as training, for it is the price of
// yielding; an hour on hold does not.
func TestSecondsOfTraining(t *testing.T) {
	r, c := newRunner(one)
	r.steps(t, 3)
	was := r.trained
	c.at += 300 * time.Millisecond
	r.Work(time.Nanosecond)
	if d := r.trained - was; d < 300*time.Millisecond || d > 300*time.Millisecond+5*one {
		t.Errorf("0.3 s between two budgets count as %v", d)
	}
	was = r.trained
	c.at += time.Hour // a thawed tab
	r.Work(time.Nanosecond)
	if d := r.trained - was; d > time.Second+5*one {
		t.Errorf("a frozen hour counts as %v of training", d)
	}
	for _, op := range []engine.Op{engine.OpTrain, engine.OpVisible} {
		r.do(t, engine.Command{Op: op, On: false})
		was = r.trained
		c.at += time.Hour
		r.do(t, engine.Command{Op: op, On: true})
		r.Work(time.Nanosecond)
		if d := r.trained - was; d > 5*one {
			t.Errorf("%v off for an hour counts as %v of training", op, d)
		}
	}
}

func TestStepsPerSecond(t *testing.T) {
	var m rate
	steps := 0
	for at := time.Duration(0); at < 3*time.Second; at += 10 * time.Millisecond {
		steps += 4
		m.tick(at+time.Second, steps)
	}
	if math.Abs(m.perSecond-400) > 1 {
		t.Errorf("400 steps a second read %g", m.perSecond)
	}
	for at := 4 * time.Second; at < 8*time.Second; at += 10 * time.Millisecond {
		steps++
		m.tick(at, steps)
	}
	if m.perSecond < 99 || m.perSecond > 105 { // three seconds later the old rate has faded to a hundredth
		t.Errorf("100 steps a second read %g, 4 s after 400", m.perSecond)
	}
	was := m.perSecond
	m.tick(time.Hour, steps+1) // held meanwhile
	if m.perSecond != was {
		t.Errorf("an hour on hold reads %g steps a second", m.perSecond)
	}
}

func TestRefusals(t *testing.T) {
	deep, err := nn.New(nn.Config{Dim: 3, Hidden: []int{8}, Octaves: 1, Harmonics: 1},
		nn.Scale{Mean: []float64{0, 0, 0}, Std: 1}, path.CondOT{}, rand.New(rand.NewPCG(1, 1)))
	if err != nil {
		t.Fatal(err)
	}
	var solid bytes.Buffer
	if err := model.Write(&solid, &model.Checkpoint{Net: deep, Scheduler: "condot"}); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name, says string
		c          engine.Command
	}{
		{"malformed", "out of range", engine.Command{Op: engine.OpConfigure, Settings: settings("euler", 1, 1)}},
		{"no operation", "no command", engine.Command{}},
		{"unknown preset", "ring", target("rong", true)},
		{"no ink", "ink", engine.Command{Op: engine.OpTarget, Target: engine.Target{W: 1, H: 1, Cell: 1, Ink: []float32{0}}}},
		{"beyond all scale", "scale", engine.Command{Op: engine.OpTarget,
			Target: engine.Target{W: 1, H: 1, X0: 1e12, Cell: 1, Ink: []float32{1}}}},
		{"beyond all scale, fresh", "scale", engine.Command{Op: engine.OpTarget,
			Target: engine.Target{W: 1, H: 1, X0: 1e12, Cell: 1, Ink: []float32{1}, Fresh: true}}},
		{"no checkpoint", "", engine.Command{Op: engine.OpLoad, Model: []byte("PK\x03\x04 and so on")}},
		{"three dimensions", "coordinates", engine.Command{Op: engine.OpLoad, Model: solid.Bytes()}},
	} {
		r, _ := newRunner(one)
		r.steps(t, 5)
		was := *r
		row.c.Generation = 77
		r.Handle(&row.c)
		s := r.shot(t)
		if s.Status != engine.Refused || s.Message == "" || !strings.Contains(s.Message, row.says) || s.Generation != 77 {
			t.Errorf("%s: generation %d, status %v, %q", row.name, s.Generation, s.Status, s.Message)
		}
		if !s.Training || r.trainer != was.trainer || r.target != was.target || r.label != was.label ||
			r.settings != was.settings || r.version != was.version || r.sampler != was.sampler || r.trained != was.trained {
			t.Errorf("%s: something has changed", row.name)
		}
		r.steps(t, 6)
		if s := r.shot(t); s.Status != engine.Refused {
			t.Errorf("%s: forgotten before another command: %v", row.name, s.Status)
		}
		r.do(t, engine.Command{Op: engine.OpReset})
		if s := r.shot(t); s.Status != engine.Training || s.Message != "" {
			t.Errorf("%s: then %v, %q", row.name, s.Status, s.Message)
		}
	}
}

// A drawing as wide as engine lets through is one that density takes.
func TestLargestDrawings(t *testing.T) {
	r, _ := newRunner(one)
	for _, v := range [][2]int{{engine.MaxSide, 1}, {1, engine.MaxSide}, {1024, 1024}} {
		ink := make([]float32, v[0]*v[1])
		ink[0] = 1
		r.do(t, engine.Command{Op: engine.OpTarget, Target: engine.Target{W: v[0], H: v[1], Cell: 1e-3, Ink: ink}})
	}
}

// A single dot is a target too: nothing becomes 0/0 (fault 4).
func TestOneDot(t *testing.T) {
	r, _ := newRunner(one)
	r.do(t, configure("euler", 2, 1000))
	r.do(t, engine.Command{Op: engine.OpTarget, Target: engine.Target{W: 1, H: 1, X0: 1, Y0: 1, Cell: 1e-6, Ink: []float32{1e-3}, Fresh: true}})
	r.steps(t, 60)
	s := r.shot(t)
	finite(t, r, s)
	if s.Status != engine.Training {
		t.Errorf("status %v: %s", s.Status, s.Message)
	}
}

// Steady work takes no memory: steps, particles and measures have theirs.
func TestWorkAllocatesNothing(t *testing.T) {
	r, _ := newRunner(one)
	r.do(t, configure("midpoint", 4, 3000))
	r.steps(t, 10)
	for len(r.measure.full.draws) < 2 {
		r.measure.advance(r.sampler, r.version, 0, true, always)
	}
	r.do(t, engine.Command{Op: engine.OpShow, Layers: []engine.Layer{
		{Kind: engine.Velocity, Time: 0.5, X0: -4, Y0: -4, Cell: 0.1, W: 80, H: 80},
		{Kind: engine.Gap, Time: 0.5, X0: -4, Y0: -4, Cell: 0.02, W: 160, H: 160}}})
	for range 200 {
		r.Work(time.Nanosecond)
	}
	spent := r.turns.spent
	if n := testing.AllocsPerRun(200, func() { r.Work(time.Nanosecond) }); n != 0 && !race.Enabled {
		t.Errorf("a turn allocates %g times", n)
	}
	for a, v := range r.turns.spent {
		if v == spent[a] {
			t.Errorf("activity %d had no turn in the test", a)
		}
	}
}

func TestConfigureWithTheSameSettingsDoesNothing(t *testing.T) {
	r, _ := newRunner(one)
	r.do(t, engine.Command{Op: engine.OpTrain, On: false})
	r.finish(t)
	sampler := r.sampler
	r.do(t, engine.Command{Op: engine.OpConfigure, Settings: r.settings})
	if r.sampler != sampler || r.Work(time.Second) {
		t.Error("the same settings have the particles integrated anew")
	}
	s := r.settings
	s.Particles = 1000
	r.do(t, engine.Command{Op: engine.OpConfigure, Settings: s})
	if shot := r.shot(t); shot.W2Draws != heldDraws {
		t.Errorf("fewer particles have made the measure start again: %d draws", shot.W2Draws)
	}
	s.Steps++
	r.do(t, engine.Command{Op: engine.OpConfigure, Settings: s})
	if shot := r.shot(t); shot.W2Draws != 0 || shot.FloorDraws != 0 || len(r.measure.full.floor) != floorDraws {
		t.Errorf("after another number of steps %d draws are shown, and %d of the floor kept", shot.W2Draws, len(r.measure.full.floor))
	}
}

func TestSnapshotOnlyWhenSomethingIsNew(t *testing.T) {
	r, _ := newRunner(one)
	r.do(t, engine.Command{Op: engine.OpVisible, On: false})
	r.shot(t)
	if r.Snapshot(new(engine.Snapshot)) {
		t.Error("the same is shown twice")
	}
	r.do(t, engine.Command{Op: engine.OpSave})
	if s := r.shot(t); s.Model == nil {
		t.Error("no model")
	}
	r.do(t, engine.Command{Op: engine.OpTrain, On: true})
	if s := r.shot(t); s.Model != nil {
		t.Error("the model is sent twice")
	}
}
