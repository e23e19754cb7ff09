// Command mksite builds the page into a folder that any static host can serve.
// It is run from the repository's top folder, by make.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"

	"inkflow/internal/site/build"
)

func main() {
	root := flag.String("root", ".", "the repository's top `folder`")
	out := flag.String("out", "dist", "the `folder` to build into")
	sizes := flag.Bool("sizes", false, "list what was written, with sizes")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	files, err := build.Build(ctx, build.Options{Root: *root, Out: *out})
	if err != nil {
		fmt.Fprintln(os.Stderr, "mksite:", err)
		os.Exit(1)
	}
	if !*sizes {
		return
	}
	fmt.Printf("%10s %10s  %s\n", "bytes", "gzip", *out)
	for _, f := range files {
		fmt.Printf("%10d %10d  %s\n", f.Bytes, f.Gzip, f.Name)
	}
}
