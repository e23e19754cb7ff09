package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime/debug"
	"strconv"
	"strings"

	"inkflow/core/density"
	"inkflow/render/controls"
)

// options are what the command line asks for.
type options struct {
	seed          uint64
	preset        string
	theme         string
	save          string // where a model is written
	report        string // where the laboratory's state is written, or empty
	width, height int    // of the window, device-independent pixels
	version       bool

	seeded bool // --seed was given
}

const usage = `inkflow draws noise into your drawing: flow matching in a window.

Usage: inkflow [flags]

`

// parse reads the command line. The error says in a sentence what is wrong
// with it; it is flag.ErrHelp where help was asked for and has been given.
func parse(args []string, out io.Writer) (options, error) {
	o := options{theme: "night", save: "inkflow.safetensors", width: 1440, height: 900}
	f := flag.NewFlagSet("inkflow", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.Func("seed", "seed of weights, training draws and noise, `0 … 4294967295` (default 1)", func(s string) error {
		v, err := strconv.ParseUint(s, 10, 32)
		if err != nil {
			return errors.New("a seed is a whole number from 0 to 4294967295")
		}
		o.seed, o.seeded = v, true
		return nil
	})
	f.StringVar(&o.preset, "preset", "", "`shape` to start from: "+strings.Join(presets(), ", "))
	f.StringVar(&o.theme, "theme", o.theme, "paper: night or day")
	f.StringVar(&o.save, "save", o.save, "`file` that Save the model writes")
	f.StringVar(&o.report, "report", "", "`file` to append the state to once a second, as a line of JSON; - is the standard output")
	f.Func("size", "of the window, `width×height` (default 1440x900)", func(s string) (err error) {
		o.width, o.height, err = parseSize(s)
		return err
	})
	f.BoolVar(&o.version, "version", false, "print the version and leave")
	err := f.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(out, usage)
		f.SetOutput(out)
		f.PrintDefaults()
		return o, err
	}
	if err != nil {
		return o, err
	}
	if f.NArg() > 0 {
		return o, fmt.Errorf("there is no use for %q: everything is said with flags", f.Arg(0))
	}
	return o, o.check()
}

func (o options) check() error {
	if o.theme != "night" && o.theme != "day" {
		return fmt.Errorf("there is no theme %q; there are: night, day", o.theme)
	}
	if o.preset != "" {
		if _, err := density.Lookup(o.preset); err != nil {
			return err
		}
	}
	if o.save == "" {
		return errors.New("--save needs the name of a file")
	}
	return nil
}

// minWidth and minHeight are the smallest window in which all can be used.
const minWidth, minHeight = 800, 520

func parseSize(s string) (w, h int, err error) {
	a, b, ok := strings.Cut(strings.NewReplacer("×", "x", "X", "x").Replace(s), "x")
	w, errW := strconv.Atoi(a)
	h, errH := strconv.Atoi(b)
	if !ok || errW != nil || errH != nil || w < minWidth || h < minHeight || w > 16384 || h > 16384 {
		return 0, 0, fmt.Errorf("a size is width×height, at least %d×%d, as in 1440x900", minWidth, minHeight)
	}
	return w, h, nil
}

func presets() []string {
	var names []string
	for _, o := range controls.Find(controls.Preset).Options {
		names = append(names, o.Value)
	}
	return names
}

// version names the build.
func version() string {
	v := "inkflow (of a build without version)"
	if b, ok := debug.ReadBuildInfo(); ok {
		v = "inkflow " + b.Main.Version + ", " + b.GoVersion
		for _, s := range b.Settings {
			if s.Key == "vcs.revision" {
				v += ", " + s.Value
			}
		}
	}
	return v
}
