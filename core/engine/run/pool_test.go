package run

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"inkflow/core/engine"
)

// paths is a copy of a cloud's slices.
func (c *cloud) paths() [][]int16 {
	var all [][]int16
	for i := range c.slices {
		all = append(all, slices.Clone(c.slices[i].xy))
	}
	return all
}

func same(a, b [][]int16) bool { return slices.EqualFunc(a, b, slices.Equal) }

// held is a runner that holds a network of some steps, with a large cloud that
// takes long by its clock, and a pool.
func held(t *testing.T, p Pool, particles int) *Runner {
	t.Helper()
	r, _ := newRunner(one)
	r.do(t, configure("euler", 1, 1000))
	r.steps(t, 30)
	r.do(t, engine.Command{Op: engine.OpTrain, On: false})
	if p != nil {
		r.Share(p)
	}
	r.do(t, configure("midpoint", 2, particles))
	return r
}

// integrate works until all particles are there.
func (r *Runner) integrate(t *testing.T) {
	t.Helper()
	for end := time.Now().Add(time.Minute); r.cloud.fresh(r.version) < r.cloud.total; {
		if !r.Work(time.Nanosecond) || time.Now().After(end) {
			t.Fatalf("%d of %d particles, and no more to do", r.cloud.fresh(r.version), r.cloud.total)
		}
	}
}

const several = 40*engine.SliceLen - 100

// counter is a pool that notes what passes through it.
type counter struct {
	Pool
	given, taken int
}

func (c *counter) Give(t *Task) {
	c.given += len(t.Slices)
	c.Pool.Give(t)
}

func (c *counter) Collect(take func(Traced)) {
	c.Pool.Collect(func(v Traced) {
		c.taken++
		take(v)
	})
}

// hand is a pool on the runner's own thread, so that what it does is the same
// every time: it integrates what it was given when it is asked to collect.
type hand struct {
	helper  Helper
	helpers int
	tasks   []*Task
	rests   int
}

func (h *hand) Free(helpers int) int {
	h.helpers = min(helpers, 3)
	return 2*h.helpers - len(h.tasks)
}
func (h *hand) Give(t *Task) { h.tasks = append(h.tasks, t) }
func (h *hand) Helpers() int { return h.helpers }
func (h *hand) Rest()        { h.tasks, h.helpers = nil, 0; h.rests++ }

func (h *hand) Collect(take func(Traced)) {
	for _, t := range h.tasks {
		for _, s := range t.Slices {
			xy, err := h.helper.Trace(t.Plan, s)
			if err != nil {
				panic(err)
			}
			take(Traced{t.Plan, s, xy})
		}
	}
	h.tasks = nil
}

// However the slices are shared out, and whatever becomes of them, the
// particles are those that one thread finds, in every bit.
func TestPoolFindsTheSamePaths(t *testing.T) {
	alone := held(t, nil, several)
	alone.integrate(t)
	want := alone.cloud.paths()
	for _, row := range []struct {
		name   string
		pool   func(wake func()) Pool
		helped bool
	}{
		{"in hand", func(func()) Pool { return new(hand) }, true},
		{"one goroutine", func(wake func()) Pool { return NewTeam(1, wake) }, true},
		{"seven goroutines", func(wake func()) Pool { return NewTeam(7, wake) }, true},
		{"none there", func(wake func()) Pool { return NewTeam(0, wake) }, false},
		{"never answers", func(func()) Pool { return &mishap{hand: new(hand), loses: 1} }, false},
		{"loses every third slice", func(func()) Pool { return &mishap{hand: new(hand), loses: 3} }, true},
		{"answers twice, and late", func(func()) Pool { return &mishap{hand: new(hand), again: true} }, true},
		{"answers what nobody asked", func(func()) Pool { return &mishap{hand: new(hand), nonsense: true} }, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := row.pool(func() {})
			c := &counter{Pool: p}
			r := held(t, c, several)
			r.integrate(t)
			if !same(r.cloud.paths(), want) {
				t.Error("the particles are others")
			}
			if (c.taken > 0) != row.helped {
				t.Errorf("%d slices were lent and %d came back", c.given, c.taken)
			}
			// What comes after the end changes nothing.
			r.Work(time.Nanosecond)
			if !same(r.cloud.paths(), want) {
				t.Error("the particles have changed afterwards")
			}
			if team, ok := p.(*Team); ok {
				team.Close()
			}
		})
	}
}

