package build

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
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

// listName is the file that lists what a build has written; it marks a folder
// as one that may be rebuilt.
const listName = "sizes.json"

// publish writes pages into the folder out and clears away what the last
// build left there.
func publish(out string, pages []page) ([]File, error) {
	old, err := lastList(out)
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
		keep[p.name+".gz"] = packed[i] != nil
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
	for _, f := range old {
		for _, name := range []string{f.Name, f.Name + ".gz"} {
			// The list is a file like any other: it removes nothing outside.
			if !keep[name] && filepath.IsLocal(name) {
				os.Remove(filepath.Join(out, filepath.FromSlash(name)))
			}
		}
	}
	list, err := json.MarshalIndent(map[string][]File{"files": files}, "", " ")
	if err != nil {
		return nil, err
	}
	return files, write(out, listName, append(list, '\n'))
}

// lastList reads the list of the build that out holds now. A folder that holds
// something else is refused.
func lastList(out string) ([]File, error) {
	data, err := os.ReadFile(filepath.Join(out, listName))
	if errors.Is(err, fs.ErrNotExist) {
		if entries, err := os.ReadDir(out); err == nil && len(entries) > 0 {
			return nil, fmt.Errorf("%s holds files that no build has written (there is no %s in it): choose an empty folder", out, listName)
		}
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list struct{ Files []File }
	if err := json.Unmarshal(data, &list); err != nil {
		return nil, fmt.Errorf("%s: %w: remove the folder and build again", filepath.Join(out, listName), err)
	}
	return list.Files, nil
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

func writeBoth(out string, p page, packed []byte) error {
	if err := write(out, p.name, p.content); err != nil {
		return err
	}
	if packed == nil {
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
