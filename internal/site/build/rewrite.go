package build

import (
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// reference matches a quoted path, or one in url(…), that ends in an
// extension; what may follow it inside the quotes is a query or a fragment.
var reference = regexp.MustCompile("([\"'`(])((?:[A-Za-z0-9_@.~-]+/)*[A-Za-z0-9_@.~-]*\\.[A-Za-z0-9]+)([\"'`)?#])")

// resolver gives the published path of a source path.
type resolver func(source string) (name string, ok bool, err error)

// rewrite replaces the references in a text file by published paths; the
// content of other files is returned as it is.
func rewrite(source string, content []byte, resolve resolver) ([]byte, error) {
	switch path.Ext(source) {
	case ".html", ".css", ".js", ".mjs", ".webmanifest", ".svg":
	default:
		return content, nil
	}
	var out []byte
	at := 0
	for _, m := range reference.FindAllSubmatchIndex(content, -1) {
		if content[m[2]] == '(' && path.Ext(source) != ".css" {
			continue // a call in a script, not url(…)
		}
		written := string(content[m[4]:m[5]])
		published, err := redirect(source, written, resolve)
		if err != nil {
			return nil, err
		}
		out = append(out, content[at:m[4]]...)
		out = append(out, published...)
		at = m[5]
	}
	return append(out, content[at:]...), nil
}

// redirect returns what to write in source in place of the reference written
// there: itself, where it names nothing of ours.
func redirect(source, written string, resolve resolver) (string, error) {
	folder := path.Dir(source)
	dotted := strings.HasPrefix(written, "./") || strings.HasPrefix(written, "../")
	fromRoot := source == index || script(source) && !dotted

	var name string
	var ok bool
	var err error
	if !fromRoot {
		name, ok, err = resolve(path.Join(folder, written))
	}
	if err == nil && !ok {
		// In a style sheet a path from the root is wrong, and meant well.
		name, ok, err = resolve(path.Clean(written))
	}
	switch {
	case err != nil:
		return "", err
	case !ok && (dotted || strings.HasPrefix(written, "assets/")):
		return "", fmt.Errorf("%s refers to %s, and there is no such file", source, written)
	case !ok:
		return written, nil
	case fromRoot:
		return name, nil
	}
	return relative(folder, name)
}

func script(source string) bool {
	ext := path.Ext(source)
	return ext == ".js" || ext == ".mjs"
}

// relative is the path from folder to the file name; it begins with a dot, as
// an import in a script must.
func relative(folder, name string) (string, error) {
	rel, err := filepath.Rel(filepath.FromSlash(folder), filepath.FromSlash(name))
	if err != nil {
		return "", err
	}
	if rel = filepath.ToSlash(rel); !strings.HasPrefix(rel, "../") {
		rel = "./" + rel
	}
	return rel, nil
}
