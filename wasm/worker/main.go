//go:build js && wasm

// Command worker is the engine in a browser's Worker: a runner, and the
// messages that drive it. It links nothing that draws.
//
// Messages in: {op: "command", bytes: Uint8Array} with a command in wire
// form, {op: "taken"} when the page has taken the last snapshot, and {op:
// "alive?"}. Messages out: {op: "snapshot", bytes: Uint8Array}, at most one
// before the next "taken", {op: "alive"}, and {op: "fault", text} when a
// message makes no sense.
//
// The runner works a slice of time a turn of the event loop. A message to
// oneself through a MessageChannel begins the next turn: it comes back in
// microseconds, where a timer is held back to milliseconds, and lets every
// message of the page in between.
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
}

func main() {
	start := time.Now()
	w := &worker{self: js.Global(), taken: true}
	w.runner = run.New(func() time.Duration { return time.Since(start) })

	channel := js.Global().Get("MessageChannel").New()
	w.port = channel.Get("port2")
	channel.Get("port1").Set("onmessage", js.FuncOf(func(js.Value, []js.Value) any {
		w.turning = false
		w.turn()
		return nil
	}))
	w.self.Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
		w.receive(args[0].Get("data"))
		return nil
	}))
	// The loader has kept what arrived while this binary was being compiled.
	if early := w.self.Get("early"); early.Truthy() {
		for i := range early.Length() {
			w.receive(early.Index(i))
		}
		w.self.Delete("early")
	}
	w.schedule()
	select {}
}

func (w *worker) receive(m js.Value) {
	switch op := m.Get("op"); {
	case op.Equal(js.ValueOf("taken")):
		w.taken = true
	case op.Equal(js.ValueOf("alive?")):
		w.self.Call("postMessage", map[string]any{"op": "alive"})
	case op.Equal(js.ValueOf("command")):
		src := m.Get("bytes")
		b := make([]byte, src.Length())
		js.CopyBytesToGo(b, src)
		c, err := engine.DecodeCommand(b)
		if err != nil {
			w.self.Call("postMessage", map[string]any{"op": "fault", "text": err.Error()})
			return
		}
		w.queue = append(w.queue, c)
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
	array := js.Global().Get("Uint8Array").New(len(w.wire))
	js.CopyBytesToJS(array, w.wire)
	w.self.Call("postMessage", map[string]any{"op": "snapshot", "bytes": array}, []any{array.Get("buffer")})
}
