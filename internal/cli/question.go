package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"inkflow/core/density"
	"inkflow/core/density/picture"
	"inkflow/core/density/text"
	"inkflow/core/exact"
)

// question is whom loglik and field ask: a model, or the exact answer for a
// target.
type question struct {
	model, source string
	exact         bool
	target        string
	path          string
	points        string
	out           string
}

func (q *question) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&q.model, "model", "", "`file` of the network, - for standard input")
	f.StringVar(&q.source, "source", "", "`file` the model's noise was drawn from, where that was a file")
	f.BoolVar(&q.exact, "exact", false, "ask the closed form of --target and no network")
	f.StringVar(&q.target, "target", "", "with --exact: "+targetUsage)
	f.StringVar(&q.path, "path", "condot", "with --exact: the `scheduler`, "+pathUsage)
	f.StringVar(&q.points, "points", "", "`file` of points, as .csv, - for standard input")
	f.StringVar(&q.out, "out", "-", "`file` to write, - for standard output")
}

// check makes sure that exactly one of the two is asked.
func (q *question) check(cmd *cobra.Command) error {
	switch {
	case q.exact == (q.model != ""):
		return usagef("name either a network with --model or the closed form with --exact --target")
	case q.exact && q.target == "":
		return usagef("--exact needs a --target whose closed form to ask: %s", targetUsage)
	case !q.exact && (q.target != "" || cmd.Flags().Changed("path")):
		return usagef("--target and --path go with --exact: a network has its own")
	}
	return onceFromStdin("model", q.model, "source", q.source, "target", q.target, "points", q.points)
}

// A closedTarget is a target whose answers are known in closed form.
type closedTarget struct {
	exact.Target
	note string // what the closed form is that of
	few  bool   // it has so few parts that a point costs a microsecond
}

// closedForm opens the target that a flag names with its closed form: that of its
// definition where there is one, else of its picture or its points.
func closedForm(flag, name string, stdin io.Reader) (*closedTarget, error) {
	if word, ok := strings.CutPrefix(name, "word:"); ok {
		grid, err := text.Grid(word)
		if err != nil {
			return nil, usagef("--%s %q: %v", flag, name, err)
		}
		return drawing(grid)
	}
	if p, err := density.Lookup(name); err == nil {
		return closedPreset(p)
	}
	switch ext := strings.ToLower(filepath.Ext(name)); {
	case name == "-":
		b := bufio.NewReader(stdin)
		read := closedPoints
		if isPicture(b) {
			read = closedPicture
		}
		t, err := read(b)
		return t, wrap("standard input", err)
	case ext == ".png", ext == ".jpg", ext == ".jpeg", ext == ".csv":
		f, err := openFile(flag, name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("there is no file %s", name)
		}
		if err != nil {
			return nil, err
		}
		defer f.Close()
		read := closedPicture
		if ext == ".csv" {
			read = closedPoints
		}
		t, err := read(f)
		return t, wrap(name, err)
	}
	_, _, err := openTarget(flag, name, stdin) // it knows what is wrong with the name
	return nil, err
}

func closedPreset(p density.Preset) (*closedTarget, error) {
	t, closed, err := exact.Preset(p)
	if err != nil {
		return nil, err
	}
	switch parts, _ := p.Parts(); {
	case !closed:
		return &closedTarget{Target: t, note: fmt.Sprintf("its picture of %d × %[1]d cells", exact.PresetCells)}, nil
	case parts.Line:
		return &closedTarget{Target: t, note: fmt.Sprintf("its curve with noise, as %d Gaussians", len(parts.Centres))}, nil
	case parts.Drawing != nil:
		return &closedTarget{Target: t, note: cells}, nil
	}
	return &closedTarget{Target: t, note: "its definition", few: true}, nil
}

func closedPicture(r io.Reader) (*closedTarget, error) {
	grid, err := picture.Decode(r)
	if err != nil {
		return nil, err
	}
	return drawing(grid)
}

func closedPoints(r io.Reader) (*closedTarget, error) {
	points, err := density.ReadCSV(r)
	if err != nil {
		return nil, err
	}
	t, err := exact.NewPoints(points.Coordinates(), points.Dim(), points.Bandwidth())
	if err != nil {
		return nil, err
	}
	return &closedTarget{Target: t, note: "Gaussians around its points"}, nil
}

const cells = "its cells"

func drawing(g *density.Grid) (*closedTarget, error) {
	t, err := exact.NewDrawing(g)
	if err != nil {
		return nil, err
	}
	return &closedTarget{Target: t, note: cells}, nil
}
