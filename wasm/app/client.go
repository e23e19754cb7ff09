//go:build js && wasm

package main

import (
	"syscall/js"

	"inkflow/core/engine"
)

// workerClient speaks to a runner in a Worker. Everything happens on the
// page's one thread, so there is nothing to lock.
type workerClient struct {
	worker js.Value
	gate   engine.Gate
	latest js.Value // the snapshot on hand, as bytes, or undefined
	buffer []byte
	closed bool
	fault  func(text string) // the runner is gone
}

var _ engine.Client = (*workerClient)(nil)

// newWorkerClient takes over the Worker that the boot script has started, with
// what it has said so far.
func newWorkerClient(host js.Value) *workerClient {
	c := &workerClient{worker: host.Get("worker"), latest: js.Undefined()}
	host.Set("take", js.FuncOf(func(_ js.Value, args []js.Value) any {
		c.receive(args[0])
		return nil
	}))
	queue := host.Get("queue")
	for i := range queue.Length() {
		c.receive(queue.Index(i))
	}
	queue.Set("length", 0)
	return c
}

func (c *workerClient) receive(m js.Value) {
	switch m.Get("op").String() {
	case "snapshot":
		c.latest = m.Get("bytes")
	case "dead", "fault":
		if c.fault != nil && !c.closed {
			c.fault(m.Get("text").String())
		}
	}
}

// Send implements engine.Client.
func (c *workerClient) Send(cmd engine.Command) (uint32, error) {
	if err := cmd.Validate(); err != nil {
		return 0, err
	}
	if c.closed {
		return 0, engine.ErrClosed
	}
	generation := c.gate.Stamp(&cmd)
	c.buffer = engine.AppendCommand(c.buffer[:0], &cmd)
	bytes := toJS(c.buffer)
	c.worker.Call("postMessage", map[string]any{"op": "command", "bytes": bytes}, []any{bytes.Get("buffer")})
	return generation, nil
}

// Poll implements engine.Client.
func (c *workerClient) Poll() *engine.Snapshot {
	if c.closed || c.latest.IsUndefined() {
		return nil
	}
	b := fromJS(c.latest)
	c.latest = js.Undefined()
	c.worker.Call("postMessage", map[string]any{"op": "taken"})
	s, err := engine.DecodeSnapshot(b)
	if err != nil {
		if c.fault != nil {
			c.fault(err.Error())
		}
		return nil
	}
	if !c.gate.Admit(s) {
		return nil
	}
	return s
}

// Close implements engine.Client.
func (c *workerClient) Close() error {
	if !c.closed {
		c.closed = true
		c.worker.Call("terminate")
	}
	return nil
}