// mishap is a pool on which little can be relied.
type mishap struct {
	*hand
	loses    int // every so many slices; 0 none
	again    bool
	nonsense bool
	n        int
	old      []Traced
}

func (m *mishap) Collect(take func(Traced)) {
	for _, v := range m.old {
		take(v)
	}
	m.old = m.old[:0]
	m.hand.Collect(func(v Traced) {
		if m.n++; m.loses > 0 && m.n%m.loses == 0 {
			return
		}
		take(v)
		if m.again {
			v.XY = slices.Clone(v.XY)
			m.old = append(m.old, v)
		}
		if m.nonsense {
			take(Traced{v.Plan, -1, v.XY})
			take(Traced{v.Plan, 1 << 40, v.XY})
			take(Traced{v.Plan, (v.Slice + 1) % 40, v.XY[:7]})
		}
	})
}

// Settings and weights that change while helpers are at work: what they answer
// of the past is not taken for the present.
func TestPoolUnderChanges(t *testing.T) {
	changes := []engine.Command{
		configure("euler", 3, several),
		configure("euler", 3, several+5000),
		configure("midpoint", 3, several),
		{Op: engine.OpTarget, Target: engine.Target{Preset: "moons", Fresh: true}},
		{Op: engine.OpConfigure, Settings: func() engine.Settings {
			s := configure("midpoint", 2, several).Settings
			s.Seed = 9
			return s
		}()},
	}
	for i, c := range changes {
		alone := held(t, nil, several)
		alone.do(t, c)
		alone.integrate(t)
		team := NewTeam(3, func() {})
		late := &late{Pool: team}
		r := held(t, late, several)
		for range 12 {
			r.Work(time.Nanosecond)
		}
		if late.given == 0 {
			t.Fatal("nothing was lent")
		}
		r.do(t, c)
		late.free = true
		r.integrate(t)
		if !same(r.cloud.paths(), alone.cloud.paths()) {
			t.Errorf("change %d in flight: the particles are others", i)
		}
		team.Close()
	}
}

// late is a pool whose answers are held back until they are set free.
type late struct {
	Pool
	free  bool
	given int
}

func (l *late) Give(t *Task) {
	l.given++
	l.Pool.Give(t)
}

func (l *late) Collect(take func(Traced)) {
	if l.free {
		l.Pool.Collect(take)
	}
}

// What is small, or quickly done, is not worth a helper.
func TestPoolIsLeftAlone(t *testing.T) {
	for _, row := range []struct {
		name      string
		training  bool
		particles int
		tick      time.Duration
		helped    bool
	}{
		{"few particles that are learned", true, largeCloud - 1, one, false},
		{"many particles that are learned", true, largeCloud, one, true},
		{"few particles, held", false, 3000, one, false},
		{"slow particles, held", false, several, one, true},
		{"quick particles, held", false, several, time.Microsecond, false},
	} {
		r, _ := newRunner(row.tick)
		c := &counter{Pool: new(hand)}
		r.Share(c)
		r.do(t, configure("euler", 1, row.particles))
		r.do(t, engine.Command{Op: engine.OpTrain, On: row.training})
		for range 60 {
			r.Work(time.Nanosecond)
		}
		if (c.given > 0) != row.helped || (r.share.workers() > 1) != row.helped {
			t.Errorf("%s: %d slices were lent to %d workers", row.name, c.given, r.share.workers())
		}
	}
}

