package structure

import (
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"
)

// A rule restricts what the packages that match who may depend on. A pattern is
// an import path; with /... at its end also all below.
type rule struct {
	who    []string
	not    []string // never these, wherever they come from
	direct []string // not imported by the package itself (fmt may bring os)
	ours   []string // of this module only these
	bare   bool     // of other modules none
	why    string
}

const (
	ebiten  = "github.com/hajimehoshi/ebiten/..."
	ebiten2 = "github.com/hajimehoshi/ebiten/v2/..."
	gonum   = "gonum.org/v1/..."
	self    = "inkflow/..."
)

var rules = []rule{
	{
		who: []string{"inkflow/core/density/..."}, ours: []string{"inkflow/core/density/..."},
		why: "the parts of the theory know nothing of each other",
	}, {
		who: []string{"inkflow/core/path/..."}, ours: []string{"inkflow/core/path/..."},
		why: "the parts of the theory know nothing of each other",
	}, {
		who: []string{"inkflow/core/nn/..."}, ours: []string{"inkflow/core/nn/...", "inkflow/core/internal/..."},
		why: "the parts of the theory know nothing of each other",
	}, {
		who: []string{"inkflow/core/ode/..."}, ours: []string{"inkflow/core/ode/..."},
		why: "the parts of the theory know nothing of each other",
	}, {
		who: []string{"inkflow/core/metric/..."}, ours: []string{"inkflow/core/metric/...", "inkflow/core/internal/..."},
		why: "the parts of the theory know nothing of each other",
	}, {
		who:  []string{"inkflow/core/exact", "inkflow/core/exact/mixture"},
		ours: []string{"inkflow/core/exact/...", "inkflow/core/path", "inkflow/core/density", "inkflow/core/nn/kernel", "inkflow/core/internal/..."},
		why:  "the exact answers need a target, a path and a matrix product, and no network",
	}, {
		who: []string{"inkflow/core/exact", "inkflow/core/engine/run"}, not: []string{gonum},
		why: "gonum would double the worker",
	}, {
		who: []string{"inkflow/core/cfm/...", "inkflow/core/flow/...", "inkflow/core/model/...", "inkflow/core/theorem/..."},
		not: []string{"inkflow/core/engine/...", "inkflow/core/density/...", "inkflow/core/metric/..."},
		why: "training, sampling and keeping a network work on any target, for anybody",
	}, {
		who: []string{"inkflow/core/..."}, ours: []string{"inkflow/core/..."},
		not:    []string{ebiten, ebiten2, "net/..."},
		direct: []string{"os/...", "syscall/...", "net/..."},
		why:    "core computes: files come in as readers, and whoever shows or stores things calls it",
	}, {
		who: []string{"inkflow/core/engine", "inkflow/core/engine/enginetest"}, ours: []string{"inkflow/core/engine", "inkflow/core/engine/enginetest"}, bare: true,
		why: "the seam is plain data, so that the page can link it without the numerics",
	}, {
		who: []string{"inkflow/render/..."}, ours: []string{"inkflow/render/...", "inkflow/core/engine", "inkflow/core/density/..."},
		not: []string{gonum},
		why: "the stage sees drawings and snapshots, never the computing behind them",
	}, {
		who: []string{"inkflow/wasm/app"},
		not: []string{gonum, "inkflow/core/engine/run", "inkflow/core/nn/...", "inkflow/core/cfm", "inkflow/core/flow", "inkflow/core/metric", "inkflow/core/model", "inkflow/desktop/...", "net/http"},
		why: "the page binary only shows: what computes would cost every visitor its download",
	}, {
		who: []string{"inkflow/wasm/worker"},
		not: []string{ebiten, ebiten2, "inkflow/render/...", "encoding/json", "encoding/json/v2", "text/template", "html/template", "net", "net/http", "fmt", "os", "log", "simd"},
		why: "Ebiten panics inside a Worker, and the worker must stay below a megabyte (docs/adr/0007)",
	}, {
		who: []string{"inkflow/cmd/...", "inkflow/internal/..."}, not: []string{ebiten, ebiten2, "inkflow/render/..."},
		why: "the command has no window",
	}, {
		who: []string{"inkflow/internal/site/..."}, ours: []string{"inkflow/internal/site/..."}, bare: true,
		why: "building and serving the page needs Go and nothing else",
	}, {
		who: []string{"inkflow/desktop"}, ours: []string{"inkflow/desktop/...", "inkflow/render/...", "inkflow/core/...", "inkflow/assets/..."},
		why: "the window wires the stage to the engine",
	},
}

type listed struct {
	ImportPath string
	Imports    []string
	Deps       []string
	DepsErrors []struct{ Err string }
}

func TestLayers(t *testing.T) {
	root := repository(t)
	used := make([]bool, len(rules))
	for _, platform := range [][]string{nil, {"GOOS=js", "GOARCH=wasm"}} {
		packages := list(t, root, platform)
		for i, r := range rules {
			for _, p := range packages {
				if matches(p.ImportPath, r.who) {
					used[i] = true
					r.check(t, p, packages)
				}
			}
		}
	}
	for i, r := range rules {
		if !used[i] {
			t.Errorf("no package matches %v: is it missing, or has it moved? (%s)", r.who, r.why)
		}
	}
}

// list is all packages of this module that are built for a platform.
func list(t *testing.T, root string, platform []string) []listed {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(golang(t, root, platform, "list", "-e", "-json=ImportPath,Imports,Deps,DepsErrors", "./...")))
	var packages []listed
	for {
		var p listed
		if err := d.Decode(&p); err == io.EOF {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		for _, e := range p.DepsErrors {
			t.Errorf("%s: %s", p.ImportPath, e.Err)
		}
		packages = append(packages, p)
	}
}

func (r *rule) check(t *testing.T, p listed, all []listed) {
	t.Helper()
	for _, dep := range p.Deps {
		inside := matches(dep, []string{self})
		foreign := strings.Contains(strings.Split(dep, "/")[0], ".") // "gonum.org", not "net"
		switch {
		case matches(dep, r.not), inside && r.ours != nil && !matches(dep, r.ours), foreign && r.bare:
			t.Errorf("%s depends on %s (imported by %v): %s", p.ImportPath, dep, importers(dep, p, all), r.why)
		}
	}
	for _, dep := range p.Imports {
		if matches(dep, r.direct) {
			t.Errorf("%s imports %s: %s", p.ImportPath, dep, r.why)
		}
	}
}

// importers are our packages through which p comes to depend on dep.
func importers(dep string, p listed, all []listed) []string {
	var names []string
	for _, q := range all {
		if (q.ImportPath == p.ImportPath || slices.Contains(p.Deps, q.ImportPath)) && slices.Contains(q.Imports, dep) {
			names = append(names, q.ImportPath)
		}
	}
	return names
}

func matches(path string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		below, ok := strings.CutSuffix(pattern, "/...")
		return path == below || ok && strings.HasPrefix(path, below+"/")
	})
}

func TestMatches(t *testing.T) {
	for _, row := range []struct {
		path, pattern string
		want          bool
	}{
		{"net", "net/...", true}, {"net/http", "net/...", true}, {"network", "net/...", false},
		{"os", "os", true}, {"os/exec", "os", false}, {"inkflow/core/engine/run", "inkflow/core/engine", false},
	} {
		if got := matches(row.path, []string{row.pattern}); got != row.want {
			t.Errorf("%s matches %s: %v, want %v", row.path, row.pattern, got, row.want)
		}
	}
}
