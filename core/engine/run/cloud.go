package run

import (
	"math"
	"time"

	"inkflow/core/engine"
	"inkflow/core/flow"
)

// cloud is the particles' paths, kept as they are sent: 16-bit coordinates,
// slice by slice. Tracing goes round and round; a slice is done when it was
// traced with the weights and settings at hand. Some may be lent to helpers
// meanwhile.
type cloud struct {
	total  int
	slices []slice
	times  []float32
	unit   float32
	epoch  int64 // rises when everything is to be traced anew
	cursor int   // slice that is traced or lent next
	sender int   // slice that is sent next
	loans  int64 // given so far
	tracer tracer
}

type slice struct {
	count   int
	version int64 // of the weights it was traced with, −1 never
	unsent  bool
	due     time.Duration // when a loan to a helper ends
	loan    int64         // its number
	xy      []int16       // [frames × 2 × count]
}

// lent reports whether a helper is at it.
func (p *slice) lent(now time.Duration) bool { return now < p.due }

// open reports whether it may be lent. Where a loan has ended without an
// answer, the runner traces the slice before it is lent again. While the
// network learns, nothing is lent that waits to be sent: a stage that cannot
// keep up asks for no more.
func (p *slice) open(version int64, held bool) bool {
	return p.version != version && p.due == 0 && (held || !p.unsent)
}

// tracer integrates one slice at a time.
type tracer struct {
	noise  []float32 // [2 × SliceLen]
	frames []float32 // [frames × 2 × SliceLen]
	spent  int       // evaluations a particle of the last slice
}

// trace sets xy, [frames × 2 × count], to the paths of one slice in units.
func (t *tracer) trace(xy []int16, s *flow.Sampler, seed uint64, number int, unit float32) {
	frames := len(s.Times())
	if len(t.frames) < 2*engine.SliceLen*frames {
		t.noise = make([]float32, 2*engine.SliceLen)
		t.frames = make([]float32, 2*engine.SliceLen*frames)
	}
	noise, path := t.noise[:len(xy)/frames], t.frames[:len(xy)]
	s.Noise(noise, seed, number)
	t.spent = s.Trace(path, noise).Evaluations
	for i, v := range path {
		q := min(max(v/unit, -math.MaxInt16), math.MaxInt16)
		// To the nearest, by a conversion that cuts off.
		if q < 0 {
			xy[i] = int16(int32(q - 0.5))
		} else {
			xy[i] = int16(int32(q + 0.5))
		}
	}
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
	}
	c.epoch++
	c.times = c.times[:0]
	for _, t := range times {
		c.times = append(c.times, float32(t))
	}
	for i := range c.slices {
		p := &c.slices[i]
		p.version, p.unsent, p.due = -1, false, 0
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

// wanting reports whether the runner itself should trace: what is lent it takes
// back only where the network is held and nothing else is left.
func (c *cloud) wanting(version int64, now time.Duration, training bool) bool {
	for i := range c.slices {
		if p := &c.slices[i]; p.version != version && !(training && p.lent(now)) {
			return true
		}
	}
	return false
}

// left counts the slices that these weights have not traced, and those of them
// that may be lent.
func (c *cloud) left(version int64, held bool) (stale, open int) {
	for i := range c.slices {
		p := &c.slices[i]
		if p.version != version {
			stale++
		}
		if p.open(version, held) {
			open++
		}
	}
	return stale, open
}

// fresh is how many particles were integrated with these weights.
func (c *cloud) fresh(version int64) int {
	n := 0
	for i := range c.slices {
		if c.slices[i].version == version {
			n += c.slices[i].count
		}
	}
	return n
}

// lend marks up to n slices as a helper's until then, and returns their
// numbers.
func (c *cloud) lend(n int, version int64, until time.Duration, held bool) []int {
	var numbers []int
	for range c.slices {
		i := c.cursor
		if len(numbers) == n {
			break
		}
		c.cursor = (c.cursor + 1) % len(c.slices)
		p := &c.slices[i]
		if !p.open(version, held) {
			continue
		}
		c.loans++
		p.due, p.loan = until, c.loans
		numbers = append(numbers, i)
	}
	return numbers
}

// put takes what a helper has traced, unless it belongs to a past cloud or
// newer paths are there.
func (c *cloud) put(v Traced) {
	if v.Plan.epoch != c.epoch || v.Slice < 0 || v.Slice >= len(c.slices) {
		return
	}
	p := &c.slices[v.Slice]
	if v.Plan.version <= p.version || len(v.XY) != len(p.xy) {
		return
	}
	copy(p.xy, v.XY)
	p.version, p.unsent, p.due = v.Plan.version, true, 0
}

// next chooses the slice to trace: the next stale one that is not lent. Where
// all are, it is the one that was lent last, which its helper would come to
// last.
func (c *cloud) next(version int64, now time.Duration) int {
	last := -1
	for k := range c.slices {
		i := (c.cursor + k) % len(c.slices)
		p := &c.slices[i]
		switch {
		case p.version == version:
		case !p.lent(now):
			return i
		case last < 0 || p.loan > c.slices[last].loan:
			last = i
		}
	}
	return max(last, 0)
}

// traceNext integrates the next stale slice.
func (c *cloud) traceNext(s *flow.Sampler, seed uint64, version int64, now time.Duration) {
	i := c.next(version, now)
	p := &c.slices[i]
	c.tracer.trace(p.xy, s, seed, i, c.unit)
	p.version, p.unsent, p.due = version, true, 0
	c.cursor = (i + 1) % len(c.slices)
}

// maxSlices and maxNumbers bound a snapshot, so that none takes the stage long
// to read: a frame at most is lost on it.
const (
	maxSlices  = 64
	maxNumbers = 1 << 19 // coordinates of 16 bits
)

// unsent moves copies of slices traced and not sent yet into dst. It goes on
// where the last call ended, so that every slice has its turn however fast
// they are traced.
func (c *cloud) unsent(dst *engine.Cloud) {
	dst.Total, dst.Unit = c.total, c.unit
	dst.Times = append([]float32(nil), c.times...)
	numbers := 0
	for range c.slices {
		i := c.sender
		p := &c.slices[i]
		if p.unsent {
			if numbers += len(p.xy); len(dst.Slices) == maxSlices || numbers > maxNumbers {
				return
			}
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
