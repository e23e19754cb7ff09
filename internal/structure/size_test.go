package structure

import (
	"path/filepath"
	"testing"

	"inkflow/internal/site/build"
)

// budgets are the most bytes that each program may cost a visitor, compressed.
var budgets = map[string]int{
	"app.wasm":           3_600_000,
	"worker.wasm":        1_000_000,
	"worker-scalar.wasm": 1_000_000,
}

// TestSizes builds the site as it is published: a folder left by an earlier
// build would say nothing about the source as it stands.
func TestSizes(t *testing.T) {
	root := repository(t)
	files, err := build.Build(t.Context(), build.Options{Root: root, Out: filepath.Join(t.TempDir(), "dist")})
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, f := range files {
		budget, ok := budgets[f.Source]
		if !ok {
			continue
		}
		found++
		t.Logf("%s: %d bytes, %d compressed, budget %d", f.Source, f.Bytes, f.Gzip, budget)
		if f.Gzip == 0 || f.Gzip > budget {
			t.Errorf("%s takes %d bytes compressed, %d are allowed", f.Source, f.Gzip, budget)
		}
	}
	if found != len(budgets) {
		t.Errorf("%d of %d programs were built", found, len(budgets))
	}
}
