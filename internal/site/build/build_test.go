package build

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha512"
	"encoding/base64"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// tree is a small site in which every way of referring to a file occurs.
var tree = map[string]string{
	"index.html": `<!doctype html>
<html data-app-bytes="0" data-worker-bytes="7">
<link rel="stylesheet" href="assets/css/style.css">
<link rel="manifest" href="assets/app.webmanifest">
<link rel="preload" as="fetch" href="app.wasm">
<script src="wasm_exec.js"></script>
<script src="assets/js/boot.js" type="module"></script>
<p title="see assets notes">style.css stays a word, "index.html" keeps its name.</p>`,
	"wasm_exec.js":             `globalThis.Go = class {};`,
	"app.wasm":                 strings.Repeat("\x00asm page ", 50),
	"worker.wasm":              "\x00asm",
	"worker-scalar.wasm":       "\x00asm slow",
	"assets/css/style.css":     `@font-face{src:url(../fonts/inter.woff2)} body{background:url("../img/ink.svg#dot")} a{background:url(data:image/png;base64,AA)}`,
	"assets/fonts/inter.woff2": "font",
	"assets/img/ink.svg":       `<svg xmlns="http://www.w3.org/2000/svg"/>`,
	"assets/app.webmanifest":   `{"icons":[{"src":"img/ink.svg"},{"src":"assets/img/ink.svg"}],"start_url":"../index.html"}`,
	"assets/js/boot.js": `import { probe } from "./probe.js";
const w = new Worker(new URL('assets/js/worker.js', document.baseURI));
const app = fetch(new URL("app.wasm?try=1", document.baseURI)), call = f(app.wasm), n = "1.5";`,
	"assets/js/probe.js":  "export const probe = 1;",
	"assets/js/worker.js": "importScripts(new URL(`wasm_exec.js`, root)); fetch('worker.wasm');",
}

func sources(changes map[string]string) map[string][]byte {
	m := map[string][]byte{}
	for name, content := range tree {
		m[name] = []byte(content)
	}
	for name, content := range changes {
		m[name] = []byte(content)
	}
	return m
}

func mustLink(t *testing.T, sources map[string][]byte) map[string]page {
	t.Helper()
	pages, err := link(sources)
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]page{}
	for _, p := range pages {
		m[p.source] = p
	}
	return m
}

func TestEveryReferenceLeadsToItsFile(t *testing.T) {
	p := mustLink(t, sources(nil))
	base := func(source string) string { return filepath.Base(p[source].name) }
	for _, row := range []struct{ in, want string }{
		{index, `href="` + p["assets/css/style.css"].name + `"`},
		{index, `href="` + p["app.wasm"].name + `"`},
		{index, `src="` + p["wasm_exec.js"].name + `"`},
		{index, `"index.html" keeps`},
		{index, `<html data-app-bytes="500" data-worker-bytes="4">`},
		{index, `style.css stays a word`},
		{"assets/css/style.css", `url(../fonts/` + base("assets/fonts/inter.woff2") + `)`},
		{"assets/css/style.css", `url("../img/` + base("assets/img/ink.svg") + `#dot")`},
		{"assets/css/style.css", `url(data:image/png;base64,AA)`},
		{"assets/app.webmanifest", `[{"src":"./img/` + base("assets/img/ink.svg") + `"},{"src":"./img/` + base("assets/img/ink.svg") + `"}]`},
		{"assets/app.webmanifest", `"start_url":"../index.html"`},
		{"assets/js/boot.js", `from "./` + base("assets/js/probe.js") + `"`},
		{"assets/js/boot.js", `URL('` + p["assets/js/worker.js"].name + `'`},
		{"assets/js/boot.js", `"` + p["app.wasm"].name + `?try=1"`},
		{"assets/js/boot.js", `f(app.wasm), n = "1.5"`},
		{"assets/js/worker.js", "`" + p["wasm_exec.js"].name + "`"},
		{"assets/js/worker.js", `'` + p["worker.wasm"].name + `'`},
	} {
		if !strings.Contains(string(p[row.in].content), row.want) {
			t.Errorf("%s lacks %s:\n%s", row.in, row.want, p[row.in].content)
		}
	}
	hashed := regexp.MustCompile(`\.[0-9a-f]{8}\.[a-z0-9]+$`)
	for source, page := range p {
		if hashed.MatchString(page.name) == (source == index) {
			t.Errorf("%s is published as %s", source, page.name)
		}
	}
}

