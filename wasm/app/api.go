//go:build js && wasm

package main

import (
	"fmt"
	"syscall/js"

	"inkflow/core/engine"
	"inkflow/render"
	"inkflow/render/controls"
	"inkflow/render/lab"
)

// publish makes window.inkflow, the page's interface for those who embed it
// and for tests. docs/page-api.md describes it.
func publish(stage *render.Stage) {
	l := stage.Lab()
	api := window.Get("Object").New()
	api.Set("state", js.FuncOf(func(js.Value, []js.Value) any { return state(stage) }))
	api.Set("command", throwing(func(args []js.Value) (any, error) {
		c, err := commandOf(l, args)
		if err != nil {
			return nil, err
		}
		return l.Do(c)
	}))
	api.Set("get", throwing(func(args []js.Value) (any, error) {
		c, err := controlOf(args)
		if err != nil {
			return nil, err
		}
		switch c.Kind {
		case controls.Select, controls.Choice, controls.Text:
			return l.Text(c.ID), nil
		case controls.Reading:
			return l.Reading(c.ID), nil
		case controls.Toggle, controls.Check:
			return l.Number(c.ID) != 0, nil
		case controls.Chart:
			return nil, fmt.Errorf("the control %q is a picture and has no value", c.ID)
		}
		return l.Number(c.ID), nil
	}))
	api.Set("set", throwing(func(args []js.Value) (any, error) {
		c, err := controlOf(args)
		if err != nil {
			return nil, err
		}
		return nil, setControl(l, c, args)
	}))
	window.Set("inkflow", api)
}

// state is the laboratory's readings as a plain object. What is not known yet
// is null.
func state(stage *render.Stage) map[string]any {
	l := stage.Lab()
	s := l.Snapshot()
	work, frames := stage.FrameWork()
	known := func(v float64, ok bool) any {
		if !ok {
			return nil
		}
		return v
	}
	set := l.Settings()
	return map[string]any{
		"generation":     s.Generation,
		"status":         s.Status.String(),
		"training":       s.Training,
		"message":        s.Message,
		"step":           s.Step,
		"seconds":        s.Seconds,
		"stepsPerSecond": s.StepsPerSecond,
		"loss":           known(s.Loss, s.Step > 0 && !l.Empty()),
		"w2":             known(s.W2, s.W2Draws > 0 && !l.Empty()),
		"w2Draws":        s.W2Draws,
		"floor":          known(s.Floor, s.FloorDraws > 0 && !l.Empty()),
		"floorDraws":     s.FloorDraws,
		"points":         s.Points,
		"particles":      l.Cloud().Count,
		"nfe":            s.NFE,
		"parameters":     s.Parameters,
		"fresh":          s.Fresh,
		"workers":        s.Workers,
		"preset":         l.Text(controls.Preset),
		"lossFloor":      known(s.LossFloor, s.LossFloor > 0 && !l.Empty()),
		"nll":            known(s.NLL, s.NLLPoints > 0 && !l.Empty()),
		"entropy":        known(s.Entropy, s.EntropyKnown && !l.Empty()),
		"scheduler":      set.Scheduler,
		"predict":        set.Predict,
		"coupling":       set.Coupling,
		"source":         set.Source,
		"weight":         set.Weight,
		"times":          set.Times,
		"solver":         set.Solver,
		"steps":          set.Steps,
		"grid":           set.Grid,
		"tolerance":      set.Tolerance,
		"noise":          set.Noise,
		"corrector":      set.Corrector,
		"along":          set.Along,
		"seed":           set.Seed,
		"layers":         layers(l),
		"time":           l.Time(),
		"playing":        l.Number(controls.Play) != 0,
		"frames":         frames,
		"frameMs":        work.Seconds() * 1e3,
	}
}

// layers are those that are switched on: what has been computed of each, null
// where nothing has yet.
func layers(l *lab.Lab) map[string]any {
	all := map[string]any{}
	for _, k := range l.Layers() {
		all[k.String()] = nil
		if f := l.Field(k); f != nil {
			all[k.String()] = map[string]any{"time": f.Time, "w": f.W, "h": f.H, "x0": f.X0, "y0": f.Y0, "cell": f.Cell, "step": f.Step}
		}
		if p := l.Proof(); k == engine.Theorem && len(p.Draws) > 0 {
			draws, distance := []any{}, []any{}
			for i, n := range p.Draws {
				draws, distance = append(draws, n), append(distance, p.Distance[i])
			}
			all[k.String()] = map[string]any{"draws": draws, "distance": distance, "slope": p.Slope,
				"difference": p.Difference, "differenceError": p.DifferenceError,
				"constant": p.Constant, "constantError": p.ConstantError}
		}
	}
	return all
}
