package run

import (
	"fmt"

	"inkflow/core/density"
	"inkflow/core/engine"
)

// open makes a distribution to draw from of what a command holds.
func open(t engine.Target) (density.Target, error) {
	if err := t.Validate(); err != nil {
		return nil, err
	}
	if t.Preset != "" {
		p, err := density.Lookup(t.Preset)
		if err != nil {
			return nil, err
		}
		return p.Target(), nil
	}
	s, err := density.NewSampler(&density.Grid{W: t.W, H: t.H, X0: t.X0, Y0: t.Y0, Cell: t.Cell, Ink: t.Ink})
	if err != nil {
		return nil, fmt.Errorf("the drawing cannot be learned: %w", err)
	}
	return s, nil
}
