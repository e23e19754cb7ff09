package exact

import "inkflow/core/density"

// PresetCells is the resolution of the raster that stands in for a preset
// without a closed form.
const PresetCells = 256

// Preset returns the preset as a target, in closed form where its definition
// has one: the squares of the checkerboard, the modes of the Gaussian
// mixtures, the cells of the word. Moons, rings and spirals, which are curves
// with Gaussian noise, are closed as well, their integral over the curve taken
// at 2,048 points: exact to 1e-9 but for their tips, 1e-4 there. The others,
// pinwheel and heart, are not closed: what comes back is the raster
// p.Grid(PresetCells).
func Preset(p density.Preset) (t Target, closed bool, err error) {
	parts, closed := p.Parts()
	switch {
	case !closed:
		t, err = NewDrawing(p.Grid(PresetCells))
	case parts.Drawing != nil:
		t, err = NewDrawing(parts.Drawing)
	case parts.Side > 0:
		boxes := make([]Box, len(parts.Corners))
		for k, c := range parts.Corners {
			boxes[k] = Box{1, []float64{c[0], c[1]}, []float64{c[0] + parts.Side, c[1] + parts.Side}}
		}
		t, err = NewBoxes(boxes)
	default:
		modes := make([]Mode, len(parts.Centres))
		for k, c := range parts.Centres {
			modes[k] = Mode{1, []float64{c[0], c[1]}, parts.Std}
		}
		t, err = NewModes(modes)
	}
	if err != nil {
		return nil, false, err
	}
	return t, closed, nil
}
