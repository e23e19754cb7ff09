// Command inkflow serves the page, trains networks, draws samples from them
// and measures them. See "inkflow --help".
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"inkflow/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C does not ask
	code := cli.Run(ctx, os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
	os.Exit(code)
}
