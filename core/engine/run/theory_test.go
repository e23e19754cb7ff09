package run

import (
	"math"
	"testing"
	"time"

	"inkflow/core/density"
	"inkflow/core/engine"
)

// What the page says of the checkerboard is what is known of it: its entropy
// is 3.6765 and the floor of its loss 3.749.
func TestFactsOfTheCheckerboard(t *testing.T) {
	r := taught(t, "checkerboard", func(*engine.Settings) {})
	r.finish(t)
	s := r.shot(t)
	if !s.EntropyKnown || math.Abs(s.Entropy-3.6765) > 1e-3 {
		t.Errorf("an entropy of %.4f", s.Entropy)
	}
	// 8,192 pairs in strata; the seed is fixed.
	if math.Abs(s.LossFloor-3.749) > 0.03 {
		t.Errorf("the floor of the loss is %.4f", s.LossFloor)
	}
	if s.NLLPoints != nllPieces*nllPiece || s.NLL < s.Entropy-0.2 {
		t.Errorf("a likelihood of %.3f on %d points", s.NLL, s.NLLPoints)
	}
}

// Shapes without a closed entropy have it by sampling: eight round Gaussians
// that hardly touch have log 8 + 1 + log 2πσ².
func TestEntropyBySampling(t *testing.T) {
	r := taught(t, "8gaussians12", func(*engine.Settings) {})
	r.finish(t)
	p, err := density.Lookup("8gaussians12")
	if err != nil {
		t.Fatal(err)
	}
	parts, _ := p.Parts()
	want := math.Log(float64(len(parts.Centres))) + 1 + math.Log(2*math.Pi*parts.Std*parts.Std)
	// 4,096 points of standard deviation 1.
	if s := r.shot(t); !s.EntropyKnown || math.Abs(s.Entropy-want) > 0.06 {
		t.Errorf("an entropy of %.3f, want %.3f", s.Entropy, want)
	}
}

// The likelihood comes again while the network learns, and once more when it
// rests.
func TestLikelihoodFollowsTheWeights(t *testing.T) {
	r := taught(t, "ring", func(*engine.Settings) {})
	r.finish(t)
	first := r.shot(t).NLL
	r.do(t, engine.Command{Op: engine.OpTrain, On: true})
	r.steps(t, 400)
	r.do(t, engine.Command{Op: engine.OpTrain, On: false})
	r.finish(t)
	last := r.shot(t).NLL
	if last == first || r.theory.version != r.version {
		t.Errorf("the likelihood was %.3f and is %.3f, of version %d of %d", first, last, r.theory.version, r.version)
	}
	if last > first {
		t.Errorf("400 steps have made it worse: %.3f after %.3f", last, first)
	}
}

// The theorem: the slope is −½, and the losses differ by the constant.
func TestProof(t *testing.T) {
	for _, predict := range []string{"velocity", "x1"} {
		r := taught(t, "checkerboard", func(s *engine.Settings) { s.Predict = predict })
		r.do(t, show(engine.Layer{Kind: engine.Theorem}))
		rows := 0
		for range 100_000 {
			more := r.Work(time.Nanosecond)
			var s engine.Snapshot
			if r.Snapshot(&s); len(s.Proof.Draws) > rows {
				rows = len(s.Proof.Draws)
			}
			if !more {
				break
			}
		}
		s := new(engine.Snapshot)
		r.theory.report(s)
		p := s.Proof
		if rows != proofTo-proofFrom+1 || len(p.Draws) != rows || p.Draws[0] != 1<<proofFrom {
			t.Fatalf("%s: rows of %v draws", predict, p.Draws)
		}
		// 32 gradients a row leave the slope uncertain by about 0.03.
		if math.Abs(p.Slope+0.5) > 0.12 {
			t.Errorf("%s: the slope is %.3f", predict, p.Slope)
		}
		if math.Abs(p.Difference-p.Constant) > 5*math.Hypot(p.DifferenceError, p.ConstantError) || !(p.Constant > 0) {
			t.Errorf("%s: CFM − FM is %.4f ± %.4f, the constant %.4f ± %.4f", predict, p.Difference, p.DifferenceError, p.Constant, p.ConstantError)
		}
		// More training, and it is measured again; what was shown stays until then.
		r.do(t, engine.Command{Op: engine.OpTrain, On: true})
		r.steps(t, 21)
		if !r.proving() {
			t.Errorf("%s: of other weights it is not measured again", predict)
		}
		r.do(t, target("ring", true))
		r.theory.report(s)
		if len(s.Proof.Draws) != 0 {
			t.Errorf("%s: it is shown of another target", predict)
		}
	}
}

// A model of another kind brings its own path, and turns off what does not go
// with it.
func TestLoadBringsItsLesson(t *testing.T) {
	r := taught(t, "ring", func(s *engine.Settings) { s.Scheduler, s.Predict, s.Coupling = "cosine", "epsilon", "ot" })
	r.do(t, engine.Command{Op: engine.OpSave})
	model := r.shot(t).Model
	q, _ := newRunner(one)
	s := settings("ddim", 4, 1000)
	s.Noise, s.Along = 1, "vp"
	q.do(t, engine.Command{Op: engine.OpConfigure, Settings: s})
	q.do(t, engine.Command{Op: engine.OpLoad, Model: model})
	got := q.shot(t)
	if got.Step != 20 || got.Settings.Scheduler != "cosine" || got.Settings.Predict != "epsilon" || got.Settings.Coupling != "ot" {
		t.Errorf("at step %d under %+v", got.Step, got.Settings)
	}
	if got.Settings.Noise != 0 || got.Settings.Along != "" || got.Settings.Solver != "midpoint" {
		t.Errorf("sampled by %+v", got.Settings)
	}
	q.steps(t, 25)
	q.do(t, engine.Command{Op: engine.OpTrain, On: false})

	// One that flows from a drawing that is not here is refused.
	r = taught(t, "ring", func(*engine.Settings) {})
	r.do(t, engine.Command{Op: engine.OpSource, Target: engine.Target{W: 1, H: 1, X0: -1, Y0: -1, Cell: 2, Ink: []float32{1}}})
	s = r.settings
	s.Source = engine.Kept
	r.do(t, engine.Command{Op: engine.OpConfigure, Settings: s, On: true})
	r.do(t, engine.Command{Op: engine.OpTrain, On: true})
	r.steps(t, 3)
	r.do(t, engine.Command{Op: engine.OpSave})
	c := engine.Command{Op: engine.OpLoad, Model: r.shot(t).Model}
	q.Handle(&c)
	if got := q.shot(t); got.Status != engine.Refused || got.Settings.Source != "" {
		t.Errorf("status %v, %q, source %q", got.Status, got.Message, got.Settings.Source)
	}
	r.Handle(&c)
	if got := r.shot(t); got.Status == engine.Refused || got.Settings.Source != engine.Kept {
		t.Errorf("where the drawing is: %v, %q", got.Status, got.Message)
	}
}
