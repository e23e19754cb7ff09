package build

import (
	"context"
	"os"
	"path/filepath"
)

// Options says where to build from and to.
type Options struct {
	Root string // the repository's top folder
	Out  string // the folder to fill; made where it is missing
	Work string // where the linked programs are kept between builds; Root/build/wasm where empty
}

// A File is one published file.
type File struct {
	Source string // its path before hashing, relative to the site's root
	Name   string // its path in the built folder
	Bytes  int    // its length
	Gzip   int    // length of the .gz beside it; 0 where there is none
}

// Build makes the site and returns its files, sorted by source.
func Build(ctx context.Context, o Options) ([]File, error) {
	if o.Work == "" {
		o.Work = filepath.Join(o.Root, "build", "wasm")
	}
	if err := os.MkdirAll(o.Work, 0o755); err != nil {
		return nil, err
	}
	sources, err := collect(o.Root)
	if err != nil {
		return nil, err
	}
	programs, err := compile(ctx, o.Root, o.Work)
	if err != nil {
		return nil, err
	}
	for name, content := range programs {
		sources[name] = content
	}
	pages, err := link(sources)
	if err != nil {
		return nil, err
	}
	return publish(o.Out, pages)
}
