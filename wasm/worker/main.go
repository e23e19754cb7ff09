//go:build js && wasm

// Command worker is the engine in a browser's Worker: a runner, and the
// messages that drive it. It links nothing that draws.
//
// Messages in: {op: "command", bytes: Uint8Array} with a command in wire
// form, {op: "taken"} when the page has taken the last snapshot, and {op:
// "alive?"}. Messages out: {op: "snapshot", bytes: Uint8Array}, at most one
// before the next "taken", {op: "alive"}, and {op: "fault", text} when a
// message makes no sense. {op: "evaluate", points, times} has the network timed
// by itself, all other work held meanwhile, and is answered by {op: "evaluated",
// milliseconds}.
//
// The runner works a slice of time a turn of the event loop. A message to
// oneself through a MessageChannel begins the next turn: it comes back in
// microseconds, where a timer is held back to milliseconds, and lets every
// message of the page in between.
//
// A large cloud is shared with helpers: Workers of this same program, which the
// loader marks as such. They are started by the engine and unknown to the page.
package main

import (
	"syscall/js"
	"time"

	"inkflow/core/engine"
	"inkflow/core/engine/run"
)

// slice is how long the runner works before it looks for messages.
const slice = 10 * time.Millisecond

type worker struct {
	runner   *run.Runner
	queue    []*engine.Command
	taken    bool // the page is ready for a snapshot
	turning  bool // a turn is on its way
	self     js.Value
	port     js.Value
	snapshot engine.Snapshot
	wire     []byte
	timing   *run.Evaluation // in progress, or nil
}

func main() {
	self := js.Global()
	if self.Get("helper").Truthy() {
		help(self)
		select {}
	}
	start := time.Now()
	w := &worker{self: self, taken: true}
	now := func() time.Duration { return time.Since(start) }
	w.runner = run.New(now)
	if cores := self.Get("cores").Int(); cores > 2 && self.Get("Worker").Truthy() {
		w.runner.Share(newPool(cores, now, w.schedule))
	}

	channel := self.Get("MessageChannel").New()
	w.port = channel.Get("port2")
	channel.Get("port1").Set("onmessage", js.FuncOf(func(js.Value, []js.Value) any {
		w.turning = false
		w.turn()
		return nil
	}))
	listen(self, w.receive)
	w.schedule()
	select {}
}

// listen calls f with every message, and first with those that the loader has
// kept while this binary was being compiled.
func listen(self js.Value, f func(m js.Value)) {
	self.Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
		f(args[0].Get("data"))
		return nil
	}))
	early := self.Get("early")
	for i := range early.Length() {
		f(early.Index(i))
	}
	self.Delete("early")
}

func toJS(b []byte) js.Value {
	array := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(array, b)
	return array
}

func fromJS(array js.Value) []byte {
	b := make([]byte, array.Length())
	js.CopyBytesToGo(b, array)
	return b
}

func (w *worker) receive(m js.Value) {
	switch op := m.Get("op"); {
	case op.Equal(js.ValueOf("taken")):
		w.taken = true
	case op.Equal(js.ValueOf("alive?")):
		w.self.Call("postMessage", map[string]any{"op": "alive"})
	case op.Equal(js.ValueOf("command")):
		c, err := engine.DecodeCommand(fromJS(m.Get("bytes")))
		if err != nil {
			w.self.Call("postMessage", map[string]any{"op": "fault", "text": err.Error()})
			return
		}
		w.queue = append(w.queue, c)
	case op.Equal(js.ValueOf("evaluate")):
		w.timing = w.runner.Evaluation(m.Get("points").Int(), m.Get("times").Int())
	}
	w.schedule()
}

func (w *worker) schedule() {
	if !w.turning {
		w.turning = true
		w.port.Call("postMessage", js.Null())
	}
}

func (w *worker) turn() {
	for i, c := range w.queue {
		w.runner.Handle(c)
		w.queue[i] = nil
	}
	w.queue = w.queue[:0]
	if w.timing != nil {
		if w.timing.Advance(slice) {
			w.self.Call("postMessage", map[string]any{"op": "evaluated", "milliseconds": w.timing.Spent().Seconds() * 1e3})
			w.timing = nil
		}
		w.schedule()
		return
	}
	more := w.runner.Work(slice)
	w.show()
	if more {
		w.schedule()
	}
}

// show hands a snapshot over, its bytes moved and not copied.
func (w *worker) show() {
	if !w.taken || !w.runner.Snapshot(&w.snapshot) {
		return
	}
	w.taken = false
	w.wire = engine.AppendSnapshot(w.wire[:0], &w.snapshot)
	array := toJS(w.wire)
	w.self.Call("postMessage", map[string]any{"op": "snapshot", "bytes": array}, []any{array.Get("buffer")})
}
