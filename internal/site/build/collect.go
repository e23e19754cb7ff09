package build

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// index is the one file that keeps its name: it is what the address names.
const index = "index.html"

// collect reads the files that are published as they are or with rewritten
// references: index.html, wasm_exec.js and all of assets/ but Go code, notes
// and hidden files. Keys are slash-separated paths below root.
func collect(root string) (map[string][]byte, error) {
	sources := map[string][]byte{}
	for _, name := range []string{index, "wasm_exec.js"} {
		content, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return nil, fmt.Errorf("the page is not complete: %w", err)
		}
		sources[name] = content
	}
	err := filepath.WalkDir(filepath.Join(root, "assets"), func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		hidden := strings.HasPrefix(d.Name(), ".")
		if d.IsDir() {
			if hidden {
				return fs.SkipDir
			}
			return nil
		}
		switch ext := path.Ext(d.Name()); {
		case hidden, ext == ".go", ext == ".md", !d.Type().IsRegular():
			return nil
		}
		name, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		sources[filepath.ToSlash(name)], err = os.ReadFile(file)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("the page is not complete: %w", err)
	}
	return sources, nil
}
