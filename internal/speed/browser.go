package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/chromedp/chromedp"

	"inkflow/internal/site/build"
	"inkflow/internal/site/serve"
)

// bench is the server and the browser of one run.
type bench struct {
	o      options
	server *http.Server
	url    string
	ctx    context.Context // of the tab
	cancel []context.CancelFunc
}

// startBench builds our half, fetches the peers, serves both and the product
// beside them, and starts Chromium.
func startBench(ctx context.Context, o options) (*bench, error) {
	work := filepath.Join(o.root, "build", "speed")
	if err := fetchPeers(ctx, filepath.Join(work, "npm")); err != nil {
		return nil, err
	}
	if err := compileTab(ctx, o.root, filepath.Join(work, "tab.wasm")); err != nil {
		return nil, err
	}
	site := filepath.Join(work, "site")
	if _, err := build.Build(ctx, build.Options{Root: o.root, Out: site}); err != nil {
		return nil, err
	}
	product, err := serve.Open(site)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/speed/", http.StripPrefix("/speed/", http.FileServer(http.Dir(filepath.Join(o.root, "internal", "speed", "page")))))
	mux.HandleFunc("/speed/tab.wasm", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/wasm")
		http.ServeFile(w, r, filepath.Join(work, "tab.wasm"))
	})
	mux.HandleFunc("/speed/wasm_exec.js", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFile(w, r, filepath.Join(o.root, "wasm_exec.js"))
	})
	for name, folder := range peerFolders {
		at := "/speed/peers/" + name + "/"
		files := http.FileServer(http.Dir(filepath.Join(work, "npm", "node_modules", filepath.FromSlash(folder))))
		mux.Handle(at, http.StripPrefix(at, files))
	}
	mux.Handle("/", product)

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	b := &bench{o: o, server: &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}, url: "http://" + listener.Addr().String()}
	go b.server.Serve(listener)
	if err := b.browser(ctx); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

// compileTab builds our half of the page as the product's programs are built.
func compileTab(ctx context.Context, root, out string) error {
	out, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", out, "./internal/speed/tab")
	cmd.Dir, cmd.Env = root, append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0", "GOEXPERIMENT=simd")
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building the tab's program: %w\n%s", err, said)
	}
	return nil
}

func (b *bench) browser(ctx context.Context) error {
	binary, err := exec.LookPath("chromium")
	if err != nil {
		return fmt.Errorf("the page is timed in Debian's chromium: %w", err)
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(binary), chromedp.NoSandbox,
		chromedp.Flag("headless", "new"),
		chromedp.Flag("disable-gpu", false),
		chromedp.Flag("use-angle", "swiftshader"),
		chromedp.Flag("enable-unsafe-swiftshader", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.WindowSize(1440, 900))
	tab, stop := chromedp.NewExecAllocator(ctx, opts...)
	b.cancel = append(b.cancel, stop)
	b.ctx, stop = chromedp.NewContext(tab)
	b.cancel = append(b.cancel, stop)
	return chromedp.Do(b.ctx, chromedp.Steps())
}

func (b *bench) close() {
	for i := len(b.cancel) - 1; i >= 0; i-- {
		b.cancel[i]()
	}
	b.server.Close()
}

// open goes to a page and waits until an expression is true there.
func (b *bench) open(path, ready string) error {
	if err := chromedp.Do(b.ctx, chromedp.Navigate(b.url+path)); err != nil {
		return err
	}
	return b.await(ready, time.Minute)
}

// await polls an expression. It asks rarely: every question costs the page time.
func (b *bench) await(condition string, limit time.Duration) error {
	deadline := time.Now().Add(limit)
	for {
		ok, err := evaluate[bool](b, "!!("+condition+")")
		if err != nil {
			return err
		}
		if ok {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("still not so after %v: %s", limit, condition)
		}
		select {
		case <-b.ctx.Done():
			return b.ctx.Err()
		case <-time.After(250 * time.Millisecond):
		}
	}
}

// evaluate runs an expression, which may be a promise, and decodes its JSON.
func evaluate[T any](b *bench, expression string) (T, error) {
	var v T
	text, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](
		"Promise.resolve("+expression+").then((v) => JSON.stringify(v ?? null))", chromedp.EvalAwaitPromise))
	if err != nil {
		return v, err
	}
	return v, json.Unmarshal([]byte(text), &v)
}

// peers runs the page of this folder.
func (b *bench) peers(ctx context.Context, r *report) error {
	if err := b.open("/speed/index.html", "window.speedReady && window.Go && window.tf && window.ort"); err != nil {
		return err
	}
	start := fmt.Sprintf("window.speed({count: %d, ms: %d})", b.o.rounds, b.o.turn.Milliseconds())
	if _, err := evaluate[any](b, start); err != nil {
		return err
	}
	said := ""
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(2 * time.Second):
		}
		state, err := evaluate[struct{ Progress, Error, Result string }](b,
			"({Progress: window.speedProgress, Error: window.speedError, Result: window.speedResult && JSON.stringify(window.speedResult)})")
		if err != nil {
			return err
		}
		if state.Error != "" {
			return errors.New("in the page: " + state.Error)
		}
		if state.Result != "" {
			var found struct {
				Raw      map[string][]float64
				Kernel   string
				Versions map[string]string
			}
			if err := json.Unmarshal([]byte(state.Result), &found); err != nil {
				return err
			}
			r.Machine.Kernel, r.Peers = found.Kernel, found.Versions
			for name, v := range found.Raw {
				r.Rounds[name] = v
			}
			return nil
		}
		if group := strings.SplitN(state.Progress, ", ", 2)[0]; group != said {
			fmt.Fprintln(os.Stderr, state.Progress)
			said = group
		}
	}
}
