package run

import (
	"math"
	"math/rand/v2"
	"time"

	"inkflow/core/density"
	"inkflow/core/engine"
	"inkflow/core/flow"
	"inkflow/core/metric"
)

// A measure is W2 between generated points and points of the target, and its
// noise floor, W2 between two sets of points of the target. Both are means of
// several draws of one size. The first answer is given at a small size, soon;
// then the size rises and stays.
const (
	quickPoints = 500
	fullPoints  = 2000
	floorDraws  = 4
	liveDraws   = 4               // of the mean while the weights still move
	heldDraws   = 8               // of the mean while they do not
	quickFor    = 3 * time.Second // of training before the size rises
)

// draw is one W2 and the weights it belongs to.
type draw struct {
	w2      float64
	version int64
}

// phase is what the next pieces of work belong to.
type phase int

const (
	begin phase = iota
	moving
	matching
)

type measure struct {
	target density.Target
	source *rand.PCG
	rng    *rand.Rand
	match  *metric.Assignment

	points int // of the draws below
	floor  []float64
	draws  []draw
	shown  struct {
		w2, floor                   float64
		w2Draws, floorDraws, points int
	}

	phase   phase
	ofFloor bool
	version int64
	chunk   int
	serial  uint64    // of the noise
	x, y    []float32 // [2 × points]
}

func newMeasure() *measure {
	m := &measure{source: rand.NewPCG(0, 0)}
	m.rng = rand.New(m.source)
	return m
}

// restart forgets everything: another target is to be measured.
func (m *measure) restart(target density.Target, seed uint64) {
	m.target = target
	m.source.Seed(seed, 0x6d656173)
	m.size(quickPoints)
	m.shown.w2Draws, m.shown.floorDraws = 0, 0
	m.serial = seed<<20 + 1
}

func (m *measure) size(points int) {
	m.points = points
	m.floor, m.draws = m.floor[:0], m.draws[:0]
	if len(m.x) != 2*points {
		m.match = metric.NewAssignment(points)
		m.x, m.y = make([]float32, 2*points), make([]float32, 2*points)
	}
	m.phase = begin
}

// stale forgets the generated draws: the weights were replaced, or the solver.
func (m *measure) stale() {
	m.draws = m.draws[:0]
	m.shown.w2Draws = 0
	if !m.ofFloor {
		m.phase = begin
	}
}

// wanting reports whether another draw would tell more.
func (m *measure) wanting(version int64, moving bool) bool {
	if m.target == nil {
		return false
	}
	if moving || m.phase != begin || len(m.floor) < floorDraws || m.points < fullPoints {
		return true
	}
	return len(m.draws) < heldDraws || m.draws[0].version != version
}

// advance does one piece of work. s is made for the solver at hand; trained is
// the time the network has learned for.
func (m *measure) advance(s *flow.Sampler, version int64, trained time.Duration, held bool, deadline func() bool) {
	switch m.phase {
	case begin:
		if m.points < fullPoints && len(m.floor) >= floorDraws && len(m.draws) > 0 && (held || trained >= quickFor) {
			m.size(fullPoints)
		}
		m.ofFloor = len(m.floor) < floorDraws
		m.version, m.chunk = version, 0
		m.target.Sample(m.rng, m.y)
		if m.ofFloor {
			m.target.Sample(m.rng, m.x)
			m.startMatch()
			return
		}
		m.serial++
		m.phase = moving
	case moving:
		s.SampleChunk(m.x, m.serial, m.chunk)
		if m.chunk++; m.chunk == flow.Chunks(m.points) {
			m.startMatch()
		}
	case matching:
		if m.match.Advance(deadline) {
			m.keep(m.match.W2())
			m.phase = begin
		}
	}
}

func (m *measure) startMatch() {
	m.match.Start(m.x, m.y)
	m.phase = matching
}

func (m *measure) keep(w2 float64) {
	if math.IsNaN(w2) {
		return
	}
	if m.ofFloor {
		m.floor = append(m.floor, w2)
	} else {
		m.draws = append(m.draws, draw{w2, m.version})
		for len(m.draws) > 1 && m.crowded() {
			m.draws = append(m.draws[:0], m.draws[1:]...)
		}
	}
	// A W2 is shown beside the floor of its own size, or not at all.
	if len(m.draws) == 0 || len(m.floor) == 0 {
		return
	}
	m.shown.points = m.points
	m.shown.w2, m.shown.w2Draws = 0, len(m.draws)
	for _, d := range m.draws {
		m.shown.w2 += d.w2 / float64(len(m.draws))
	}
	m.shown.floor, m.shown.floorDraws = 0, len(m.floor)
	for _, f := range m.floor {
		m.shown.floor += f / float64(len(m.floor))
	}
}

// crowded reports whether the oldest draw is to make room: for newer ones
// while the weights move, for those of the weights at hand once they rest.
func (m *measure) crowded() bool {
	newest := m.draws[len(m.draws)-1].version
	if n := len(m.draws); m.draws[n-2].version == newest {
		return m.draws[0].version != newest || n > heldDraws
	}
	return len(m.draws) > liveDraws
}

// report writes what is known into a snapshot.
func (m *measure) report(s *engine.Snapshot) {
	s.W2, s.W2Draws = m.shown.w2, m.shown.w2Draws
	s.Floor, s.FloorDraws = m.shown.floor, m.shown.floorDraws
	s.Points = m.shown.points
}
