package controls

import (
	"inkflow/core/density"
	"inkflow/core/engine"
)

// Values of menus that stand for an empty text of engine.Settings.
const (
	FromGaussian = "gaussian" // Source
	OwnGrid      = "own"      // Grid
	CustomGrid   = "custom"   // any list of times
	AsTrained    = "trained"  // Along
)

// presets lists the shapes worth a button; those that only serve the tables
// of the benchmarks stay with the command line.
func presets() []Option {
	var o []Option
	for _, p := range density.Presets() {
		if !p.Table {
			o = append(o, Option{p.Name, p.Title, p.Name})
		}
	}
	return o
}

// sources are where the flow can start.
func sources() []Option {
	o := []Option{{Value: FromGaussian, Label: "Gaussian noise"}}
	for _, p := range presets() {
		o = append(o, Option{Value: p.Value, Label: p.Label})
	}
	return append(o, Option{Value: engine.Kept, Label: "The shape put aside"})
}

// options makes a menu of the engine's one of a control's.
func options(m engine.Menu, before ...Option) []Option {
	o := before
	for _, l := range m {
		o = append(o, Option{Value: l.Name, Label: l.Title})
	}
	return o
}

// parameters makes a row of every parameter of a menu's lines. Each is there
// while its line is chosen in the control of.
func parameters(of, group, prefix string, m engine.Menu, more string) []Control {
	var rows []Control
	for _, l := range m {
		for i, p := range l.Parameters {
			rows = append(rows, Control{ID: prefix + l.Name + "-" + p.Key, Kind: Range, Place: Panel, Group: group,
				Label: p.Title, Symbol: p.Symbol, Hint: p.Hint + more, Min: p.Min, Max: p.Max, Step: p.Step, Log: p.Log,
				OnRelease: true, Of: of, When: l.Name, Parameter: i + 1})
		}
	}
	return rows
}
