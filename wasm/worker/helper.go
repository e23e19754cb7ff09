//go:build js && wasm

package main

import (
	"syscall/js"
	"unsafe"

	"inkflow/core/engine/run"
)

// help is the life of a helper, a Worker that an engine has started to share a
// large cloud: plans and tasks come in, paths go out. Messages in: {op: "plan",
// number, bytes} and {op: "task", slices}, numbers of slices of the last plan.
// Messages out: {op: "ready"}, {op: "traced", slice, bytes} for each slice in
// the order asked, and {op: "dead", text}.
func help(self js.Value) {
	h := new(run.Helper)
	plan := new(run.Plan)
	receive := func(m js.Value) {
		switch m.Get("op").String() {
		case "plan":
			plan = &run.Plan{Number: int64(m.Get("number").Float()), Wire: fromJS(m.Get("bytes"))}
		case "task":
			list := m.Get("slices")
			for i := range list.Length() {
				slice := list.Index(i).Int()
				xy, err := h.Trace(plan, slice)
				if err != nil {
					self.Call("postMessage", map[string]any{"op": "dead", "text": err.Error()})
					return
				}
				array := toJS(asBytes(xy))
				self.Call("postMessage", map[string]any{"op": "traced", "slice": slice, "bytes": array}, []any{array.Get("buffer")})
			}
		}
	}
	listen(self, receive)
	self.Call("postMessage", map[string]any{"op": "ready"})
}

// asBytes is the memory of coordinates. Both ends are this binary on this
// machine, so their order is no matter.
func asBytes(xy []int16) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(xy))), 2*len(xy))
}
