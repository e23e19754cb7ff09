package run

import (
	"math"

	"inkflow/core/engine"
	"inkflow/core/flow"
)

// cloud is the particles' paths, kept as they are sent: 16-bit coordinates,
// slice by slice. Tracing goes round and round; a slice is done when it was
// traced with the weights and settings at hand.
type cloud struct {
	total  int
	slices []slice
	times  []float32
	unit   float32
	cursor int // slice that is traced next
	sender int // slice that is sent next

	noise  []float32 // [2 × SliceLen]
	frames []float32 // [frames × 2 × SliceLen]
}

type slice struct {
	count   int
	version int64 // of the weights it was traced with, −1 never
	unsent  bool
	xy      []int16 // [frames × 2 × count]
}

// half is the least half width that coordinates can take; what lies further
// out is drawn at the rim.
const half = 16

// shape makes room for total particles on a sampler's times. Everything is to
// be traced anew.
func (c *cloud) shape(total int, s *flow.Sampler) {
	times := s.Times()
	if total != c.total || len(times) != len(c.times) {
		c.total = total
		c.slices = make([]slice, (total+engine.SliceLen-1)/engine.SliceLen)
		for i := range c.slices {
			n := min(engine.SliceLen, total-i*engine.SliceLen)
			c.slices[i] = slice{count: n, xy: make([]int16, 2*n*len(times))}
		}
		c.cursor, c.sender = 0, 0
		c.noise = make([]float32, 2*engine.SliceLen)
		c.frames = make([]float32, 2*engine.SliceLen*len(times))
	}
	c.times = c.times[:0]
	for _, t := range times {
		c.times = append(c.times, float32(t))
	}
	for i := range c.slices {
		c.slices[i].version, c.slices[i].unsent = -1, false
	}
}

// stale reports whether a slice is left that these weights have not traced.
func (c *cloud) stale(version int64) bool {
	for i := range c.slices {
		if c.slices[i].version != version {
			return true
		}
	}
	return false
}

// traceNext integrates the next stale slice.
func (c *cloud) traceNext(s *flow.Sampler, seed uint64, version int64) {
	for range c.slices {
		if c.slices[c.cursor].version != version {
			break
		}
		c.cursor = (c.cursor + 1) % len(c.slices)
	}
	p := &c.slices[c.cursor]
	noise, frames := c.noise[:2*p.count], c.frames[:len(p.xy)]
	s.Noise(noise, seed, c.cursor)
	s.Trace(frames, noise)
	for i, v := range frames {
		q := v / c.unit
		p.xy[i] = int16(math.Round(float64(min(max(q, -math.MaxInt16), math.MaxInt16))))
	}
	p.version, p.unsent = version, true
	c.cursor = (c.cursor + 1) % len(c.slices)
}

// maxSlices bounds the particles of one snapshot, so that none takes long to
// copy.
const maxSlices = 64

// unsent moves copies of slices traced and not sent yet into dst. It goes on
// where the last call ended, so that every slice has its turn however fast
// they are traced.
func (c *cloud) unsent(dst *engine.Cloud) {
	dst.Total, dst.Unit = c.total, c.unit
	dst.Times = append([]float32(nil), c.times...)
	for range c.slices {
		i := c.sender
		p := &c.slices[i]
		if p.unsent && len(dst.Slices) == maxSlices {
			return
		}
		c.sender = (i + 1) % len(c.slices)
		if !p.unsent {
			continue
		}
		dst.Slices = append(dst.Slices, engine.Slice{First: i * engine.SliceLen, Count: p.count,
			XY: append([]int16(nil), p.xy...)})
		p.unsent = false
	}
}

// resend sends again what was sent before.
func (c *cloud) resend() {
	for i := range c.slices {
		c.slices[i].unsent = c.slices[i].version >= 0
	}
}

func (c *cloud) waiting() bool {
	for i := range c.slices {
		if c.slices[i].unsent {
			return true
		}
	}
	return false
}