// While the network learns, helpers carry the particles along with it: each
// slice with weights of not long ago, and all of them again and again. What the
// stage has not taken yet is not done again.
func TestPoolWhileLearning(t *testing.T) {
	r, _ := newRunner(one)
	c := &counter{Pool: new(hand)}
	r.Share(c)
	r.do(t, configure("euler", 1, largeCloud))
	shown := map[int]int{}
	for range 400 {
		r.Work(time.Nanosecond)
		s := new(engine.Snapshot)
		r.Snapshot(s)
		for _, v := range s.Cloud.Slices {
			shown[v.First]++
		}
	}
	least := c.taken
	for i := range r.cloud.slices {
		least = min(least, shown[i*engine.SliceLen])
	}
	if least < 3 {
		t.Errorf("a slice was shown %d times, of %d in all", least, c.taken)
	}
	given := c.given
	for range 400 {
		r.Work(time.Nanosecond) // nobody takes anything
	}
	if n := c.given - given; n > 2*len(r.cloud.slices) {
		t.Errorf("%d slices were lent while nobody took any", n)
	}
}

// What is learned does not depend on who carries the particles.
func TestPoolLearnsTheSame(t *testing.T) {
	weights := func(p Pool) []float32 {
		r, _ := newRunner(one)
		if p != nil {
			r.Share(p)
		}
		r.do(t, configure("euler", 1, largeCloud))
		r.steps(t, 100)
		return r.trainer.Net().Weights
	}
	if !slices.Equal(weights(nil), weights(new(hand))) {
		t.Error("with helpers other weights are learned")
	}
}

// A loan that is not answered ends, so that no slice is left behind while the
// network learns.
func TestLoansEnd(t *testing.T) {
	r, c := newRunner(one)
	r.Share(&mishap{hand: new(hand), loses: 1})
	r.do(t, configure("euler", 1, largeCloud))
	start := c.at
	for range 4000 {
		r.Work(time.Nanosecond)
		r.Snapshot(new(engine.Snapshot))
	}
	if c.at-start < 10*time.Second {
		t.Fatal("the test's clock stands still")
	}
	for i := range r.cloud.slices {
		if r.cloud.slices[i].version < 1 {
			t.Errorf("slice %d was never integrated", i)
		}
	}
}

func TestHiddenLetsHelpersGo(t *testing.T) {
	h := new(hand)
	r := held(t, h, several)
	for range 12 {
		r.Work(time.Nanosecond)
	}
	if h.helpers == 0 {
		t.Fatal("no helper was called")
	}
	r.do(t, engine.Command{Op: engine.OpVisible, On: false})
	for range 3 {
		r.Work(time.Nanosecond)
	}
	if h.rests != 1 || r.share.workers() != 1 {
		t.Errorf("hidden, helpers were let go %d times and %d workers are left", h.rests, r.share.workers())
	}
	r.do(t, engine.Command{Op: engine.OpVisible, On: true})
	r.integrate(t)
	if h.rests != 1 {
		t.Error("helpers were let go in sight")
	}
}

// Steady work with a pool that has nothing to do takes no memory either.
func TestIdlePoolAllocatesNothing(t *testing.T) {
	team := NewTeam(3, func() {})
	defer team.Close()
	r, _ := newRunner(one)
	r.Share(team)
	r.do(t, configure("midpoint", 4, 3000))
	r.steps(t, 10)
	if n := testing.AllocsPerRun(100, func() { r.share.tend(r, r.last) }); n != 0 {
		t.Errorf("a look at the pool allocates %g times", n)
	}
}

