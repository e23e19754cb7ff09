package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"
)

// Exit codes of Run.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitInterrupted = 130 // 128 + SIGINT, as a shell reports it
	exitPipe        = 141 // 128 + SIGPIPE, likewise
)

// Streams are the command's standard streams.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// Run runs the command with the arguments after its name and returns the exit
// code. When ctx ends, what is running stops as soon as it can.
func Run(ctx context.Context, args []string, s Streams) int {
	root := newRoot(s)
	root.SetArgs(args)
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	cmd, err := root.ExecuteContextC(ctx)
	if err == nil {
		return exitDone
	}
	if errors.Is(err, context.Canceled) {
		fmt.Fprintf(s.Err, "%s: interrupted\n", cmd.CommandPath())
		return exitInterrupted
	}
	if errors.Is(err, syscall.EPIPE) {
		return exitPipe // whoever read, head for one, has enough
	}
	fmt.Fprintf(s.Err, "%s: %v\n", cmd.CommandPath(), err)
	var usage *usageError
	if errors.As(err, &usage) {
		fmt.Fprintf(s.Err, "Try \"%s --help\".\n", cmd.CommandPath())
		return exitUsage
	}
	return exitFailed
}

func newRoot(s Streams) *cobra.Command {
	root := &cobra.Command{
		Use:     "inkflow",
		Short:   "A laboratory for flow matching",
		Version: version(debug.ReadBuildInfo()),
		Long: `inkflow learns the flow that carries Gaussian noise into a drawing.

  inkflow train --target moons                   learn a preset
  inkflow train --target drawing.png             learn a picture, its darkness is the density
  inkflow sample --model model.safetensors       draw points from what was learned
  inkflow eval --model model.safetensors --target moons
  inkflow loglik --model model.safetensors --points p.csv
  inkflow field --exact --target checkerboard --t 0.5 --points p.csv
  inkflow theorem --target checkerboard          what flow matching rests on, measured
  inkflow bench solvers                          every solver against the exact field
  inkflow serve                                  the page with everything, in a browser`,
		SilenceUsage:      true,
		SilenceErrors:     true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		Args:              cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return unknownCommand(cmd, args[0])
		},
	}
	root.SetVersionTemplate("inkflow {{.Version}}\n")
	root.SetFlagErrorFunc(explainFlag)
	root.AddCommand(newServe(s), newTrain(s), newSample(s), newEval(s), newLoglik(s), newField(s), newTheorem(s), newBench(s))
	return root
}
