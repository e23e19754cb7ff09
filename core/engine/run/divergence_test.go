package run

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"inkflow/core/density"
	"inkflow/core/engine"
)

// finite asserts that no figure of a snapshot and no weight is NaN or infinite.
func finite(t *testing.T, r *Runner, s *engine.Snapshot) {
	t.Helper()
	for _, v := range []float64{s.Seconds, s.StepsPerSecond, s.Loss, s.W2, s.Floor} {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			t.Errorf("a figure is %g: %+v", v, s)
		}
	}
	for i, w := range r.trainer.Net().Weights {
		if v := float64(w); math.IsNaN(v) || math.IsInf(v, 0) {
			t.Fatalf("weight %d is %g", i, v)
		}
	}
}

// diverged is a runner whose guard has just stopped it.
func diverged(t *testing.T) *Runner {
	t.Helper()
	r, _ := newRunner(one)
	r.do(t, configure("euler", 2, 1000))
	r.steps(t, 20)
	if err := r.trainer.SetRate(1e3); err != nil {
		t.Fatal(err)
	}
	for n := 0; r.training(); n++ {
		if n > 10_000 {
			t.Fatal("a learning rate of 1000 does no harm")
		}
		r.Work(time.Nanosecond)
	}
	return r
}

// Fault 1, as it shows at the seam.
func TestDivergence(t *testing.T) {
	r := diverged(t)
	s := r.shot(t)
	if s.Status != engine.Diverged || s.Training || !strings.Contains(s.Message, "1e+03") {
		t.Errorf("status %v, training %v, message %q", s.Status, s.Training, s.Message)
	}
	finite(t, r, s)
	advice := s.Message
	// It stays there, and everything else goes on.
	for s.W2Draws == 0 {
		if !r.Work(time.Nanosecond) {
			t.Fatal("nothing is measured after a divergence")
		}
		s = r.shot(t)
	}
	if s.Status != engine.Diverged {
		t.Errorf("later: status %v", s.Status)
	}
	finite(t, r, s)
	r.do(t, configure("euler", 3, 1000))
	if s = r.shot(t); s.Status != engine.Diverged || s.Message != advice {
		t.Errorf("with another solver: status %v, message %q", s.Status, s.Message)
	}
	// A refusal comes before the advice, which is not forgotten.
	c := target("nothing of the kind", false)
	r.Handle(&c)
	if s = r.shot(t); s.Status != engine.Refused || s.Message == advice {
		t.Errorf("refused: status %v, message %q", s.Status, s.Message)
	}
	r.do(t, engine.Command{Op: engine.OpSave})
	if s = r.shot(t); s.Status != engine.Diverged || s.Message != advice || s.Model == nil {
		t.Errorf("after the refusal: status %v, message %q, %d bytes saved", s.Status, s.Message, len(s.Model))
	}
}

// Training goes on as the advice has it, at a lower rate.
func TestTrainOnAfterDivergence(t *testing.T) {
	r := diverged(t)
	want := r.diverged.Lower()
	r.do(t, engine.Command{Op: engine.OpTrain, On: false})
	if s := r.shot(t); s.Status != engine.Diverged {
		t.Errorf("held: status %v", s.Status)
	}
	r.do(t, engine.Command{Op: engine.OpTrain, On: true})
	if s := r.shot(t); s.Status != engine.Training || s.Message != "" {
		t.Errorf("on again: status %v, message %q", s.Status, s.Message)
	}
	n := r.trainer.Steps()
	r.steps(t, n+300)
	if s := r.shot(t); s.Status != engine.Training {
		t.Errorf("300 steps later: status %v, %s", s.Status, s.Message)
	}
	if got := r.trainer.Rate(); got > want {
		t.Errorf("it goes on with a rate of %g, and the advice was %g", got, want)
	}
}

func TestAnotherTargetOrResetClearsDivergence(t *testing.T) {
	for _, c := range []engine.Command{target("ring", false), target("ring", true), {Op: engine.OpReset}} {
		r := diverged(t)
		r.do(t, c)
		if s := r.shot(t); s.Status != engine.Training || s.Message != "" {
			t.Errorf("%v, fresh %v: status %v, message %q", c.Op, c.Target.Fresh, s.Status, s.Message)
		}
		if err := r.trainer.SetRate(1e-3); err != nil { // the trainer keeps it for another target
			t.Fatal(err)
		}
		r.steps(t, r.trainer.Steps()+3)
	}
}

// spoiled gives points that are none after so many calls.
type spoiled struct {
	density.Target
	calls int
}

func (s *spoiled) Sample(rng *rand.Rand, x []float32) {
	s.Target.Sample(rng, x)
	if s.calls--; s.calls < 0 {
		x[len(x)/2] = float32(math.NaN())
	}
}

// Where the data is at fault a lower rate is no way out.
func TestDivergenceOfTheData(t *testing.T) {
	r, _ := newRunner(one)
	if err := r.restart(&shape{Target: &spoiled{ring(t), 30}}, "", r.settings); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		for n := 0; r.training() && n < 1000; n++ {
			r.Work(time.Nanosecond)
		}
		s := r.shot(t)
		if s.Status != engine.Diverged || !strings.Contains(s.Message, "data") {
			t.Errorf("status %v, message %q", s.Status, s.Message)
		}
		finite(t, r, s)
		r.do(t, engine.Command{Op: engine.OpTrain, On: true})
	}
	r.do(t, target("ring", true))
	r.steps(t, 10)
}
