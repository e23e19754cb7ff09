package density

import (
	"errors"
	"strings"
)

// Preset is a named density with an exact sampler.
type Preset struct {
	Name  string // as in links and on the command line
	Title string // in words, for a menu
	Table bool   // wanted for the tables of the literature; menus may hide it

	extent float64
	build  func() source
}

// source is a target that can also draw itself on a grid; the ink need not be
// normalised.
type source interface {
	Target
	draw(g *Grid)
}

// Presets returns all presets in the order of a menu, those for tables last.
// A name stands for one definition only, given where its builder is.
func Presets() []Preset {
	return []Preset{
		{Name: "word", Title: "The word “flow”", extent: 3.2, build: newWord},
		{Name: "moons", Title: "Two moons", extent: 3.6, build: moons},
		{Name: "spiral", Title: "Spiral", extent: 3, build: spiral},
		{Name: "heart", Title: "Heart", extent: 3.2, build: newHeart},
		{Name: "checkerboard", Title: "Checkerboard", extent: 4.8, build: newCheckerboard},
		{Name: "ring", Title: "Ring", extent: 3, build: ring},
		{Name: "circles", Title: "Two circles", extent: 3, build: circles},
		{Name: "pinwheel", Title: "Pinwheel", extent: 3.6, build: newPinwheel},
		{Name: "swissroll", Title: "Swiss roll", extent: 3.4, build: swissroll},
		{Name: "scurve", Title: "S-curve", extent: 3.6, build: scurve},
		{Name: "grid", Title: "Grid of dots", extent: 3.2, build: dots},
		{Name: "8gaussians", Title: "Eight Gaussians", extent: 9, build: eight(5, 1)},
		{Name: "moons7", Title: "Two moons, scaled by 7", Table: true, extent: 19, build: moons7},
		{Name: "8gaussians12", Title: "Eight Gaussians, radius 12", Table: true, extent: 17.5, build: eight(12, 1.5)},
	}
}

// Lookup finds a preset by its name. The error lists the names there are.
func Lookup(name string) (Preset, error) {
	var known []string
	for _, p := range Presets() {
		if p.Name == name {
			return p, nil
		}
		known = append(known, p.Name)
	}
	return Preset{}, errors.New("there is no preset " + quote(name, 40) + "; use one of: " + strings.Join(known, ", "))
}

// Target returns the exact sampler of the preset's definition. It holds no
// state and may be shared.
func (p Preset) Target() Target { return p.build() }

// Extent is half the side of the square, centred on the origin, that shows the
// preset: at least 99.9 % of its mass, with a margin.
func (p Preset) Extent() float64 { return p.extent }

// Grid draws the density on cells × cells cells over [-Extent, Extent]². It is
// computed, not sampled: the same on every call and free of noise. The darkest
// cell holds 1 and all are multiples of 1/255.
func (p Preset) Grid(cells int) *Grid {
	g := NewGrid(cells, cells, -p.extent, -p.extent, 2*p.extent/float64(cells))
	p.build().draw(g)
	g.Settle()
	return g
}
