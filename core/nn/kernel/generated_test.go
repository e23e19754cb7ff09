//go:build !wasm

package kernel

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the wasm copies of the portable kernels")

// The compiler rewrites a file that mentions portable vectors, even by an alias,
// once for every width, and wants package simd imported there. One file therefore
// cannot serve amd64 and wasm, where that package must stay out. The copies for
// wasm are written from the portable files:
//
//	go test -run TestWasmCopies -update ./core/nn/kernel
func TestWasmCopies(t *testing.T) {
	types := regexp.MustCompile(`\bsimd\.(Broadcast|)(Float32|Int32|Uint32|Mask32)s\b`)
	for from, to := range map[string]string{"simd.go": "simd_wasm.go", "normal_simd.go": "normal_simd_wasm.go"} {
		source, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Replace(string(source), "//go:build goexperiment.simd && (amd64 || arm64)\n",
			"// Code generated from "+from+" by go test -run TestWasmCopies -update; DO NOT EDIT.\n\n//go:build goexperiment.simd\n", 1)
		text = strings.Replace(text, "\t\"simd\"\n", "\t\"simd/archsimd\"\n", 1)
		text = types.ReplaceAllString(text, "archsimd.${1}${2}x4")
		if *update {
			if err := os.WriteFile(to, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if have, err := os.ReadFile(to); err != nil || string(have) != text {
			t.Errorf("%s is not what %s makes it: run go test -run TestWasmCopies -update (%v)", to, from, err)
		}
	}
}
