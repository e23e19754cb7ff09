package build

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

// programs maps the published name of each WebAssembly program to its package.
var programs = map[string]string{
	"app.wasm":    "./wasm/app",
	"worker.wasm": "./wasm/worker",
}

// compile builds the programs side by side into work and reads them. The
// linker leaves a file that is up to date as it is, so work should live on.
func compile(ctx context.Context, root, work string) (map[string][]byte, error) {
	built := map[string][]byte{}
	var failed error
	var mu sync.Mutex
	var wg sync.WaitGroup
	for name, pkg := range programs {
		wg.Go(func() {
			content, err := compileOne(ctx, root, pkg, filepath.Join(work, name))
			mu.Lock()
			defer mu.Unlock()
			built[name] = content
			if err != nil && failed == nil {
				failed = err
			}
		})
	}
	wg.Wait()
	return built, failed
}

// notInlined are packages of the standard library that no step or frame spends
// time in. Compiled without inlining they save 40 KB of the worker's megabyte,
// compressed, and 60 KB of the page; neither trains nor draws slower.
var notInlined = []string{"runtime", "fmt", "reflect", "slices", "strconv", "internal/strconv", "time", "syscall", "os"}

func compileOne(ctx context.Context, root, pkg, out string) ([]byte, error) {
	out, err := filepath.Abs(out) // go build runs in another folder
	if err != nil {
		return nil, err
	}
	// Without the version control stamp: the same source gives the same name.
	args := []string{"build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", out}
	for _, cold := range notInlined {
		args = append(args, "-gcflags="+cold+"=-l")
	}
	cmd := exec.CommandContext(ctx, "go", append(args, pkg)...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0", "GOEXPERIMENT="+experiments())
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("building %s for the browser: %w\n%s", pkg, err, strings.TrimSpace(said.String()))
	}
	return os.ReadFile(out)
}

// experiments is the value of GOEXPERIMENT with simd in it: the programs that
// are published always have the fast kernels.
func experiments() string {
	const simd = "simd"
	var kept []string
	for e := range strings.SplitSeq(os.Getenv("GOEXPERIMENT"), ",") {
		if e != "" && e != simd && e != "no"+simd {
			kept = append(kept, e)
		}
	}
	return strings.Join(append(kept, simd), ",")
}