func TestScriptsAndStylesCarryTheirDigest(t *testing.T) {
	p := mustLink(t, sources(nil))
	for _, source := range []string{"wasm_exec.js", "assets/js/boot.js", "assets/css/style.css"} {
		sum := sha512.Sum384(p[source].content)
		want := `="` + p[source].name + `" integrity="sha384-` + base64.StdEncoding.EncodeToString(sum[:]) + `"`
		if !strings.Contains(string(p[index].content), want) {
			t.Errorf("index.html lacks %s:\n%s", want, p[index].content)
		}
	}
	if n := strings.Count(string(p[index].content), "integrity="); n != 3 {
		t.Errorf("%d digests, want 3: a preload or a manifest takes none", n)
	}
}

// A changed leaf must change the name of everything on the way to it, and of
// nothing else.
func TestNamesFollowTheContent(t *testing.T) {
	before := mustLink(t, sources(nil))
	after := mustLink(t, sources(map[string]string{"worker.wasm": "\x00asm new"}))
	changed := map[string]bool{"worker.wasm": true, "assets/js/worker.js": true, "assets/js/boot.js": true}
	for source := range before {
		if got := before[source].name != after[source].name; got != changed[source] {
			t.Errorf("%s: its name has changed: %v, want %v", source, got, changed[source])
		}
	}
}

func TestBrokenReferencesEndTheBuild(t *testing.T) {
	for _, row := range []struct{ file, content, want string }{
		{index, `<img src="assets/img/none.png">`, "index.html refers to assets/img/none.png"},
		{index, `<html data-none-bytes="0">`, "size of none.wasm"},
		{"assets/css/style.css", `a{background:url(../img/none.png)}`, "assets/css/style.css refers to ../img/none.png"},
		{"assets/js/boot.js", `import "./none.js"`, "assets/js/boot.js refers to ./none.js"},
		{"assets/js/worker.js", `"assets/js/boot.js"`, "circle"},
	} {
		_, err := link(sources(map[string]string{row.file: row.content}))
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s with %s: %v, want %q", row.file, row.content, err, row.want)
		}
	}
}

