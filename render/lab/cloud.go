package lab

import "inkflow/core/engine"

// Cloud is the particles with their paths, put together from the slices that
// arrive. Every slice carries its own times: while a new number of steps is
// being integrated, old and new paths are shown together and nothing blinks.
type Cloud struct {
	Slices []Paths
	Count  int // particles that can be drawn now
}

// Paths are those of one slice. XY is [len(Times) × 2 × Count] in counts of
// Unit natural units.
type Paths struct {
	Count int
	Times []float32
	Unit  float32
	XY    []int16
}

func (c *Cloud) clear() { c.Slices, c.Count = c.Slices[:0], 0 }

func (c *Cloud) take(in *engine.Cloud) {
	if in.Total == 0 {
		return
	}
	n := (in.Total + engine.SliceLen - 1) / engine.SliceLen
	for len(c.Slices) < n {
		c.Slices = append(c.Slices, Paths{})
	}
	clear(c.Slices[n:])
	c.Slices = c.Slices[:n]
	for _, s := range in.Slices {
		c.Slices[s.First/engine.SliceLen] = Paths{Count: s.Count, Times: in.Times, Unit: in.Unit, XY: s.XY}
	}
	c.Count = 0
	for i := range c.Slices {
		c.Count += c.Slices[i].Count
	}
}

// At returns the two frames around time t, as rows of x and y, and the weight
// of the second.
func (p *Paths) At(t float32) (x0, y0, x1, y1 []int16, w float32) {
	last := len(p.Times) - 1
	k := 0
	for k < last-1 && p.Times[k+1] <= t {
		k++
	}
	if span := p.Times[k+1] - p.Times[k]; span > 0 {
		w = min(max((t-p.Times[k])/span, 0), 1)
	}
	n := p.Count
	a, b := p.XY[2*k*n:2*(k+1)*n], p.XY[2*(k+1)*n:2*(k+2)*n]
	return a[:n], a[n:], b[:n], b[n:], w
}
