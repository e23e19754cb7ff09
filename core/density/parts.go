package density

// Parts are what the definition of a preset is put together from, for those
// who compute with it: all of equal weight. One of the three is there.
type Parts struct {
	// Gaussians N(centre, Std² I). Where Line holds they stand for a curve
	// with noise Std about it, close enough to melt together.
	Centres [][2]float64
	Std     float64
	Line    bool

	// Squares of this side with the density constant on them, by their lower
	// left corners.
	Corners [][2]float64
	Side    float64

	// A drawing: cells of constant density.
	Drawing *Grid
}

// Parts takes the definition of the preset apart; ok is false where it is
// none of these, and only a raster of it ([Preset.Grid]) can stand in.
func (p Preset) Parts() (parts Parts, ok bool) {
	s, ok := p.build().(interface{ parts() Parts })
	if !ok {
		return Parts{}, false
	}
	return s.parts(), true
}

func (m mixture) parts() Parts { return Parts{Centres: m.modes, Std: m.sd} }

func (checkerboard) parts() Parts {
	const side = 1 / 0.45
	p := Parts{Side: side}
	for i := range 4 {
		for j := i & 1; j < 4; j += 2 {
			p.Corners = append(p.Corners, [2]float64{side * float64(i-2), side * float64(j-2)})
		}
	}
	return p
}

func (c curve) parts() Parts {
	p := Parts{Std: c.sd, Line: true}
	for k := range presses {
		x, y := c.at((float64(k) + 0.5) / presses)
		p.Centres = append(p.Centres, [2]float64{x, y})
	}
	return p
}

func (d drawn) parts() Parts { return Parts{Drawing: d.grid.Clone()} }
