//go:build e2e

package e2e

import (
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// plainScalar takes WebAssembly's vectors from a browser: V8 has none on an
// x86 without SSE 4.1. Elsewhere the page is only told so.
func plainScalar() setting {
	if runtime.GOARCH == "amd64" {
		return setting{jsFlags: "--no-enable-sse4-1"}
	}
	return setting{script: `WebAssembly.validate = () => false;`}
}

// A browser without WebAssembly SIMD gets the scalar engine, and the page
// learns with it.
func TestScalarEngine(t *testing.T) {
	var mu sync.Mutex
	var asked []string
	s := plainScalar()
	s.serve = func(product http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, ".wasm") {
				mu.Lock()
				asked = append(asked, r.URL.Path)
				mu.Unlock()
			}
			product.ServeHTTP(w, r)
		})
	}
	p := open(t, s)
	if engine := eval[string](p, "document.documentElement.dataset.engine"); engine != "scalar" {
		t.Errorf("without vectors the page starts the engine %q", engine)
	}
	// Noise is 1.2 from the word; 0.4 is learned within a few hundred steps.
	p.waitFor("what it learns", "inkflow.state().w2Draws > 0 && inkflow.state().w2 < 0.4", 2*time.Minute)
	v := p.state()
	t.Logf("W2 %.3f after %d steps, %.0f a second", v.W2, v.Step, v.StepsPerSecond)
	mu.Lock()
	defer mu.Unlock()
	scalar := "/" + built(t, "worker-scalar.*.wasm")
	for _, name := range asked {
		if strings.HasPrefix(name, "/worker") && name != scalar {
			t.Errorf("without vectors the browser is given %s", name)
		}
	}
	if len(asked) < 2 {
		t.Errorf("only %v was asked for", asked)
	}
}

// With vectors the browser takes those.
func TestVectorEngine(t *testing.T) {
	p := open(t, setting{})
	if engine := eval[string](p, "document.documentElement.dataset.engine"); engine != "simd" {
		t.Errorf("the page starts the engine %q", engine)
	}
}
