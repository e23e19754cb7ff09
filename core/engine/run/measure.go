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
// several draws of one size. A small size answers at once and keeps answering
// while the floor of the full size is being gathered between its draws; from
// then on the full size speaks alone.
const (
	quickPoints = 500
	fullPoints  = 2000
	quickFloors = 16              // draws of the floor at the small size: each scatters by a fifth
	floorDraws  = 8               // and at the full one
	leastFloors = 4               // before the full size may speak
	quickLive   = 8               // draws of the mean while the weights still move, at the small size
	liveDraws   = 4               // and at the full one
	heldDraws   = 8               // of the mean while they do not
	enough      = 3               // draws of the full size that take over from the small one
	quickFor    = 3 * time.Second // of training before the full size is thought of
	quickTurns  = 4               // draws of the small size between two of the full one
)

// draw is one W2 and the weights it belongs to.
type draw struct {
	w2      float64
	version int64
}

// gaugeSet is the draws of one size.
type gaugeSet struct {
	points int
	floors int // draws of the floor that are wanted
	live   int // draws of the mean while the weights move
	floor  []float64
	draws  []draw
	match  *metric.Assignment
	x, y   []float32 // [2 × points]
}

func newGaugeSet(points, floors, live int) *gaugeSet {
	return &gaugeSet{points: points, floors: floors, live: live, match: metric.NewAssignment(points),
		x: make([]float32, 2*points), y: make([]float32, 2*points)}
}

func (g *gaugeSet) clear() { g.floor, g.draws = g.floor[:0], g.draws[:0] }

// paired reports whether a W2 stands beside a floor of its own size.
func (g *gaugeSet) paired() bool { return len(g.draws) > 0 && len(g.floor) > 0 }

// keep adds a draw and lets the oldest go where they crowd the mean: for newer
// ones while the weights move, for those of the weights at hand once they rest.
func (g *gaugeSet) keep(d draw) {
	g.draws = append(g.draws, d)
	for len(g.draws) > 1 && g.crowded() {
		g.draws = append(g.draws[:0], g.draws[1:]...)
	}
}

func (g *gaugeSet) crowded() bool {
	n := len(g.draws)
	newest := g.draws[n-1].version
	if g.draws[n-2].version == newest {
		return g.draws[0].version != newest || n > heldDraws
	}
	return n > g.live
}

// rested reports whether the mean is as good as it gets for these weights.
func (g *gaugeSet) rested(version int64) bool {
	return len(g.floor) >= g.floors && len(g.draws) >= heldDraws && g.draws[0].version == version
}

// phase is what the next pieces of work belong to.
type phase int

const (
	begin phase = iota
	moving
	matching
)

type measure struct {
	target      density.Target
	source      *rand.PCG
	rng         *rand.Rand
	quick, full *gaugeSet
	turns       int // draws of the small size since one of the full size
	drawn       int // draws of any kind since the restart

	// The draw in progress.
	phase   phase
	at      *gaugeSet
	ofFloor bool
	held    bool // the weights rested when it began
	version int64
	chunk   int
	serial  uint64 // of the noise
}

func newMeasure() *measure {
	m := &measure{source: rand.NewPCG(0, 0), quick: newGaugeSet(quickPoints, quickFloors, quickLive), full: newGaugeSet(fullPoints, floorDraws, liveDraws)}
	m.rng = rand.New(m.source)
	return m
}

// restart forgets everything: another target is to be measured.
func (m *measure) restart(target density.Target, seed uint64) {
	m.target = target
	m.source.Seed(seed, 0x6d656173)
	m.quick.clear()
	m.full.clear()
	m.phase, m.turns, m.drawn = begin, 0, 0
	m.serial = seed<<20 + 1
}

// stale forgets the generated draws: the weights were replaced, or the solver.
func (m *measure) stale() {
	m.quick.draws, m.full.draws = m.quick.draws[:0], m.full.draws[:0]
	if !m.ofFloor {
		m.phase = begin
	}
}

// wanting reports whether another draw would tell more.
func (m *measure) wanting(version int64, moving bool) bool {
	return m.target != nil && (moving || m.phase != begin || !m.full.rested(version))
}

// choose says what to draw next.
func (m *measure) choose(trained time.Duration, held bool) (g *gaugeSet, ofFloor bool) {
	switch q, f := m.quick, m.full; {
	case !f.paired() && !q.paired():
		return q, len(q.floor) == 0 // the first figure, as soon as can be
	case held || m.speaks():
		return f, f.wantsFloor(m.drawn)
	case trained >= quickFor && m.turns >= quickTurns:
		return f, len(f.floor) < leastFloors
	default:
		return q, q.wantsFloor(m.drawn)
	}
}

// wantsFloor reports whether the next draw is one of the floor: at first all
// are, then every other one until there are enough.
func (g *gaugeSet) wantsFloor(drawn int) bool {
	n := len(g.floor)
	return g.points == fullPoints && n < leastFloors || n < g.floors && drawn%2 == 0
}

// speaks reports whether the full size has enough draws to speak alone.
func (m *measure) speaks() bool {
	return len(m.full.draws) >= enough && len(m.full.floor) >= leastFloors
}

// advance does one piece of work. s is made for the solver at hand; trained is
// the time the network has learned for.
func (m *measure) advance(s *flow.Sampler, version int64, trained time.Duration, held bool, deadline func() bool) {
	switch m.phase {
	case begin:
		m.at, m.ofFloor = m.choose(trained, held)
		m.drawn++
		if m.turns++; m.at == m.full {
			m.turns = 0
		}
		m.version, m.chunk, m.held = version, 0, held
		m.target.Sample(m.rng, m.at.y)
		if m.ofFloor {
			m.target.Sample(m.rng, m.at.x)
			m.startMatch()
			return
		}
		m.serial++
		m.phase = moving
	case moving:
		s.SampleChunk(m.at.x, m.serial, m.chunk)
		if m.chunk++; m.chunk == flow.Chunks(m.at.points) {
			m.startMatch()
		}
	case matching:
		if m.at.match.Advance(deadline) {
			m.keep(m.at.match.W2())
			m.phase = begin
		}
	}
}

func (m *measure) startMatch() {
	m.at.match.Start(m.at.x, m.at.y)
	m.phase = matching
}

func (m *measure) keep(w2 float64) {
	switch {
	case math.IsNaN(w2):
	case m.ofFloor:
		m.at.floor = append(m.at.floor, w2)
	default:
		m.at.keep(draw{w2, m.version})
	}
}

// report writes what is known into a snapshot: of the full size once it has
// enough draws, or the weights rest and the small one has none of them. A W2 is shown beside the floor of its
// own size, or not at all.
func (m *measure) report(s *engine.Snapshot) {
	g := m.quick
	if m.speaks() || m.full.paired() && len(m.full.floor) >= leastFloors && (!g.paired() || m.held && m.full.newer(g)) {
		g = m.full
	}
	if !g.paired() {
		return
	}
	s.Points = g.points
	s.W2Draws, s.FloorDraws = len(g.draws), len(g.floor)
	for _, d := range g.draws {
		s.W2 += d.w2 / float64(len(g.draws))
	}
	for _, f := range g.floor {
		s.Floor += f / float64(len(g.floor))
	}
}

// newer reports whether g's last draw is of weights that the other's is not.
func (g *gaugeSet) newer(than *gaugeSet) bool {
	return g.draws[len(g.draws)-1].version > than.draws[len(than.draws)-1].version
}
