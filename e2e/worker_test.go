//go:build e2e

package e2e

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"inkflow/core/engine"
	"inkflow/core/engine/enginetest"
)

// The real Worker passes the cases that every client of the engine must pass.
func TestWorkerConforms(t *testing.T) {
	p := anywhere(t)
	enginetest.Run(t, func(t *testing.T) engine.Client { return newWorker(t, p, 1) })
}

// anywhere is a page of the site's origin without the product in it.
func anywhere(t *testing.T) *page {
	// Any file of the site will do as the document: only its origin matters.
	return open(t, setting{path: built(t, "wasm_exec.*.js"), bare: true, expected: []string{"404"}}) // it has no icon
}

// newWorker starts the engine's Worker in a page, as on a machine of so many
// cores. It takes the place of the last one.
func newWorker(t *testing.T, p *page, cores int) *workerClient {
	script := built(t, "assets/js/worker.*.js") + "?" + url.Values{
		"exec": {"/" + built(t, "wasm_exec.*.js")}, "wasm": {"/" + built(t, "worker.*.wasm")}, "cores": {itoa(cores)},
	}.Encode()
	p.run(fmt.Sprintf(`window.__engine = (() => {
		const worker = new Worker(%q);
		const queue = [];
		const faults = [];
		worker.onmessage = ({data}) => {
			if (data.op === "snapshot") queue.push(data.bytes); else faults.push(data.text);
		};
		return {
			worker, faults,
			send(text) {
				const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
				worker.postMessage({op: "command", bytes}, [bytes.buffer]);
			},
			take() {
				if (faults.length > 0) throw new Error(faults[0]);
				const bytes = queue.shift();
				if (bytes === undefined) return "";
				if (queue.length > 0) throw new Error("two snapshots are in flight");
				worker.postMessage({op: "taken"});
				let text = "";
				for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode(...bytes.subarray(i, i + 32768));
				return btoa(text);
			},
		};
	})()`, "/"+script))
	return &workerClient{p: p, t: t}
}

// built finds a file of dist by a pattern for its hashed name.
func built(t *testing.T, pattern string) string {
	t.Helper()
	dist := filepath.Join(root(t), "dist")
	found, _ := filepath.Glob(filepath.Join(dist, filepath.FromSlash(pattern)))
	if len(found) != 1 {
		t.Fatalf("dist holds %d files %s; make site builds it", len(found), pattern)
	}
	name, err := filepath.Rel(dist, found[0])
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(name, string(filepath.Separator), "/")
}

// workerClient is a client of the Worker in a page, from outside the browser.
type workerClient struct {
	p      *page
	t      *testing.T
	gate   engine.Gate
	closed bool
}

func (c *workerClient) Send(cmd engine.Command) (uint32, error) {
	if err := cmd.Validate(); err != nil {
		return 0, err
	}
	if c.closed {
		return 0, engine.ErrClosed
	}
	generation := c.gate.Stamp(&cmd)
	wire := base64.StdEncoding.EncodeToString(engine.AppendCommand(nil, &cmd))
	c.p.run("__engine.send('" + wire + "')")
	return generation, nil
}

func (c *workerClient) Poll() *engine.Snapshot {
	if c.closed {
		return nil
	}
	wire, err := base64.StdEncoding.DecodeString(eval[string](c.p, "__engine.take()"))
	if err != nil {
		c.t.Fatal(err)
	}
	if len(wire) == 0 {
		return nil
	}
	s, err := engine.DecodeSnapshot(wire)
	if err != nil {
		c.t.Fatal(err)
	}
	if !c.gate.Admit(s) {
		return nil
	}
	return s
}

func (c *workerClient) Close() error {
	if !c.closed {
		c.closed = true
		c.p.run("__engine.worker.terminate()")
	}
	return nil
}
