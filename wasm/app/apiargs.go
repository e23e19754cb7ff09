//go:build js && wasm

package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"syscall/js"

	"inkflow/core/engine"
	"inkflow/render/controls"
	"inkflow/render/lab"
)

// throwing makes a function of the page that throws an Error where f returns
// one: Go cannot throw, so the throw is done by a small wrapper.
func throwing(f func(args []js.Value) (any, error)) js.Value {
	inner := js.FuncOf(func(_ js.Value, args []js.Value) any {
		v, err := f(args)
		if err != nil {
			return map[string]any{"error": err.Error()}
		}
		return map[string]any{"value": v}
	})
	return window.Call("inkflowThrowing", inner)
}

// commandOf reads command(op, {…}): the operations and fields of
// engine.Command.
func commandOf(l *lab.Lab, args []js.Value) (engine.Command, error) {
	var c engine.Command
	if len(args) == 0 || args[0].Type() != js.TypeString {
		return c, errors.New("command(op, fields) takes the operation's name first")
	}
	op, err := engine.ParseOp(args[0].String())
	if err != nil {
		return c, err
	}
	c.Op = op
	r := reader{object: js.Undefined()}
	if len(args) > 1 && !args[1].IsUndefined() && !args[1].IsNull() {
		if args[1].Type() != js.TypeObject {
			return c, fmt.Errorf("command(%q, fields) takes an object of fields, not a %v", op, args[1].Type())
		}
		r.object = args[1]
		r.unknown(op)
	}
	switch op {
	case engine.OpTrain, engine.OpVisible:
		c.On = r.bool("on", true)
	case engine.OpConfigure:
		c.Settings = r.settings(l.Settings())
	case engine.OpShow:
		for _, name := range r.texts("layers") {
			k, err := engine.ParseKind(name)
			if err != nil {
				return c, err
			}
			c.Layers = append(c.Layers, engine.Layer{Kind: k, Cell: 1, W: 1, H: 1})
		}
	case engine.OpTarget, engine.OpSource:
		c.Target = engine.Target{Fresh: r.bool("fresh", true), Preset: r.text("preset", "")}
		if c.Target.Preset == "" {
			if r.err == nil && (r.object.IsUndefined() || r.object.Get("ink").IsUndefined()) {
				return c, errors.New("a target is {preset: name} or a drawing {w, h, x0, y0, cell, ink}")
			}
			c.Target.W, c.Target.H = int(r.whole("w", 0, 1, engine.MaxCells)), int(r.whole("h", 0, 1, engine.MaxCells))
			c.Target.X0, c.Target.Y0 = r.number("x0", 0), r.number("y0", 0)
			c.Target.Cell = r.number("cell", 0)
			c.Target.Ink = r.floats("ink")
		}
	case engine.OpLoad:
		c.Model = r.bytes("model")
	}
	return c, r.err
}

func controlOf(args []js.Value) (*controls.Control, error) {
	if len(args) == 0 || args[0].Type() != js.TypeString {
		return nil, errors.New("name a control by its id")
	}
	c := controls.Find(args[0].String())
	if c == nil {
		return nil, fmt.Errorf("there is no control %q", args[0].String())
	}
	return c, nil
}

func setControl(l *lab.Lab, c *controls.Control, args []js.Value) error {
	value := js.Undefined()
	if len(args) > 1 {
		value = args[1]
	}
	switch c.Kind {
	case controls.Button:
		l.Press(c.ID)
		return nil
	case controls.Select, controls.Choice, controls.Text:
		if value.Type() == js.TypeString {
			return l.SetText(c.ID, value.String())
		}
	case controls.Toggle, controls.Check:
		if value.Type() == js.TypeBoolean {
			v := 0.0
			if value.Bool() {
				v = 1
			}
			l.SetNumber(c.ID, v)
			return nil
		}
	case controls.Range, controls.Number:
		if value.Type() == js.TypeNumber {
			l.SetNumber(c.ID, value.Float())
			return nil
		}
	}
	return fmt.Errorf("the control %q cannot be set to that", c.ID)
}

// fieldsOf are the names that command takes beside each operation.
var fieldsOf = map[engine.Op][]string{
	engine.OpTarget: {"preset", "w", "h", "x0", "y0", "cell", "ink", "fresh"},
	engine.OpConfigure: {"scheduler", "predict", "coupling", "source", "seed", "weight", "times",
		"solver", "steps", "grid", "tolerance", "noise", "corrector", "along", "particles"},
	engine.OpSource:  {"preset", "w", "h", "x0", "y0", "cell", "ink"},
	engine.OpShow:    {"layers"},
	engine.OpTrain:   {"on"},
	engine.OpVisible: {"on"},
	engine.OpLoad:    {"model"},
}

