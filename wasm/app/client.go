//go:build js && wasm

package main

import (
	"slices"
	"syscall/js"
	"time"

	"inkflow/core/engine"
)

// workerClient speaks to a runner in a Worker. Everything happens on the
// page's one thread, so there is nothing to lock.
//
// The Worker is asked for a sign of life every now and then. One that gives
// none, or says that its engine has ended, is replaced.
type workerClient struct {
	host   js.Value // the boot script's handle of the Worker
	gate   engine.Gate
	latest js.Value // the snapshot on hand, as bytes, or undefined
	buffer []byte   // of the last command
	taken  []byte   // of the last snapshot
	closed bool

	heard   time.Time   // the last message
	asked   time.Time   // the last question after a sign of life
	starts  []time.Time // of Workers put in place of dead ones
	dead    string      // why the Worker is to be replaced, or empty
	revived func()      // a new Worker is in place and knows nothing
	lost    func(why string)
	timings []timing
}

var _ engine.Client = (*workerClient)(nil)

const (
	askEvery = 2 * time.Second
	silence  = 10 * time.Second // of a Worker that is taken for dead
	patience = 45 * time.Second // with one that has yet to load
	maxStart = 3                // Workers within a minute; then something else is wrong
)

// newWorkerClient takes over the Worker that the boot script has started, with
// what it has said so far.
func newWorkerClient(host js.Value) *workerClient {
	c := &workerClient{host: host, latest: js.Undefined(), heard: time.Now().Add(patience)}
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
	if now := time.Now(); now.After(c.heard) {
		c.heard = now
	}
	switch m.Get("op").String() {
	case "snapshot":
		c.heard = time.Now()
		c.latest = m.Get("bytes")
	case "alive":
		c.heard = time.Now()
	case "evaluated":
		c.timed(m.Get("milliseconds"))
	case "dead", "fault":
		c.dead = m.Get("text").String()
	}
}

// watch replaces a Worker that is dead or silent. Call it once a frame while
// the page is seen: time that the page itself was asleep does not count.
func (c *workerClient) watch() {
	now := time.Now()
	if c.closed {
		return
	}
	if now.Sub(c.asked) > askEvery {
		if now.Sub(c.asked) > 2*askEvery && now.After(c.heard) {
			c.heard = now // the page has been asleep
		}
		c.asked = now
		c.post(map[string]any{"op": "alive?"})
	}
	if c.dead == "" && now.Sub(c.heard) > silence {
		c.dead = "it gave no sign of life"
	}
	if c.dead == "" {
		return
	}
	why := c.dead
	c.dead = ""
	for len(c.starts) > 0 && now.Sub(c.starts[0]) > time.Minute {
		c.starts = c.starts[1:]
	}
	if len(c.starts) == maxStart {
		c.Close()
		c.lost(why)
		return
	}
	c.starts = append(c.starts, now)
	c.latest = js.Undefined()
	c.untimed("The engine was started again: " + why + ".")
	c.heard = now.Add(patience)
	c.host.Call("restart")
	c.revived()
}

func (c *workerClient) post(message map[string]any, transfer ...any) {
	c.host.Get("worker").Call("postMessage", message, transfer)
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
	c.post(map[string]any{"op": "command", "bytes": bytes}, bytes.Get("buffer"))
	return generation, nil
}

// Poll implements engine.Client.
func (c *workerClient) Poll() *engine.Snapshot {
	if c.closed || c.latest.IsUndefined() {
		return nil
	}
	c.taken = slices.Grow(c.taken[:0], c.latest.Length())
	c.taken = c.taken[:js.CopyBytesToGo(c.taken[:cap(c.taken)], c.latest)]
	c.latest = js.Undefined()
	c.post(map[string]any{"op": "taken"})
	s, err := engine.DecodeSnapshot(c.taken)
	if err != nil {
		c.dead = err.Error()
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
		c.untimed("The engine has stopped.")
		c.host.Get("worker").Call("terminate")
	}
	return nil
}
