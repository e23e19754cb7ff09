package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"
)

func main() {
	var o options
	flag.StringVar(&o.root, "root", ".", "the repository's top `folder`")
	flag.StringVar(&o.out, "out", "bench-speed.json", "the `file` for the figures, raw rounds included")
	flag.IntVar(&o.rounds, "rounds", 7, "alternating `rounds`")
	flag.DurationVar(&o.turn, "turn", 700*time.Millisecond, "how long a turn lasts")
	flag.BoolVar(&o.page, "page", true, "time a page in Chromium that holds us and the peers")
	flag.BoolVar(&o.product, "product", true, "time the product's own page")
	flag.BoolVar(&o.native, "native", true, "time the native kernels, and gonum")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "speed:", err)
		os.Exit(1)
	}
}

type options struct {
	root, out             string
	rounds                int
	turn                  time.Duration
	page, product, native bool
}

func run(ctx context.Context, o options) error {
	r := newReport(o)
	r.Machine.Before = load()
	if o.page || o.product {
		if err := browse(ctx, r, o); err != nil {
			return err
		}
	}
	if o.native {
		if err := native(r, o); err != nil {
			return err
		}
	}
	r.Machine.After = load()
	r.conclude()
	if err := r.write(o.out); err != nil {
		return err
	}
	r.print(os.Stdout)
	return nil
}

func browse(ctx context.Context, r *report, o options) error {
	b, err := startBench(ctx, o)
	if err != nil {
		return err
	}
	defer b.close()
	if o.page {
		if err := b.peers(ctx, r); err != nil {
			return err
		}
	}
	if o.product {
		return b.product(ctx, r)
	}
	return nil
}
