package structure

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// policy is the content security policy of the page, directive by directive.
var policy = map[string]string{
	"default-src":  "'none'",
	"script-src":   "'self' 'wasm-unsafe-eval'",
	"style-src":    "'self'",
	"worker-src":   "'self'",
	"connect-src":  "'self'",
	"img-src":      "'self' blob: data:",
	"font-src":     "'self'",
	"media-src":    "'self' blob:",
	"manifest-src": "'self'",
	"base-uri":     "'none'",
	"form-action":  "'none'",
}

var policyTag = regexp.MustCompile(`(?s)<meta\s+http-equiv="Content-Security-Policy"\s+content="([^"]*)"`)

func TestPageHasItsPolicyBeforeItLoadsAnything(t *testing.T) {
	html := page(t)
	m := policyTag.FindStringSubmatchIndex(html)
	if m == nil {
		t.Fatal(`index.html has no <meta http-equiv="Content-Security-Policy" content="…">`)
	}
	got := map[string]string{}
	for directive := range strings.SplitSeq(html[m[2]:m[3]], ";") {
		if words := strings.Fields(directive); len(words) > 0 {
			got[words[0]] = strings.Join(words[1:], " ")
		}
	}
	if !maps.Equal(got, policy) {
		t.Errorf("the policy is\n%v\nwant\n%v", got, policy)
	}
	if first := regexp.MustCompile(`<(script|link|style|img|body)\b`).FindStringIndex(html); first != nil && first[0] < m[0] {
		t.Errorf("%s stands before the policy, which does not cover it", html[first[0]:first[1]])
	}
}

// A policy without 'unsafe-inline' ignores what is inline, silently.
func TestNothingIsInline(t *testing.T) {
	html := page(t)
	for what, pattern := range map[string]string{
		"a script without src": `<script(?:\s+(?:type|async|defer|crossorigin|integrity|id)(?:="[^"]*")?)*\s*>`,
		"a style element":      `<style\b`,
		"a style attribute":    `<[^>]*\sstyle=`,
		"an event attribute":   `<[^>]*\son[a-z]+=`,
		"a javascript address": `javascript:`,
	} {
		if found := regexp.MustCompile("(?i)" + pattern).FindString(html); found != "" {
			t.Errorf("index.html has %s: %s", what, found)
		}
	}
}

// namespaces are addresses that name a language and are never asked for.
var namespaces = []string{
	"http://www.w3.org/1999/xhtml", "http://www.w3.org/1999/xlink", "http://www.w3.org/2000/svg",
}

var foreign = regexp.MustCompile(`(?i)\b(?:https?|wss?|ftp)://[^\s"'` + "`" + `)<>]*|["'` + "`" + `(]//[a-z0-9][^\s"'` + "`" + `)<>]*`)

// The page sends nothing to any server and needs none but its own. A link to
// elsewhere would not load anything either; there is none, so that this test
// can be simple.
func TestNoOtherHostIsNamed(t *testing.T) {
	root := repository(t)
	files := []string{filepath.Join(root, "index.html")}
	err := filepath.WalkDir(filepath.Join(root, "assets"), func(file string, d fs.DirEntry, err error) error {
		switch filepath.Ext(file) {
		case ".html", ".css", ".js", ".mjs", ".svg", ".webmanifest", ".json":
			files = append(files, file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 4 {
		t.Errorf("only %v: where are the page's scripts and styles?", files)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range foreign.FindAll(content, -1) {
			if !slices.Contains(namespaces, string(found)) {
				t.Errorf("%s names another host: %s", file, found)
			}
		}
	}
}

func TestWhatCountsAsAnotherHost(t *testing.T) {
	for text, want := range map[string]bool{
		`fetch("https://example.org/x")`: true, `url(//cdn.example.org/f.woff)`: true, `"//cdn.example.org"`: true, `WSS://example.org`: true,
		`// a comment`: false, `"assets/js/boot.js"`: false, `xmlns="http://www.w3.org/2000/svg"`: true, `a = b //c`: false,
	} {
		if got := foreign.MatchString(text); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

// The script that starts a Go program belongs to the toolchain that built it.
func TestWasmExecIsTheToolchains(t *testing.T) {
	root := repository(t)
	goroot := strings.TrimSpace(golang(t, root, nil, "env", "GOROOT"))
	want, err := os.ReadFile(filepath.Join(goroot, "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(root, "wasm_exec.js"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("wasm_exec.js is not the one in %s: copy it from there", goroot)
	}
}

func page(t *testing.T) string {
	t.Helper()
	html, err := os.ReadFile(filepath.Join(repository(t), "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	return string(html)
}
