package build

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// A page is one file as it is published.
type page struct {
	source  string // path before hashing
	name    string // path after hashing
	content []byte // references rewritten
}

// linker names files by their final content, which for a text file is known
// only once the files it refers to are named.
type linker struct {
	sources map[string][]byte
	done    map[string]page
	way     []string // the files being linked now, each referring to the next
}

// link rewrites and names every source; the result is sorted by source.
func link(sources map[string][]byte) ([]page, error) {
	l := linker{sources: sources, done: map[string]page{}}
	names := slices.Sorted(maps.Keys(sources))
	pages := make([]page, 0, len(names))
	for _, source := range names {
		p, err := l.page(source)
		if err != nil {
			return nil, err
		}
		pages = append(pages, p)
	}
	return pages, nil
}

// page links source and, before it, all that it refers to.
func (l *linker) page(source string) (page, error) {
	if p, ok := l.done[source]; ok {
		return p, nil
	}
	if slices.Contains(l.way, source) {
		return page{}, fmt.Errorf("these files refer to each other in a circle, so none can be named by its content: %s → %s",
			strings.Join(l.way, " → "), source)
	}
	l.way = append(l.way, source)
	content, err := rewrite(source, l.sources[source], l.resolve)
	if err != nil {
		return page{}, err
	}
	l.way = l.way[:len(l.way)-1]
	p := page{source: source, name: hashedName(source, content), content: content}
	if source == index {
		p.name = index
		if p.content, err = l.addSizes(l.addIntegrity(content)); err != nil {
			return page{}, err
		}
	}
	l.done[source] = p
	return p, nil
}

// resolve gives the published path of a source; ok is false where there is no
// such source.
func (l *linker) resolve(source string) (name string, ok bool, err error) {
	if _, ok := l.sources[source]; !ok {
		return "", false, nil
	}
	if source == index {
		return index, true, nil // keeps its name, so nothing waits for it
	}
	p, err := l.page(source)
	return p.name, true, err
}

// hashedName puts the first 8 digits of the content's SHA-256 before the
// extension.
func hashedName(source string, content []byte) string {
	sum := sha256.Sum256(content)
	ext := path.Ext(source)
	return strings.TrimSuffix(source, ext) + "." + hex.EncodeToString(sum[:4]) + ext
}
