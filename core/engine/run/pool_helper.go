package run

import (
	"bytes"

	"inkflow/core/engine"
	"inkflow/core/flow"
	"inkflow/core/model"
)

// Helper integrates slices as plans have it: the far side of a [Pool]. The
// zero Helper is ready for use; it belongs to one thread.
type Helper struct {
	number   int64 // of the plan at hand; 0 none
	settings engine.Settings
	unit     float32
	sampler  *flow.Sampler
	tracer   tracer
	xy       []int16
}

// Trace returns the paths of one slice, [frames × 2 × count]: the same bits
// that the plan's own runner would have found. They are the helper's until the
// next call. The error says why the plan cannot be followed.
func (h *Helper) Trace(p *Plan, slice int) ([]int16, error) {
	if h.sampler == nil || p.Number != h.number {
		if err := h.prepare(p.Wire); err != nil {
			return nil, err
		}
		h.number = p.Number
	}
	count := min(engine.SliceLen, h.settings.Particles-slice*engine.SliceLen)
	if slice < 0 || count < 1 {
		return nil, &engine.WireError{What: "asks for a slice that its cloud does not have"}
	}
	n := 2 * count * len(h.sampler.Times())
	if cap(h.xy) < n {
		h.xy = make([]int16, 2*engine.SliceLen*len(h.sampler.Times()))
	}
	h.tracer.trace(h.xy[:n], h.sampler, h.settings.Seed, slice, h.unit)
	return h.xy[:n], nil
}

func (h *Helper) prepare(wire []byte) error {
	h.sampler = nil
	c, err := engine.DecodeCommand(wire)
	if err != nil {
		return err
	}
	if err := c.Settings.Validate(); err != nil {
		return err
	}
	p, err := model.Read(bytes.NewReader(c.Model))
	if err != nil {
		return err
	}
	source, err := openSource(c.Settings.Source, nil)
	if err != nil {
		return err
	}
	h.settings, h.unit = c.Settings, unitOf(p, c.Settings)
	h.sampler, err = newSampler(p, c.Settings, source)
	return err
}
