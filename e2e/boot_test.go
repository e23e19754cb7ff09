//go:build e2e

package e2e

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// What is missing is said in words, with what to do next, and a way to try
// again.
func TestBootSaysWhatIsMissing(t *testing.T) {
	// answer replaces the product's answer for files whose name begins so.
	answer := func(prefix string, f http.HandlerFunc) func(http.Handler) http.Handler {
		return func(product http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.HasPrefix(strings.TrimPrefix(r.URL.Path, "/"), prefix) && strings.HasSuffix(r.URL.Path, ".wasm") {
					f(w, r)
					return
				}
				product.ServeHTTP(w, r)
			})
		}
	}
	gone := func(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }
	short := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/wasm")
		w.Write([]byte("\x00asm\x01\x00\x00\x00\x01"))
	}
	for _, c := range []struct {
		name     string
		set      setting
		want     string // of the boot text
		expected []string
	}{
		{"no WebGL 2", setting{script: `HTMLCanvasElement.prototype.getContext = () => null;`}, "WebGL 2", nil},
		{"no WebAssembly", setting{script: `delete window.WebAssembly;`}, "WebAssembly", nil},
		{"page binary gone", setting{serve: answer("app", gone)}, "answered 404", []string{"404"}},
		{"page binary cut short", setting{serve: answer("app", short)}, "could not be loaded", []string{"wasm"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.set.bare, c.set.expected = true, c.expected
			p := open(t, c.set)
			p.waitFor("a message", "document.getElementById('boot').dataset.failed === 'true'", 30*time.Second)
			if text := eval[string](p, "document.getElementById('boot-text').textContent"); !strings.Contains(text, c.want) {
				t.Errorf("it says %q, which does not name %q", text, c.want)
			}
			if next := eval[string](p, "document.getElementById('boot-next').textContent"); len(next) < 20 {
				t.Errorf("what to do next is %q", next)
			}
			if !eval[bool](p, "!document.getElementById('boot-retry').hidden") {
				t.Error("there is no way to try again")
			}
			p.shot("failed")
		})
	}
}

// A Worker that cannot start its engine is reported on the page.
func TestBootReportsADeadEngine(t *testing.T) {
	p := open(t, setting{bare: true, expected: []string{"404"}, serve: func(product http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/worker") && strings.HasSuffix(r.URL.Path, ".wasm") {
				http.NotFound(w, r)
				return
			}
			product.ServeHTTP(w, r)
		})
	}})
	p.waitFor("a notice", "!document.getElementById('notice').hidden", 60*time.Second)
	if text := eval[string](p, "document.getElementById('notice').textContent"); !strings.Contains(text, "engine") {
		t.Errorf("the notice is %q", text)
	}
}

// A Worker that dies is replaced, and training goes on from the last model.
func TestDeadWorkerIsReplaced(t *testing.T) {
	p := open(t, setting{})
	p.waitFor("a kept model", "inkflow.state().seconds > 13", 60*time.Second)
	p.run("inkflowEngine.worker.terminate()")
	p.waitFor("a notice", "document.getElementById('notice').textContent.includes('started again')", 60*time.Second)
	p.waitFor("training", "inkflow.state().training && inkflow.state().seconds < 12 && inkflow.state().step > 500", 30*time.Second)
}

// A server that calls WebAssembly by another media type still gets its page.
func TestBootUnderAWrongMediaType(t *testing.T) {
	open(t, setting{serve: func(product http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, ".wasm") {
				w = plain{w}
			}
			product.ServeHTTP(w, r)
		})
	}})
}

// plain is an answer that is called text whatever it is.
type plain struct{ http.ResponseWriter }

func (p plain) WriteHeader(code int) {
	p.Header().Set("Content-Type", "text/plain")
	p.ResponseWriter.WriteHeader(code)
}

// The bar over the download moves, and knows how much there is to come.
func TestBootShowsProgress(t *testing.T) {
	p := open(t, setting{script: `
window.__progress = [];
new MutationObserver(() => {
  const bar = document.getElementById("boot-bar");
  if (bar) window.__progress.push(bar.value);
}).observe(document, {subtree: true, childList: true, attributes: true, characterData: true});`})
	values := eval[[]float64](p, "window.__progress")
	last := 0.0
	for _, v := range values {
		if v < last {
			t.Fatalf("the bar goes back: %v", values)
		}
		last = v
	}
	if last != 1 {
		t.Errorf("the bar ends at %v and not at 1", last)
	}
}

// The budget of the first flowing particles, on localhost. The figure is
// logged; the bound only catches a page that has become several times slower,
// since machines differ.
func TestFirstParticles(t *testing.T) {
	p := open(t, setting{script: `
window.__first = null;
const timer = setInterval(() => {
  if (window.inkflow && inkflow.state().particles > 0 && inkflow.state().frames > 0) {
    window.__first = performance.now();
    clearInterval(timer);
  }
}, 10);`})
	p.waitFor("the time of the first particles", "window.__first !== null", 30*time.Second)
	first := eval[float64](p, "window.__first")
	t.Logf("first flowing particles %.0f ms after navigation", first)
	if first > 10_000 {
		t.Errorf("first particles after %.0f ms", first)
	}
}
