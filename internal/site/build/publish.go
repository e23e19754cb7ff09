package build

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
)

// publish writes pages into the folder out and clears away what the last
// build left there.
func publish(out string, pages []page) ([]File, error) {
	old, err := lastBuild(out)
	if err != nil {
		return nil, err
	}
	packed, err := packAll(out, pages)
	if err != nil {
		return nil, err
	}
	files := make([]File, len(pages))
	keep := map[string]bool{}
	var last func() error
	for i, p := range pages {
		files[i] = File{Source: p.source, Name: p.name, Bytes: len(p.content), Gzip: len(packed[i])}
		keep[p.name] = true
		write := func() error { return writeBoth(out, p, packed[i]) }
		if p.source == index {
			last = write // it may only name files that are there
			continue
		}
		if err := write(); err != nil {
			return nil, err
		}
	}
	if err := last(); err != nil {
		return nil, err
	}
	for _, name := range old {
		if !keep[name] {
			os.Remove(filepath.Join(out, filepath.FromSlash(name+".gz"))) // first: it is found by the other
			os.Remove(filepath.Join(out, filepath.FromSlash(name)))
		}
	}
	return files, nil
}

// lastBuild finds the files that builds have left in out, but for index.html
// and the .gz beside each. A folder that holds something and no such file at
// its top is refused.
func lastBuild(out string) ([]string, error) {
	folder := os.DirFS(out)
	entries, err := fs.ReadDir(folder, ".")
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	atTop := false
	err = fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && name != "assets" && path.Dir(name) == ".":
			return fs.SkipDir // no build's, whatever it holds
		case !d.Type().IsRegular():
			return nil
		}
		own, err := namedByContent(folder, name)
		if own {
			names = append(names, name)
			atTop = atTop || path.Dir(name) == "."
		}
		return err
	})
	if err == nil && !atTop {
		err = fmt.Errorf("%s holds files that no build has written: choose an empty folder", out)
	}
	return names, err
}

// namedByContent reports whether a file has the name that hashedName gives to
// what it holds.
func namedByContent(folder fs.FS, name string) (bool, error) {
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	hash := path.Ext(stem)
	if len(hash) != len(".12345678") {
		return false, nil
	}
	content, err := fs.ReadFile(folder, name)
	return err == nil && hashedName(strings.TrimSuffix(stem, hash)+ext, content) == name, err
}

// packAll compresses the pages side by side; an entry is nil where that is
// not worth it.
func packAll(out string, pages []page) ([][]byte, error) {
	packed := make([][]byte, len(pages))
	errs := make([]error, len(pages))
	var wg sync.WaitGroup
	for i, p := range pages {
		switch path.Ext(p.source) {
		case ".html", ".css", ".js", ".mjs", ".wasm", ".json", ".webmanifest", ".svg", ".txt", ".ico", ".ttf", ".otf":
			wg.Go(func() { packed[i], errs[i] = pack(out, p) })
		}
	}
	wg.Wait()
	return packed, errors.Join(errs...)
}

// pack compresses one page, or takes the .gz of the last build where that
// still unpacks to the same bytes; nil where compression gains nothing.
func pack(out string, p page) ([]byte, error) {
	if before, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(p.name)+".gz")); err == nil {
		if r, err := gzip.NewReader(bytes.NewReader(before)); err == nil {
			if plain, err := io.ReadAll(io.LimitReader(r, int64(len(p.content))+1)); err == nil && bytes.Equal(plain, p.content) {
				return before, nil
			}
		}
	}
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(p.content); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	if b.Len() >= len(p.content) {
		return nil, nil
	}
	return b.Bytes(), nil
}

// writeBoth writes a page and its .gz, which must not outlive a page that has
// none.
func writeBoth(out string, p page, packed []byte) error {
	if err := write(out, p.name, p.content); err != nil {
		return err
	}
	if packed == nil {
		os.Remove(filepath.Join(out, filepath.FromSlash(p.name+".gz")))
		return nil
	}
	return write(out, p.name+".gz", packed)
}

// write puts content into place in one step: a reader sees the old file or
// the new one. A file that has this content already stays untouched.
func write(out, name string, content []byte) error {
	file := filepath.Join(out, filepath.FromSlash(name))
	if before, err := os.ReadFile(file); err == nil && bytes.Equal(before, content) {
		return nil
	}
	folder, base := filepath.Split(file)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	temp, err := os.CreateTemp(folder, "."+strings.TrimPrefix(base, ".")+".*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(content)
	if err = errors.Join(err, temp.Chmod(0o644), temp.Close()); err != nil {
		return err
	}
	return os.Rename(temp.Name(), file)
}
