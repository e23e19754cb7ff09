package serve

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// site is a folder with one file of each kind that matters, and a secret file
// beside it.
func site(t *testing.T) *Handler {
	t.Helper()
	top := t.TempDir()
	for name, content := range map[string]string{
		"secret.txt":                      "secret",
		"dist/index.html":                 "<!doctype html>",
		"dist/app.0123abcd.wasm":          "\x00asm plain",
		"dist/app.0123abcd.wasm.gz":       "\x1f\x8b gz",
		"dist/app.0123abcd.wasm.br":       "brotli",
		"dist/assets/boot.js":             "boot",
		"dist/assets/boot.js.gz":          "\x1f\x8b boot",
		"dist/assets/style.css":           "css",
		"dist/manifest.webmanifest":       "{}",
		"dist/assets/logo.svg":            "<svg/>",
		"dist/assets/unknown.kind":        "?",
		"dist/.hidden":                    "hidden",
		"dist/assets/.git/config":         "hidden",
		"dist/assets/.hidden.js":          "hidden",
		"dist/docs/index.html":            "docs",
		"dist/empty/other.txt":            "no index here",
		"dist/assets/weights.safetensors": "w",
	} {
		path := filepath.Join(top, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(top, "secret.txt"), filepath.Join(top, "dist/link.txt")); err != nil {
		t.Fatal(err)
	}
	h, err := Open(filepath.Join(top, "dist"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	return h
}

func get(h http.Handler, method, path string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://host/", nil)
	r.URL.Path = path // as a client that does not clean it would send it
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestFilesHaveTheirTypesAndLifetimes(t *testing.T) {
	h := site(t)
	const forever, ask = "public, max-age=31536000, immutable", "no-cache"
	for _, row := range []struct{ path, body, kind, cache string }{
		{"/", "<!doctype html>", "text/html; charset=utf-8", ask},
		{"/index.html", "<!doctype html>", "text/html; charset=utf-8", ask},
		{"/docs/", "docs", "text/html; charset=utf-8", ask},
		{"/app.0123abcd.wasm", "\x00asm plain", "application/wasm", forever},
		{"/assets/boot.js", "boot", "text/javascript; charset=utf-8", ask},
		{"/assets/style.css", "css", "text/css; charset=utf-8", ask},
		{"/assets/logo.svg", "<svg/>", "image/svg+xml", ask},
		{"/manifest.webmanifest", "{}", "application/manifest+json", ask},
		{"/assets/unknown.kind", "?", "application/octet-stream", ask},
		{"/assets/weights.safetensors", "w", "application/octet-stream", ask},
	} {
		w := get(h, "GET", row.path)
		if w.Code != 200 || w.Body.String() != row.body {
			t.Errorf("%s: %d %q, want 200 %q", row.path, w.Code, w.Body, row.body)
		}
		for key, want := range map[string]string{
			"Content-Type": row.kind, "Cache-Control": row.cache,
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"X-Frame-Options": "", "Content-Encoding": "",
		} {
			if got := w.Header().Get(key); got != want {
				t.Errorf("%s: %s is %q, want %q", row.path, key, got, want)
			}
		}
	}
}

func TestNothingElseIsReached(t *testing.T) {
	h := site(t)
	for _, path := range []string{
		"/../secret.txt", "/assets/../../secret.txt", "/..", "/.", "/./index.html", "//index.html",
		"/assets//boot.js", "/.hidden", "/assets/.git/config", "/assets/.hidden.js", "/..\\secret.txt",
		"/assets\\boot.js", "/index.html\x00.js", "/C:/secret.txt", "/link.txt", "/no/such", "/empty/",
		"", "/index.html/", "/index.html/more",
	} {
		if w := get(h, "GET", path); w.Code != 404 {
			t.Errorf("%q: %d %q, want 404", path, w.Code, w.Body)
		}
	}
	w := get(h, "GET", "/docs")
	if w.Code != 301 || w.Header().Get("Location") != "docs/" {
		t.Errorf("a folder without its slash: %d to %q, want 301 to docs/", w.Code, w.Header().Get("Location"))
	}
	w = get(h, "POST", "/")
	if w.Code != 405 || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d, Allow %q", w.Code, w.Header().Get("Allow"))
	}
	if w := get(h, "HEAD", "/"); w.Code != 200 || w.Body.Len() != 0 || w.Header().Get("Content-Length") != "15" {
		t.Errorf("HEAD: %d, %d bytes, length %q", w.Code, w.Body.Len(), w.Header().Get("Content-Length"))
	}
}

func TestCompressedFilesGoToThoseWhoTakeThem(t *testing.T) {
	h := site(t)
	for _, row := range []struct{ path, accept, encoding, body string }{
		{"/app.0123abcd.wasm", "gzip, deflate, br", "br", "brotli"},
		{"/app.0123abcd.wasm", "gzip", "gzip", "\x1f\x8b gz"},
		{"/app.0123abcd.wasm", "br;q=0, gzip", "gzip", "\x1f\x8b gz"},
		{"/app.0123abcd.wasm", "*", "br", "brotli"},
		{"/app.0123abcd.wasm", "identity, *;q=0", "", "\x00asm plain"},
		{"/app.0123abcd.wasm", "", "", "\x00asm plain"},
		{"/assets/boot.js", "br, GZip ; q=0.5", "gzip", "\x1f\x8b boot"},
		{"/assets/boot.js", "gzip;q=nonsense", "", "boot"},
		{"/assets/style.css", "gzip, br", "", "css"},
	} {
		w := get(h, "GET", row.path, "Accept-Encoding", row.accept)
		if got := w.Header().Get("Content-Encoding"); w.Code != 200 || got != row.encoding || w.Body.String() != row.body {
			t.Errorf("%s for %q: %d, %q, %q", row.path, row.accept, w.Code, got, w.Body)
		}
		wantVary := "Accept-Encoding"
		if strings.HasSuffix(row.path, ".css") {
			wantVary = ""
		}
		if got := w.Header().Get("Vary"); got != wantVary {
			t.Errorf("%s for %q: Vary %q, want %q", row.path, row.accept, got, wantVary)
		}
	}
	wasm := get(h, "GET", "/app.0123abcd.wasm", "Accept-Encoding", "gzip").Header()
	if wasm.Get("Content-Type") != "application/wasm" || wasm.Get("Content-Length") != "5" {
		t.Errorf("compressed wasm: type %q, length %q", wasm.Get("Content-Type"), wasm.Get("Content-Length"))
	}
}

func TestTagsFollowTheContent(t *testing.T) {
	h := site(t)
	tag := get(h, "GET", "/index.html").Header().Get("ETag")
	w := get(h, "GET", "/index.html", "If-None-Match", tag)
	if w.Code != 304 || w.Body.Len() != 0 {
		t.Errorf("same tag: %d with %d bytes, want 304", w.Code, w.Body.Len())
	}
	plain := get(h, "GET", "/assets/boot.js").Header().Get("ETag")
	packed := get(h, "GET", "/assets/boot.js", "Accept-Encoding", "gzip").Header().Get("ETag")
	if plain == packed {
		t.Error("the plain and the compressed file share a tag")
	}
	path := filepath.Join(h.root.Name(), "index.html")
	if err := os.WriteFile(path, []byte("<!doctype html> new"), 0o644); err != nil {
		t.Fatal(err)
	}
	w = get(h, "GET", "/index.html", "If-None-Match", tag)
	if w.Code != 200 || w.Header().Get("ETag") == tag {
		t.Errorf("after a change: %d with the tag %s, want 200 and another tag", w.Code, w.Header().Get("ETag"))
	}
	part := get(h, "GET", "/index.html", "Range", "bytes=0-8")
	if part.Code != 206 || part.Body.String() != "<!doctype" {
		t.Errorf("a range: %d %q", part.Code, part.Body)
	}
}

func TestOpenWantsAPage(t *testing.T) {
	if _, err := Open(t.TempDir()); !os.IsNotExist(err) {
		t.Errorf("a folder without index.html: %v", err)
	}
	if _, err := Open(filepath.Join(t.TempDir(), "nowhere")); !os.IsNotExist(err) {
		t.Errorf("no folder: %v", err)
	}
}

func TestRunAnswersUntilItIsToldToStop(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- Run(ctx, l, site(t)) }()
	resp, err := http.Get("http://" + l.Addr().String() + "/")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != 200 {
		t.Errorf("status %d", resp.StatusCode)
	}
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("a clean stop gives %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it does not stop")
	}
	closed, _ := net.Listen("tcp", "127.0.0.1:0")
	closed.Close()
	if err := Run(context.Background(), closed, site(t)); err == nil {
		t.Error("a closed listener gives no error")
	}
}
