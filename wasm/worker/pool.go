//go:build js && wasm

package main

import (
	"slices"
	"syscall/js"
	"time"

	"inkflow/core/engine/run"
)

// pool is the helpers of an engine: Workers of the same script, started by it
// and ended by it, of which the page knows nothing. They get the program that
// is already compiled.
type pool struct {
	most    int
	now     func() time.Duration
	wake    func()
	program js.Value
	address string
	helpers []*helper
	losses  int // helpers that have died or hung since they last rested
	traced  []answer
	scratch []int16
	used    time.Duration
	timer   bool
	expire  js.Func
}

var _ run.Pool = (*pool)(nil)

// helper is one of them.
type helper struct {
	worker js.Value
	hear   js.Func
	ready  bool
	plan   int64         // number of the plan it has
	tasks  []*run.Task   // that it has, the one in work first
	until  time.Duration // when that should be done
}

type answer struct {
	plan  *run.Plan
	slice int
	bytes js.Value
}

const (
	mostHelpers = 15               // however many cores there are: each takes memory
	mostLosses  = 3                // then something else is wrong
	starting    = 20 * time.Second // until a helper's first word
	idle        = 20 * time.Second // without a task, then they go
	ahead       = 2                // tasks a helper has: one in work, one in hand
)

// newPool returns the helpers of a machine with so many cores: one is the
// page's, one the engine's own.
func newPool(cores int, now func() time.Duration, wake func()) *pool {
	self := js.Global()
	p := &pool{most: min(cores-2, mostHelpers), now: now, wake: wake, program: self.Get("program"),
		address: self.Get("location").Get("href").String() + "&helper=1"}
	p.expire = js.FuncOf(func(js.Value, []js.Value) any {
		p.timer = false
		p.lapse()
		return nil
	})
	return p
}

// Free implements run.Pool.
func (p *pool) Free(wanted int) int {
	now := p.now()
	for _, h := range slices.Clone(p.helpers) {
		if (len(h.tasks) > 0 || !h.ready) && now > h.until {
			p.lose(h)
		}
	}
	wanted = min(wanted, p.most)
	for len(p.helpers) < wanted && p.losses < mostLosses {
		p.start(now)
	}
	free := 0
	for _, h := range p.helpers[:min(wanted, len(p.helpers))] {
		if h.ready {
			free += max(0, ahead-len(h.tasks))
		}
	}
	return free
}

// Give implements run.Pool.
func (p *pool) Give(t *run.Task) {
	var least *helper
	for _, h := range p.helpers {
		if h.ready && (least == nil || len(h.tasks) < len(least.tasks)) {
			least = h
		}
	}
	if least == nil {
		return
	}
	p.used = p.now()
	if len(least.tasks) == 0 {
		least.until = p.used + t.Lease
	}
	least.tasks = append(least.tasks, t)
	if least.plan != t.Plan.Number {
		least.plan = t.Plan.Number
		bytes := toJS(t.Plan.Wire)
		least.post(map[string]any{"op": "plan", "number": float64(t.Plan.Number), "bytes": bytes}, bytes.Get("buffer"))
	}
	list := make([]any, len(t.Slices))
	for i, s := range t.Slices {
		list[i] = s
	}
	least.post(map[string]any{"op": "task", "slices": list})
}

// Collect implements run.Pool.
func (p *pool) Collect(take func(v run.Traced)) {
	traced := p.traced
	p.traced = p.traced[:0]
	for i, a := range traced {
		n := a.bytes.Length() / 2
		if cap(p.scratch) < n {
			p.scratch = make([]int16, n)
		}
		xy := p.scratch[:n]
		js.CopyBytesToGo(asBytes(xy), a.bytes)
		take(run.Traced{Plan: a.plan, Slice: a.slice, XY: xy})
		traced[i] = answer{}
	}
}

// Helpers implements run.Pool.
func (p *pool) Helpers() int { return len(p.helpers) }

// Rest implements run.Pool.
func (p *pool) Rest() {
	for _, h := range p.helpers {
		h.end()
	}
	p.helpers, p.traced, p.scratch = nil, nil, nil
	p.losses = 0
}

func (p *pool) start(now time.Duration) {
	h := &helper{worker: js.Global().Get("Worker").New(p.address), until: now + starting}
	h.hear = js.FuncOf(func(_ js.Value, args []js.Value) any {
		if args[0].Get("type").String() == "error" {
			args[0].Call("preventDefault")
			p.lose(h)
		} else {
			p.receive(h, args[0].Get("data"))
		}
		return nil
	})
	h.worker.Set("onmessage", h.hear)
	h.worker.Set("onerror", h.hear)
	h.post(map[string]any{"op": "program", "program": p.program})
	p.helpers = append(p.helpers, h)
	p.used = now
	p.wait()
}

func (p *pool) receive(h *helper, m js.Value) {
	switch m.Get("op").String() {
	case "ready":
		h.ready = true
	case "traced":
		if len(h.tasks) == 0 {
			return
		}
		t := h.tasks[0]
		slice := m.Get("slice").Int()
		p.traced = append(p.traced, answer{t.Plan, slice, m.Get("bytes")})
		if slice == t.Slices[len(t.Slices)-1] {
			h.tasks = slices.Delete(h.tasks, 0, 1)
			if len(h.tasks) > 0 {
				h.until = p.now() + h.tasks[0].Lease
			}
		}
	case "dead":
		p.lose(h)
	}
	p.wake()
}

// lose gives a helper up. Its slices are taken back when their loans end, or
// nothing else is left to do.
func (p *pool) lose(h *helper) {
	i := slices.Index(p.helpers, h)
	if i < 0 {
		return
	}
	h.end()
	p.helpers = slices.Delete(p.helpers, i, i+1)
	p.losses++
}

// wait has lapse called once in a while for as long as there are helpers.
func (p *pool) wait() {
	if !p.timer {
		p.timer = true
		js.Global().Call("setTimeout", p.expire, idle.Milliseconds()/4)
	}
}

// lapse lets helpers go that have had nothing to do for a while.
func (p *pool) lapse() {
	if len(p.helpers) == 0 {
		return
	}
	if p.now()-p.used > idle {
		p.Rest()
		p.wake() // the stage is told
		return
	}
	p.wait()
}

func (h *helper) post(message map[string]any, transfer ...any) {
	h.worker.Call("postMessage", message, transfer)
}

func (h *helper) end() {
	h.worker.Set("onmessage", js.Null())
	h.worker.Set("onerror", js.Null())
	h.worker.Call("terminate")
	h.hear.Release()
}
