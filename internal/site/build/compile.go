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

	"inkflow/internal/site/postlink"
)

// A program is a WebAssembly program as it is published.
type program struct {
	pkg     string
	vectors bool // compiled with GOEXPERIMENT=simd: needs a browser with WebAssembly SIMD
}

// programs are the programs by their published names. The engine is there
// twice, with the vector kernels and with the scalar ones: a browser refuses a
// whole module for one instruction that it does not know. The page binary has
// no kernels, so it is compiled without vectors once and runs everywhere.
var programs = map[string]program{
	"app.wasm":           {"./wasm/app", false},
	"worker.wasm":        {"./wasm/worker", true},
	"worker-scalar.wasm": {"./wasm/worker", false},
}

// compile builds the programs side by side into work and reads them. The
// linker leaves a file that is up to date as it is, so work should live on.
func compile(ctx context.Context, root, work string) (map[string][]byte, error) {
	built := map[string][]byte{}
	var failed error
	var mu sync.Mutex
	var wg sync.WaitGroup
	for name, p := range programs {
		wg.Go(func() {
			content, err := compileOne(ctx, root, p, filepath.Join(work, name))
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

// notInlined are packages that no step or frame spends time in. Compiled without
// inlining they save a tenth of a megabyte of the engine, compressed, and of the
// page; neither trains nor draws slower.
var notInlined = []string{
	"errors", "hash/crc32", "internal/abi", "internal/bytealg", "internal/reflectlite", "internal/runtime/atomic",
	"internal/runtime/maps", "internal/strconv", "internal/sync", "bytes", "fmt", "io", "os", "reflect", "runtime",
	"slices", "sort", "strconv", "strings", "sync", "syscall", "syscall/js", "time", "unicode", "unicode/utf8",
	"inkflow/core/density", "inkflow/core/engine", "inkflow/core/engine/run", "inkflow/core/flow", "inkflow/core/model",
	"inkflow/core/model/safetensors", "inkflow/core/ode", "inkflow/core/path", "inkflow/core/theorem",
	"inkflow/wasm/worker",
}

func compileOne(ctx context.Context, root string, p program, out string) ([]byte, error) {
	out, err := filepath.Abs(out) // go build runs in another folder
	if err != nil {
		return nil, err
	}
	// Without the version control stamp: the same source gives the same name.
	args := []string{"build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", out}
	for _, cold := range notInlined {
		args = append(args, "-gcflags="+cold+"=-l")
	}
	cmd := exec.CommandContext(ctx, "go", append(args, p.pkg)...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0", "GOEXPERIMENT="+experiments(p.vectors))
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("building %s for the browser: %w\n%s", p.pkg, err, strings.TrimSpace(said.String()))
	}
	linked, err := os.ReadFile(out)
	if err != nil {
		return nil, err
	}
	merged, _, err := postlink.MergeData(linked)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.pkg, err)
	}
	return merged, nil
}

// experiments is the value of GOEXPERIMENT for a program: the caller's, with
// simd turned on or off.
func experiments(vectors bool) string {
	simd := "nosimd"
	if vectors {
		simd = "simd"
	}
	var kept []string
	for e := range strings.SplitSeq(os.Getenv("GOEXPERIMENT"), ",") {
		if e != "" && e != "simd" && e != "nosimd" {
			kept = append(kept, e)
		}
	}
	return strings.Join(append(kept, simd), ",")
}