func TestHelperRefuses(t *testing.T) {
	r := held(t, nil, 3000)
	good, err := newPlan(r.checkpoint(), r.settings)
	if err != nil {
		t.Fatal(err)
	}
	settings := r.settings
	settings.Steps = 0
	bad, err := newPlan(r.checkpoint(), settings)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name  string
		wire  []byte
		slice int
	}{
		{"no plan", nil, 0},
		{"cut short", good.Wire[:len(good.Wire)/2], 0},
		{"no steps", bad.Wire, 0},
		{"no model", engine.AppendCommand(nil, &engine.Command{Settings: r.settings}), 0},
		{"no such slice", good.Wire, 3},
		{"a slice before the first", good.Wire, -1},
	} {
		var h Helper
		if xy, err := h.Trace(&Plan{Number: 1, Wire: row.wire}, row.slice); err == nil || !strings.Contains(err.Error(), " ") || xy != nil {
			t.Errorf("%s: %d numbers, %v", row.name, len(xy), err)
		}
		if _, err := h.Trace(&Plan{Number: 2, Wire: good.Wire}, 0); err != nil {
			t.Errorf("after %s: %v", row.name, err)
		}
	}
}

// A helper goes over to another plan of another shape and back.
func TestHelperFollowsPlans(t *testing.T) {
	var h Helper
	for i, n := range []int{3000, 1100, 3000} {
		r := held(t, nil, n)
		r.integrate(t)
		p, err := newPlan(r.checkpoint(), r.settings)
		if err != nil {
			t.Fatal(err)
		}
		p.Number = int64(i + 1)
		for s := range r.cloud.slices {
			if xy, err := h.Trace(p, s); err != nil || !slices.Equal(xy, r.cloud.slices[s].xy) {
				t.Errorf("plan %d, slice %d: other paths, %v", i, s, err)
			}
		}
	}
}

// A team holds no more than its few tasks, and ends when it is told to, in the
// middle of them too.
func TestTeamEnds(t *testing.T) {
	r := held(t, nil, several)
	p, err := newPlan(r.checkpoint(), r.settings)
	if err != nil {
		t.Fatal(err)
	}
	p.Number = 1
	var mu sync.Mutex
	woken := 0
	team := NewTeam(2, func() { mu.Lock(); woken++; mu.Unlock() })
	if n := team.Free(0); n != 0 || team.Helpers() != 0 {
		t.Errorf("unasked, %d tasks are free and %d helpers there", n, team.Helpers())
	}
	for round := range 3 {
		if n := team.Free(9); n != 4 || team.Helpers() != 2 {
			t.Errorf("round %d: %d tasks are free for %d helpers", round, n, team.Helpers())
		}
		for k := range 4 {
			team.Give(&Task{Plan: p, Slices: []int{2 * k, 2*k + 1}})
		}
		if n := team.Free(9); n > 4 || n < 0 {
			t.Errorf("round %d: with four tasks %d are free", round, n)
		}
		if round == 0 {
			for end := time.Now().Add(time.Minute); team.Free(9) < 4; time.Sleep(time.Millisecond) {
				if time.Now().After(end) {
					t.Fatal("four tasks are never done")
				}
			}
			n := 0
			team.Collect(func(Traced) { n++ })
			if n != 8 {
				t.Errorf("%d slices of 8", n)
			}
			mu.Lock()
			if woken == 0 {
				t.Error("nobody was woken")
			}
			mu.Unlock()
		}
		team.Rest()
		if team.Helpers() != 0 {
			t.Error("let go, and still there")
		}
		team.Collect(func(Traced) { t.Error("what was let go is collected") })
	}
	team.Close()
}

func TestEvaluation(t *testing.T) {
	r, c := newRunner(time.Millisecond)
	e := r.Evaluation(2500, 3)
	turns := 1
	for !e.Advance(2 * time.Millisecond) {
		turns++
	}
	// Nine evaluations, each a tick of the clock.
	if got := e.Spent(); got < 9*time.Millisecond || got > 20*time.Millisecond || turns < 4 {
		t.Errorf("it took %v in %d turns", got, turns)
	}
	at := c.at
	if !e.Advance(time.Hour) || c.at-at > 3*time.Millisecond {
		t.Error("done, it goes on")
	}
	if !r.Evaluation(0, 3).Advance(time.Hour) || !r.Evaluation(3, 0).Advance(time.Hour) {
		t.Error("nothing to do is never done")
	}
}
