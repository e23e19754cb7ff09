package run

import (
	"math/rand/v2"
	"time"

	"inkflow/core/engine"
	"inkflow/core/exact"
)

// theory is what is known of a flow besides its particles: the entropy of the
// shape and the floor of the loss, how surprised the learned density is at the
// shape, and the theorem. All of it is computed in pieces.
type theory struct {
	proof   proof
	entropy mean // of the shape
	floor   mean // of the loss
	nll     mean // of fresh points of the shape under the learned flow
	shown   mean // the last such mean that was whole

	version int64         // of the weights that nll is about
	taken   time.Duration // when it was through
	rng     *rand.Rand

	x      []float64 // [2 × nllPiece]
	sample []float32 // [2 × nllPiece]
	logs   []float64 // [nllPiece]
}

// mean is a mean of pieces.
type mean struct {
	value  float64
	pieces int
	done   bool // no piece will be added
}

func (m *mean) add(v float64, of int) {
	m.pieces++
	m.value += (v - m.value) / float64(m.pieces)
	m.done = m.pieces >= of
}

// How much work each takes. The likelihood is taken again and again while the
// network learns, and of the weights that rest.
const (
	entropyPieces = 64 // of so many points each, where there is no closed form
	entropyPiece  = 64
	floorPieces   = 128 // of so many pairs each
	floorPiece    = 64
	floorShown    = 16 // pieces after which the floor is shown
	nllPieces     = 16
	nllPiece      = 32
	nllEvery      = 3 * time.Second
)

// forget begins anew: the flow is another.
func (t *theory) forget(seed uint64) {
	*t = theory{version: -1, rng: rand.New(rand.NewPCG(seed, 0x7468656f7279)), x: t.x, sample: t.sample, logs: t.logs}
	if t.x == nil {
		t.x, t.sample, t.logs = make([]float64, 2*nllPiece), make([]float32, 2*nllPiece), make([]float64, nllPiece)
	}
}

// painting reports whether the paint activity has anything to do.
func (r *Runner) painting(training bool) bool {
	return r.theory.wanting(r, training) || r.proving() || r.painter.wanting(r.version, r.fields.can)
}

// paint does a piece of it: facts, the theorem and layers in turns.
func (r *Runner) paint(deadline func() bool) {
	for range 3 {
		r.painted = (r.painted + 1) % 3
		switch {
		case r.painted == 0 && r.theory.wanting(r, r.training()):
			r.theory.advance(r, deadline)
			return
		case r.painted == 1 && r.proving():
			if r.fields.prepare(r, engine.Theorem) {
				r.theory.proof.advance(r, deadline)
			}
			return
		case r.painted == 2 && r.painter.wanting(r.version, r.fields.can):
			r.painter.advance(r, deadline)
			return
		}
	}
}

// proving reports whether the theorem is to be measured, or measured again.
func (r *Runner) proving() bool {
	p := &r.theory.proof
	return r.painter.jobs[engine.Theorem].on && r.fields.can(engine.Theorem) && (p.at != nil || !p.whole || p.of != r.version)
}

// wanting reports whether a fact is missing, or the likelihood is due.
func (t *theory) wanting(r *Runner, training bool) bool {
	switch {
	case !t.entropy.done && !r.target.failed, !t.floor.done && r.fields.can(engine.Exact):
		return true
	case r.trainer.Steps() == 0:
		return false
	case t.nll.pieces > 0 && !t.nll.done:
		return true
	}
	return t.version != r.version && (!training || r.painter.now-t.taken >= nllEvery)
}

// advance does pieces of the first thing that is missing until the deadline.
func (t *theory) advance(r *Runner, deadline func() bool) {
	for ok := true; ok; ok = !deadline() && t.wanting(r, r.training()) {
		answer := r.target.answer()
		switch {
		case !t.entropy.done && answer != nil:
			t.addEntropy(answer)
		case !t.floor.done && answer != nil && r.fields.can(engine.Exact):
			v, _ := exact.LossFloor(r.fields.truth(r), t.rng, floorPiece)
			t.floor.add(v, floorPieces)
		case r.trainer.Steps() > 0:
			t.addLikelihood(r)
		default:
			return
		}
	}
}

func (t *theory) addEntropy(a exact.Target) {
	if c, ok := a.(interface {
		Entropy() (nats float64, ok bool)
	}); ok {
		if v, ok := c.Entropy(); ok {
			t.entropy.add(v, 1)
			return
		}
	}
	v, _ := exact.Entropy(a, t.rng, entropyPiece)
	t.entropy.add(v, entropyPieces)
}

// addLikelihood takes some fresh points of the shape back into the noise.
func (t *theory) addLikelihood(r *Runner) {
	if t.nll.done || t.nll.pieces == 0 {
		t.nll, t.version = mean{}, r.version
	}
	r.target.Sample(t.rng, t.sample)
	for i, v := range t.sample {
		t.x[i] = float64(v)
	}
	r.fields.likelihoods(r).Log(t.logs, nil, t.x)
	sum := 0.0
	for _, v := range t.logs {
		sum -= float64(logTame(v))
	}
	if t.nll.add(sum/nllPiece, nllPieces); t.nll.done {
		t.shown, t.taken = t.nll, r.painter.now
	}
}

// report writes what is known into a snapshot.
func (t *theory) report(s *engine.Snapshot) {
	s.Entropy, s.EntropyKnown = t.entropy.value, t.entropy.done
	if t.floor.pieces >= floorShown {
		s.LossFloor = t.floor.value
	}
	if t.shown.done {
		s.NLL, s.NLLPoints = t.shown.value, nllPieces*nllPiece
	}
	s.Proof = t.proof.shown
}
