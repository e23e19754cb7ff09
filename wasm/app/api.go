//go:build js && wasm

package main

import (
	"syscall/js"

	"inkflow/render"
	"inkflow/render/controls"
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
		case controls.Toggle:
			return l.Number(c.ID) != 0, nil
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
		"preset":         l.Text(controls.Preset),
		"solver":         l.Text(controls.Solver),
		"steps":          l.Number(controls.Steps),
		"seed":           l.Number(controls.Seed),
		"time":           l.Time(),
		"playing":        l.Number(controls.Play) != 0,
		"frames":         frames,
		"frameMs":        work.Seconds() * 1e3,
	}
}
