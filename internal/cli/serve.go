package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"strconv"
	"syscall"

	"github.com/spf13/cobra"

	"inkflow/internal/site/serve"
)

func newServe(s Streams) *cobra.Command {
	var addr string
	cmd := &cobra.Command{
		Use:   "serve [DIR]",
		Short: "Serve the built page to a browser",
		Long: `serve hands the files of DIR (dist, where none is named) to a browser on this
machine, until Ctrl-C. "make site" builds them.`,
		Example: `  inkflow serve
  inkflow serve --addr 0.0.0.0:9000 dist`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("serve takes one folder, and %d were named", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := "dist"
			if len(args) == 1 {
				dir = args[0]
			}
			return runServe(cmd.Context(), s, addr, dir)
		},
	}
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "`host:port` to listen on; port 0 is any free one")
	return cmd
}

func runServe(ctx context.Context, s Streams, addr, dir string) error {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return usagef("--addr is %q: it must be host:port, 127.0.0.1:8080 for example", addr)
	}
	if _, err := net.LookupPort("tcp", port); err != nil {
		return usagef("--addr is %q: its port must be a number from 0 to 65535, 127.0.0.1:8080 for example", addr)
	}
	handler, err := serve.Open(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no page in %s: build it with \"make site\", or name the folder that holds its index.html", dir)
	}
	if err != nil {
		return err
	}
	defer handler.Close()
	l, err := net.Listen("tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("%s is in use by another program: choose another port, --addr %s for example", addr, net.JoinHostPort(host, portAfter(port)))
	}
	var op *net.OpError
	if errors.As(err, &op) {
		err = op.Err // without "listen tcp" and the address once more
	}
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w", addr, err)
	}
	fmt.Fprintf(s.Out, "inkflow is at %s (Ctrl-C stops it)\n", pageURL(l.Addr()))
	return serve.Run(ctx, l, handler)
}

// portAfter suggests a port to try instead; 0 lets the system choose.
func portAfter(port string) string {
	if n, err := strconv.Atoi(port); err == nil && n >= 1024 && n < 65535 {
		return strconv.Itoa(n + 1)
	}
	return "0"
}

// pageURL is the address to type into a browser on this machine.
func pageURL(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	if ip := net.ParseIP(host); ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port) + "/"
}
