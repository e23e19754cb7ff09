//go:build e2e

package e2e

import (
	"encoding/binary"
	"hash/crc32"
	"net/http"
	"testing"
	"time"

	"inkflow/core/engine"
	"inkflow/core/engine/enginetest"
)

// cores has the browser claim so many of them.
func cores(n int) string {
	return "Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', {get: () => " + itoa(n) + "});"
}

// A Worker with helpers passes the cases that one without passes.
func TestWorkerWithHelpersConforms(t *testing.T) {
	p := anywhere(t)
	enginetest.Run(t, func(t *testing.T) engine.Client { return newWorker(t, p, 4) })
}

// The particles of a held network, carried by one Worker and by one with
// helpers, are the same in every bit.
func TestHelpersFindTheSamePaths(t *testing.T) {
	p := anywhere(t)
	one := newWorker(t, p, 1)
	until(t, one, func(s *engine.Snapshot) bool { return s.Step > 50 })
	send(t, one, engine.Command{Op: engine.OpTrain})
	send(t, one, engine.Command{Op: engine.OpSave})
	var model []byte
	until(t, one, func(s *engine.Snapshot) bool { model = s.Model; return model != nil })
	alone, workers := bigCloud(t, one, model)
	if workers != 1 {
		t.Errorf("on one core %d Workers carry the particles", workers)
	}
	one.Close()

	shared := newWorker(t, p, 4)
	defer shared.Close()
	among, workers := bigCloud(t, shared, model)
	if workers != 3 {
		t.Errorf("on four cores %d Workers carry the particles, want 3", workers)
	}
	if len(alone) != len(among) {
		t.Fatalf("%d and %d slices", len(alone), len(among))
	}
	for first, sum := range alone {
		if among[first] != sum {
			t.Errorf("particles %d … are others", first)
		}
	}
}

// bigCloud has a model carry many particles and returns a checksum of each
// slice, and the most Workers that were at it.
func bigCloud(t *testing.T, c engine.Client, model []byte) (sums map[int]uint32, workers int) {
	t.Helper()
	send(t, c, engine.Command{Op: engine.OpTrain})
	send(t, c, engine.Command{Op: engine.OpLoad, Model: model})
	_, settings := engine.Opening()
	settings.Particles, settings.Steps = 60_000, 16
	last := send(t, c, engine.Command{Op: engine.OpConfigure, Settings: settings})
	sums = map[int]uint32{}
	until(t, c, func(s *engine.Snapshot) bool {
		if s.Generation != last {
			return false
		}
		for _, v := range s.Cloud.Slices {
			b, err := binary.Append(nil, binary.LittleEndian, v.XY)
			if err != nil {
				t.Fatal(err)
			}
			sums[v.First] = crc32.ChecksumIEEE(b)
		}
		workers = max(workers, s.Workers)
		return s.Fresh == settings.Particles && len(sums)*engine.SliceLen >= settings.Particles
	})
	return sums, workers
}

func send(t *testing.T, c engine.Client, cmd engine.Command) uint32 {
	t.Helper()
	g, err := c.Send(cmd)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func until(t *testing.T, c engine.Client, fits func(s *engine.Snapshot) bool) {
	t.Helper()
	for end := time.Now().Add(90 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if s := c.Poll(); s != nil && fits(s) {
			return
		}
	}
	t.Fatal("waited in vain")
}

// large asks for a large cloud of a held network.
func (p *page) large() {
	p.t.Helper()
	p.run("inkflow.command('train', {on: false})")
	p.run("inkflow.command('configure', {solver: 'midpoint', steps: 16, particles: 60000})")
}

const whole = "inkflow.state().fresh === 60000"

// On a machine of four cores the page's engine calls two helpers, lets them go
// when nobody looks, and calls them again. What they are asked for while the
// page is used changes under them.
func TestHelpersComeAndGo(t *testing.T) {
	p := open(t, setting{script: cores(4)})
	p.waitFor("a single engine at first", "inkflow.state().workers === 1", 10*time.Second)
	p.large()
	p.waitFor("helpers", "inkflow.state().workers === 3", 30*time.Second)
	p.run("inkflow.command('visible', {on: false})")
	p.waitFor("their leave", "inkflow.state().workers === 1", 30*time.Second)
	p.run("inkflow.command('visible', {on: true})")
	p.waitFor("all particles", whole, 90*time.Second)
	p.run("inkflow.command('reset')")
	p.run("inkflow.command('train', {on: true})")
	p.waitFor("helpers while it learns", "inkflow.state().step > 100 && inkflow.state().workers === 3", 60*time.Second)
	p.large()
	p.waitFor("all particles again", whole, 90*time.Second)
}

// On two cores the engine is alone.
func TestNoHelperOnTwoCores(t *testing.T) {
	for _, n := range []int{1, 2} {
		p := open(t, setting{script: cores(n) + `
			window.__most = 0;
			addEventListener("inkflow-ready", () => setInterval(() => {
				window.__most = Math.max(window.__most, inkflow.state().workers);
			}, 20));`})
		p.large()
		p.waitFor("all particles", whole, 90*time.Second)
		if most := eval[int](p, "window.__most"); most != 1 {
			t.Errorf("on %d cores %d Workers", n, most)
		}
	}
}

// Helpers that never start, die at their first word, or take work and never
// answer: the particles come all the same.
func TestHelpersThatFail(t *testing.T) {
	for _, row := range []struct{ name, script string }{
		{"no such script", ""},
		{"broken", "throw new Error('broken');"},
		{"silent", "onmessage = () => {}; "},
		{"takes and never answers", "postMessage({op: 'ready'});"},
		{"dies at work", "postMessage({op: 'ready'}); onmessage = ({data}) => { if (data.op === 'task') postMessage({op: 'dead', text: 'of a test'}); };"},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := open(t, setting{script: cores(4), expected: []string{"404", "broken"}, serve: func(product http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					switch {
					case !r.URL.Query().Has("helper"):
						product.ServeHTTP(w, r)
					case row.script == "":
						http.NotFound(w, r)
					default:
						w.Header().Set("Content-Type", "text/javascript")
						w.Write([]byte(row.script))
					}
				})
			}})
			p.large()
			p.waitFor("all particles", whole, 90*time.Second)
			p.run("inkflow.command('train', {on: true})")
			p.waitFor("training", "inkflow.state().training && inkflow.state().fresh === 0", 20*time.Second)
		})
	}
}

// A question for the network's own time is answered, one after the other, and
// the engine goes on.
func TestEvaluations(t *testing.T) {
	p := open(t, setting{})
	p.run(`window.__took = null,
		Promise.all([inkflow.evaluations(2048, 4), inkflow.evaluations(8192, 4)]).then((took) => { window.__took = took; })`)
	p.waitFor("the answers", "window.__took !== null", 30*time.Second)
	took := eval[[]float64](p, "window.__took")
	t.Logf("2048 × 4 and 8192 × 4 evaluations took %.1f and %.1f ms", took[0], took[1])
	if !(took[0] > 0 && took[1] > took[0]) {
		t.Errorf("%v ms for four times the points after once", took)
	}
	step := p.state().Step
	p.waitFor("training", "inkflow.state().step > "+itoa(step), 20*time.Second)
}