// unknown finds a field that the operation does not take.
func (r *reader) unknown(op engine.Op) {
	keys := window.Get("Object").Call("keys", r.object)
	for i := range keys.Length() {
		if name := keys.Index(i).String(); !slices.Contains(fieldsOf[op], name) {
			r.err = fmt.Errorf("%v takes no field %q; it takes: %s", op, name, strings.Join(fieldsOf[op], ", "))
			return
		}
	}
}

// reader takes fields from an object of the page. It keeps the first fault.
type reader struct {
	object js.Value
	err    error
}

func (r *reader) get(name string, want js.Type) (js.Value, bool) {
	if r.err != nil || r.object.Type() != js.TypeObject {
		return js.Value{}, false
	}
	v := r.object.Get(name)
	if v.IsUndefined() {
		return v, false
	}
	if v.Type() != want {
		r.err = fmt.Errorf("%s is a %v and not a %v", name, v.Type(), want)
		return v, false
	}
	return v, true
}

func (r *reader) bool(name string, def bool) bool {
	if v, ok := r.get(name, js.TypeBoolean); ok {
		return v.Bool()
	}
	return def
}

func (r *reader) text(name, def string) string {
	if v, ok := r.get(name, js.TypeString); ok {
		return v.String()
	}
	return def
}

func (r *reader) number(name string, def float64) float64 {
	if v, ok := r.get(name, js.TypeNumber); ok {
		return v.Float()
	}
	return def
}

// settings reads the fields of configure; what is left out stays as it is.
func (r *reader) settings(s engine.Settings) engine.Settings {
	for _, f := range []struct {
		name string
		text *string
	}{
		{"scheduler", &s.Scheduler}, {"predict", &s.Predict}, {"coupling", &s.Coupling}, {"source", &s.Source},
		{"weight", &s.Weight}, {"times", &s.Times}, {"solver", &s.Solver}, {"grid", &s.Grid}, {"along", &s.Along},
	} {
		*f.text = r.text(f.name, *f.text)
	}
	s.Seed = uint64(r.whole("seed", float64(s.Seed), 0, 1<<32-1))
	s.Steps = int(r.whole("steps", float64(s.Steps), 1, engine.MaxSteps))
	s.Tolerance = r.number("tolerance", s.Tolerance)
	s.Noise = r.number("noise", s.Noise)
	s.Corrector = int(r.whole("corrector", float64(s.Corrector), 0, engine.MaxCorrector))
	s.Particles = int(r.whole("particles", float64(s.Particles), engine.MinParticles, engine.MaxParticles))
	return s
}

// texts reads a list of a few words.
func (r *reader) texts(name string) []string {
	v, ok := r.get(name, js.TypeObject)
	if !ok || v.Get("length").Type() != js.TypeNumber || v.Length() > 20 {
		if r.err == nil {
			r.err = fmt.Errorf("%s is a list of words", name)
		}
		return nil
	}
	var list []string
	for i := range v.Length() {
		if v.Index(i).Type() != js.TypeString {
			r.err = fmt.Errorf("%s is a list of words", name)
			return nil
		}
		list = append(list, v.Index(i).String())
	}
	return list
}

// whole reads an integer. Out of range it is a fault, unless it was left out.
func (r *reader) whole(name string, def, least, most float64) float64 {
	v, ok := r.get(name, js.TypeNumber)
	if !ok {
		return def
	}
	f := v.Float()
	if !(f >= least && f <= most) || f != float64(int64(f)) {
		r.err = fmt.Errorf("%s is a whole number from %.0f to %.0f, not %g", name, least, most, f)
		return def
	}
	return f
}

func (r *reader) bytes(name string) []byte {
	v, ok := r.get(name, js.TypeObject)
	if !ok || !v.InstanceOf(window.Get("Uint8Array")) {
		if r.err == nil {
			r.err = fmt.Errorf("%s is a Uint8Array", name)
		}
		return nil
	}
	return fromJS(v)
}

func (r *reader) floats(name string) []float32 {
	v, ok := r.get(name, js.TypeObject)
	if !ok || !v.Get("length").Truthy() || v.Length() > engine.MaxCells {
		if r.err == nil {
			r.err = fmt.Errorf("%s is a list of at most %d numbers", name, engine.MaxCells)
		}
		return nil
	}
	f := make([]float32, v.Length())
	for i := range f {
		n := v.Index(i)
		if n.Type() != js.TypeNumber {
			r.err = fmt.Errorf("%s is a list of numbers", name)
			return nil
		}
		f[i] = float32(n.Float())
	}
	return f
}
