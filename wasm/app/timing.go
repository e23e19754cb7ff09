//go:build js && wasm

package main

import "syscall/js"

// timing is a question to the Worker how long the network alone takes, and the
// promise that waits for the answer. The Worker works on one at a time.
type timing struct {
	points, times   int
	resolve, reject js.Value
}

// evaluations is inkflow.evaluations(points, times): a promise of the
// milliseconds that the engine takes to evaluate the network at so many points
// so many times, and for nothing else. docs/page-api.md says what for.
func (c *workerClient) evaluations(args []js.Value) js.Value {
	t := timing{points: 1024, times: 1}
	if len(args) > 0 && args[0].Type() == js.TypeNumber {
		t.points = int(min(max(args[0].Float(), 0), 1e9))
	}
	if len(args) > 1 && args[1].Type() == js.TypeNumber {
		t.times = int(min(max(args[1].Float(), 0), 1e6))
	}
	executor := js.FuncOf(func(_ js.Value, settle []js.Value) any {
		t.resolve, t.reject = settle[0], settle[1]
		if c.closed {
			t.reject.Invoke(problem("The engine has stopped."))
			return nil
		}
		c.timings = append(c.timings, t)
		if len(c.timings) == 1 {
			c.ask()
		}
		return nil
	})
	defer executor.Release()
	return window.Get("Promise").New(executor)
}

func (c *workerClient) ask() {
	t := c.timings[0]
	c.post(map[string]any{"op": "evaluate", "points": t.points, "times": t.times})
}

// timed passes an answer on and asks the next question.
func (c *workerClient) timed(milliseconds js.Value) {
	if len(c.timings) == 0 {
		return
	}
	t := c.timings[0]
	if c.timings = c.timings[1:]; len(c.timings) > 0 {
		c.ask()
	}
	t.resolve.Invoke(milliseconds)
}

// untimed tells all who wait that there is no answer.
func (c *workerClient) untimed(why string) {
	for _, t := range c.timings {
		t.reject.Invoke(problem(why))
	}
	c.timings = nil
}

func problem(text string) js.Value { return window.Get("Error").New(text) }

// publishTimings adds evaluations to window.inkflow.
func publishTimings(c *workerClient) {
	window.Get("inkflow").Set("evaluations", js.FuncOf(func(_ js.Value, args []js.Value) any { return c.evaluations(args) }))
}
