//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"inkflow/internal/site/serve"
)

// page is the product in a tab of its own browser, with everything it said.
type page struct {
	t   *testing.T
	ctx context.Context
	url string

	mu       sync.Mutex
	console  []string
	foreign  []string
	expected []string // parts of console lines that the test provokes
}

// setting is the surroundings a page is opened in.
type setting struct {
	width, height int
	scale         float64
	day           bool
	touch         bool
	still         bool                            // prefers-reduced-motion
	path          string                          // behind the address, "?…"
	script        string                          // run before the page's own
	jsFlags       string                          // of V8
	serve         func(http.Handler) http.Handler // around the product's server
	expected      []string                        // parts of console lines that are no fault here
	bare          bool                            // do not wait for particles
}

// violations collects reports of the content security policy before the page
// can send any.
const violations = `window.__violations = [];
document.addEventListener("securitypolicyviolation", (e) => window.__violations.push(e.violatedDirective + " " + e.blockedURI));`

// root is the repository.
func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// open serves dist/ as `inkflow serve` does and opens it.
func open(t *testing.T, s setting) *page {
	t.Helper()
	handler, err := serve.Open(filepath.Join(root(t), "dist"))
	if err != nil {
		t.Fatalf("no site to test, `make site` builds it: %v", err)
	}
	var h http.Handler = handler
	if s.serve != nil {
		h = s.serve(h)
	}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return openAt(t, s, server.URL)
}

func openAt(t *testing.T, s setting, url string) *page {
	t.Helper()
	if s.width == 0 {
		s.width, s.height = 1440, 900
	}
	if s.scale == 0 {
		s.scale = 1
	}
	binary, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatalf("the browser tests need Debian's chromium: %v", err)
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(binary), chromedp.NoSandbox,
		chromedp.Flag("headless", "new"),
		chromedp.Flag("disable-gpu", false),
		chromedp.Flag("use-angle", "swiftshader"),
		chromedp.Flag("enable-unsafe-swiftshader", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.WindowSize(s.width, s.height))
	if s.jsFlags != "" {
		opts = append(opts, chromedp.Flag("js-flags", s.jsFlags))
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(cancel)

	p := &page{t: t, ctx: ctx, url: url, expected: s.expected}
	p.do(chromedp.Steps()) // starts the browser
	p.watch()
	scheme, motion := "dark", "no-preference"
	if s.day {
		scheme = "light"
	}
	if s.still {
		motion = "reduce"
	}
	p.do(
		chromedp.EmulateViewport(int64(s.width), int64(s.height), chromedp.EmulateScale(s.scale)),
		chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
			features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme},
				{Name: "prefers-reduced-motion", Value: motion}}
			if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
				return err
			}
			if s.touch {
				if _, err := chromedp.Call(ctx, emulation.SetTouchEmulationEnabled,
					emulation.SetTouchEmulationEnabledParams{Enabled: true, MaxTouchPoints: 2}); err != nil {
					return err
				}
			}
			_, err := chromedp.Call(ctx, cdppage.AddScriptToEvaluateOnNewDocument,
				cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: violations + s.script})
			return err
		}),
		chromedp.Navigate(url+"/"+s.path))
	if !s.bare {
		p.waitFor("particles", "!!(window.inkflow && inkflow.state().particles > 0)", time.Minute)
	}
	t.Cleanup(p.checkQuiet)
	return p
}

// watch notes what the page says and whom it asks.
func (p *page) watch() {
	err := chromedp.Listen(p.ctx, func(ev any) {
		e, ok := ev.(*network.EventRequestWillBeSent)
		if !ok {
			return
		}
		u := e.Request.URL
		if !strings.HasPrefix(u, p.url+"/") && !strings.HasPrefix(u, "blob:"+p.url) && !strings.HasPrefix(u, "data:") && u != "about:blank" {
			p.mu.Lock()
			p.foreign = append(p.foreign, u)
			p.mu.Unlock()
		}
	})
	if err != nil {
		p.t.Fatal(err)
	}
	go func() {
		for m, err := range chromedp.Console(p.ctx) {
			if err != nil {
				return
			}
			p.mu.Lock()
			p.console = append(p.console, m.String())
			p.mu.Unlock()
		}
	}()
}

// checkQuiet fails the test if the page complained, broke its policy or asked
// another host.
func (p *page) checkQuiet() {
	broken, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]string]("window.__violations"))
	if err != nil {
		p.t.Errorf("the page cannot be asked any more: %v", err)
	}
	for _, v := range broken {
		p.t.Errorf("policy violation: %s", v)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, u := range p.foreign {
		p.t.Errorf("request to another host: %s", u)
	}
lines:
	for _, line := range p.console {
		for _, part := range p.expected {
			if strings.Contains(line, part) {
				continue lines
			}
		}
		p.t.Errorf("console: %s", line)
	}
}

func (p *page) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.t.Fatal(err)
	}
}

// eval returns the value of an expression of the page.
func eval[T any](p *page, expression string) T {
	p.t.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// run evaluates an expression for what it does.
func (p *page) run(expression string) { eval[any](p, "void ("+expression+")") }

// waitFor waits until an expression is true.
func (p *page) waitFor(what, expression string, limit time.Duration) {
	p.t.Helper()
	for end := time.Now().Add(limit); ; time.Sleep(30 * time.Millisecond) {
		if eval[bool](p, "!!("+expression+")") {
			return
		}
		if time.Now().After(end) {
			p.shot("timeout")
			p.t.Fatalf("no %s within %v: %s is false; the state is %+v", what, limit, expression,
				eval[map[string]any](p, "window.inkflow ? inkflow.state() : {boot: document.getElementById('boot-text').textContent}"))
		}
	}
}

// state is what window.inkflow.state() answers, as far as the tests use it.
// What is null there is 0 here.
type state struct {
	Generation     int     `json:"generation"`
	Step           int     `json:"step"`
	Particles      int     `json:"particles"`
	Points         int     `json:"points"`
	W2Draws        int     `json:"w2Draws"`
	FloorDraws     int     `json:"floorDraws"`
	NFE            int     `json:"nfe"`
	Frames         int     `json:"frames"`
	Parameters     int     `json:"parameters"`
	Loss           float64 `json:"loss"`
	W2             float64 `json:"w2"`
	Floor          float64 `json:"floor"`
	StepsPerSecond float64 `json:"stepsPerSecond"`
	Seconds        float64 `json:"seconds"`
	Time           float64 `json:"time"`
	FrameMs        float64 `json:"frameMs"`
	Status         string  `json:"status"`
	Message        string  `json:"message"`
	Preset         string  `json:"preset"`
	Solver         string  `json:"solver"`
	Training       bool    `json:"training"`
	Playing        bool    `json:"playing"`
}

func (p *page) state() state { p.t.Helper(); return eval[state](p, "inkflow.state()") }

// shot leaves a screenshot in build/e2e.
func (p *page) shot(name string) []byte {
	p.t.Helper()
	png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatal(err)
	}
	dir := filepath.Join(root(p.t), "build", "e2e")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		p.t.Fatal(err)
	}
	file := fmt.Sprintf("%s-%s.png", strings.ReplaceAll(p.t.Name(), "/", "-"), name)
	if err := os.WriteFile(filepath.Join(dir, file), png, 0o644); err != nil {
		p.t.Fatal(err)
	}
	return png
}
