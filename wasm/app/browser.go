//go:build js && wasm

package main

import "syscall/js"

var (
	window   = js.Global()
	document = js.Global().Get("document")
)

func element(id string) js.Value     { return document.Call("getElementById", id) }
func query(selector string) js.Value { return document.Call("querySelector", selector) }

// media asks a media query.
func media(q string) bool { return window.Call("matchMedia", q).Get("matches").Bool() }

// listen calls f with every such event, for as long as the page lives.
func listen(target js.Value, event string, f func(e js.Value)) {
	target.Call("addEventListener", event, js.FuncOf(func(_ js.Value, args []js.Value) any {
		f(args[0])
		return nil
	}), map[string]any{"passive": false})
}

// create makes an element with a class, and puts it into a parent if there is
// one.
func create(parent js.Value, tag, class string) js.Value {
	e := document.Call("createElement", tag)
	if class != "" {
		e.Set("className", class)
	}
	if !parent.IsUndefined() {
		parent.Call("appendChild", e)
	}
	return e
}

// icon makes a drawing of an SVG path.
func icon(path string) js.Value {
	const ns = "http://www.w3.org/2000/svg"
	s := document.Call("createElementNS", ns, "svg")
	s.Call("setAttribute", "class", "icon")
	s.Call("setAttribute", "viewBox", "0 0 24 24")
	s.Call("setAttribute", "aria-hidden", "true")
	p := document.Call("createElementNS", ns, "path")
	p.Call("setAttribute", "d", path)
	s.Call("appendChild", p)
	return s
}

func toJS(b []byte) js.Value {
	a := window.Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(a, b)
	return a
}

func fromJS(a js.Value) []byte {
	b := make([]byte, a.Length())
	js.CopyBytesToGo(b, a)
	return b
}

// readFile reads a File and passes its bytes on, or says why it cannot be read.
func readFile(file js.Value, f func(b []byte), failed func(why string)) {
	var done, lost js.Func
	release := func() {
		done.Release()
		lost.Release()
	}
	done = js.FuncOf(func(_ js.Value, args []js.Value) any {
		release()
		f(fromJS(window.Get("Uint8Array").New(args[0])))
		return nil
	})
	lost = js.FuncOf(func(_ js.Value, args []js.Value) any {
		release()
		failed(args[0].Get("message").String())
		return nil
	})
	file.Call("arrayBuffer").Call("then", done, lost)
}

// download offers bytes to the user under a name.
func download(name string, b []byte) {
	blob := window.Get("Blob").New([]any{toJS(b)}, map[string]any{"type": "application/octet-stream"})
	url := window.Get("URL").Call("createObjectURL", blob)
	a := create(js.Undefined(), "a", "")
	a.Set("href", url)
	a.Set("download", name)
	a.Call("click")
	window.Get("URL").Call("revokeObjectURL", url)
}
