// Command desktop is inkflow in a window: the stage of the page, the controls
// of the page, and the engine in a goroutine of the same process. What the
// laboratory is and does stands in render/lab; here it meets the desktop.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() { os.Exit(start(os.Args[1:], os.Stdout, os.Stderr)) }

// start runs the program and returns its exit code: 2 for a command line that
// cannot be understood, 1 for a window that cannot be opened.
func start(args []string, out, errs io.Writer) int {
	o, err := parse(args, out)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		fmt.Fprintf(errs, "inkflow: %v\nTry --help.\n", err)
		return 2
	case o.version:
		fmt.Fprintln(out, version())
		return 0
	}
	if err := display(os.Getenv); err != nil {
		fmt.Fprintln(errs, "inkflow:", err)
		return 1
	}
	if err := open(o); err != nil {
		fmt.Fprintln(errs, "inkflow:", err)
		return 1
	}
	return 0
}