func TestPublishReplacesOnlyWhatItWrote(t *testing.T) {
	out := filepath.Join(t.TempDir(), "dist")
	pages, err := link(sources(nil))
	if err != nil {
		t.Fatal(err)
	}
	files, err := publish(out, pages)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range files {
		got, err := os.ReadFile(filepath.Join(out, f.Name))
		if err != nil || !bytes.Equal(got, pages[i].content) || f.Bytes != len(got) {
			t.Errorf("%s: %v, %d bytes", f.Name, err, len(got))
		}
		if f.Gzip > 0 && !bytes.Equal(unpack(t, filepath.Join(out, f.Name+".gz")), got) {
			t.Errorf("%s.gz holds something else", f.Name)
		}
	}
	byName := func(files []File, source string) File {
		for _, f := range files {
			if f.Source == source {
				return f
			}
		}
		t.Fatalf("%s is not listed", source)
		return File{}
	}
	page := byName(files, "app.wasm")
	if page.Gzip == 0 || page.Gzip >= page.Bytes || byName(files, "worker.wasm").Gzip != 0 {
		t.Error("what shrinks must have a .gz, what does not must have none")
	}

	published := map[string]bool{}
	for _, f := range files {
		published[f.Name] = true
		if f.Gzip > 0 {
			published[f.Name+".gz"] = true
		}
	}
	err = fs.WalkDir(os.DirFS(out), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !published[name] {
			t.Errorf("%s is in the folder and no part of the page", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}

	// What is not the build's stays, even under a name like those it gives.
	for _, name := range []string{"mine.txt", "mine.12345678.txt", "assets/mine.css"} {
		if err := os.WriteFile(filepath.Join(out, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	// A .gz that somebody spoilt is made again, not kept for its name.
	if err := os.WriteFile(filepath.Join(out, page.Name+".gz"), []byte("spoilt"), 0o644); err != nil {
		t.Fatal(err)
	}
	style := byName(files, "assets/css/style.css").Name
	pages, err = link(sources(map[string]string{"worker.wasm": "\x00asm new", "assets/css/style.css": strings.Repeat("a{}", 90)}))
	if err != nil {
		t.Fatal(err)
	}
	again, err := publish(out, pages)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(unpack(t, filepath.Join(out, page.Name+".gz")), []byte(tree["app.wasm"])) {
		t.Error("the spoilt .gz is still there")
	}
	for _, name := range []string{byName(files, "worker.wasm").Name, style} {
		if _, err := os.Stat(filepath.Join(out, name)); !os.IsNotExist(err) {
			t.Errorf("the old %s is still there: %v", name, err)
		}
	}
	for _, name := range []string{"mine.txt", "mine.12345678.txt", "assets/mine.css", byName(again, "worker.wasm").Name, page.Name} {
		if _, err := os.Stat(filepath.Join(out, name)); err != nil {
			t.Error(err)
		}
	}
}

func TestPublishRefusesAFolderInUse(t *testing.T) {
	out := t.TempDir()
	if err := os.WriteFile(filepath.Join(out, "thesis.tex"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	pages, err := link(sources(nil))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := publish(out, pages); err == nil || !strings.Contains(err.Error(), "choose an empty folder") {
		t.Errorf("a folder with other files: %v", err)
	}
	// A build deeper down is somebody's, and not of this folder.
	if _, err := publish(filepath.Join(out, "dist"), pages); err != nil {
		t.Fatal(err)
	}
	if _, err := publish(out, pages); err == nil || !strings.Contains(err.Error(), "choose an empty folder") {
		t.Errorf("a folder with a build in it: %v", err)
	}
}

// The .gz of a file goes with it.
func TestPublishClearsCompressedFiles(t *testing.T) {
	out := t.TempDir()
	var files []File
	for _, letter := range []string{"a", "b"} {
		pages, err := link(sources(map[string]string{"app.wasm": strings.Repeat(letter, 900)}))
		if err != nil {
			t.Fatal(err)
		}
		if files, err = publish(out, pages); err != nil {
			t.Fatal(err)
		}
	}
	found, err := filepath.Glob(filepath.Join(out, "app.*"))
	if err != nil || len(found) != 2 {
		t.Errorf("%v, %v; want one program and its .gz, as in %v", found, err, files)
	}
}

// The whole of it, on a module of two programs of a line or two.
func TestBuild(t *testing.T) {
	root := t.TempDir()
	files := map[string]string{
		"go.mod":                 "module tiny\n\ngo 1.24\n",
		"wasm/app/main.go":       "package main\n\nfunc main() { println(\"app\") }\n",
		"wasm/app/vectors.go":    "//go:build goexperiment.simd\n\npackage main\n\nfunc init() { println(\"with vectors\") }\n",
		"wasm/worker/main.go":    "package main\n\nfunc main() { println(\"worker\") }\n",
		"wasm/worker/vectors.go": "//go:build goexperiment.simd\n\npackage main\n\nfunc init() { println(\"with vectors\") }\n",
		"assets/notes.md":        "not published",
		"assets/embed.go":        "package assets\n",
		"assets/.hidden":         "not published",
		"assets/.cache/thing.js": "not published",
	}
	for name, content := range tree {
		if !strings.HasSuffix(name, ".wasm") {
			files[name] = content
		}
	}
	put := func(name, content string) {
		t.Helper()
		file := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range files {
		put(name, content)
	}
	o := Options{Root: root, Out: filepath.Join(root, "dist")}
	built, err := Build(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if len(built) != len(tree) {
		t.Errorf("%d files, want %d: %v", len(built), len(tree), built)
	}
	for _, f := range built {
		if strings.HasSuffix(f.Source, ".wasm") {
			content, err := os.ReadFile(filepath.Join(o.Out, f.Name))
			if err != nil || !bytes.HasPrefix(content, []byte("\x00asm")) {
				t.Errorf("%s is no WebAssembly: %v", f.Name, err)
			}
			if got := bytes.Contains(content, []byte("with vectors")); got != (f.Source == "worker.wasm") {
				t.Errorf("%s is compiled for vectors: %v", f.Source, got)
			}
		}
	}

	put("wasm/app/main.go", "package main\n\nfunc main() { undefined() }\n")
	if _, err := Build(context.Background(), o); err == nil || !strings.Contains(err.Error(), "undefined: undefined") {
		t.Errorf("a program that does not compile: %v", err)
	}
	for _, missing := range []string{index, "assets"} {
		if err := os.RemoveAll(filepath.Join(root, missing)); err != nil {
			t.Fatal(err)
		}
		if _, err := Build(context.Background(), o); err == nil || !strings.Contains(err.Error(), missing) {
			t.Errorf("without %s: %v", missing, err)
		}
		put(index, tree[index])
	}
}

func TestExperimentsTurnVectorsOnAndOff(t *testing.T) {
	for _, row := range []struct{ value, on, off string }{
		{"", "simd", "nosimd"},
		{"simd", "simd", "nosimd"},
		{"nosimd", "simd", "nosimd"},
		{"jsonv2,simd", "jsonv2,simd", "jsonv2,nosimd"},
		{"jsonv2", "jsonv2,simd", "jsonv2,nosimd"},
	} {
		t.Setenv("GOEXPERIMENT", row.value)
		if on, off := experiments(true), experiments(false); on != row.on || off != row.off {
			t.Errorf("GOEXPERIMENT=%s becomes %s and %s, want %s and %s", row.value, on, off, row.on, row.off)
		}
	}
}

func unpack(t *testing.T, file string) []byte {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
