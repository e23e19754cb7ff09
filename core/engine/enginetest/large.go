package enginetest

import (
	"maps"

	"inkflow/core/engine"
)

// A particle does not depend on how many there are, nor on how many threads
// carry them: those of a large cloud, of which helpers may have taken a part,
// are those of a small one that nobody shares. The large one is sent for twice,
// the first time in vain: what was on its way then is of another seed.
func largeCloud(s *session) {
	s.learn(20)
	s.hold()
	_, large := engine.Opening()
	large.Solver, large.Steps, large.Particles, large.Seed = "rk4", 16, 40_000, 5
	some := s.send(engine.Command{Op: engine.OpConfigure, Settings: large})
	s.until("some particles", func(p *engine.Snapshot) bool { return p.Generation == some && len(p.Cloud.Slices) > 0 })
	large.Seed = 6
	s.send(engine.Command{Op: engine.OpConfigure, Settings: large})
	s.whole()
	if s.last.Fresh != large.Particles || s.last.Workers < 1 {
		s.until("all particles in the count", func(p *engine.Snapshot) bool { return p.Fresh == large.Particles && p.Workers >= 1 })
	}
	whole := maps.Clone(s.cloud)
	small := large
	small.Particles = 2500
	s.send(engine.Command{Op: engine.OpConfigure, Settings: small})
	s.whole()
	for first, p := range s.cloud {
		if !begins(whole[first], p) {
			s.t.Errorf("particles %d … %d are others in a cloud of %d", first, first+p.count-1, large.Particles)
		}
	}
}

// begins reports whether a slice has the particles of a shorter one first.
func begins(whole, part paths) bool {
	if whole.frames != part.frames || whole.unit != part.unit || whole.count < part.count {
		return false
	}
	for row := range 2 * part.frames {
		for j := range part.count {
			if whole.xy[row*whole.count+j] != part.xy[row*part.count+j] {
				return false
			}
		}
	}
	return true
}
