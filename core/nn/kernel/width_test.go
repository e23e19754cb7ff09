//go:build goexperiment.simd && (amd64 || arm64)

package kernel

import (
	"os"
	"os/exec"
	"simd"
	"strconv"
	"strings"
	"testing"
)

// The same tests again at every narrower vector width this machine has, and with
// vectors emulated. The width is fixed when a program starts, hence a process
// each.
func TestEveryWidth(t *testing.T) {
	const mark = "INKFLOW_KERNEL_WIDTH"
	if os.Getenv(mark) != "" {
		if w := os.Getenv(mark); !strings.HasSuffix(Name(), w) {
			t.Errorf("running %s, want the width %s", Name(), w)
		}
		return
	}
	widths := []string{"scalar"}
	for w := 128; w < simd.VectorBitSize(); w *= 2 {
		widths = append(widths, strconv.Itoa(w))
	}
	for _, w := range widths {
		t.Run(w, func(t *testing.T) {
			setting := "simd=" + w
			if w == "scalar" {
				setting = "simd=0"
			}
			// What a stream is made of is the same at every width (TestNormalAgainstScalar);
			// its distribution need not be counted again.
			c := exec.Command(os.Args[0], "-test.count=1", "-test.skip=^TestNormal(Moments|ChiSquared|Independence)")
			c.Env = append(os.Environ(), mark+"="+w, "GODEBUG="+setting)
			if out, err := c.CombinedOutput(); err != nil {
				t.Errorf("GODEBUG=%s: %v\n%s", setting, err, out)
			}
		})
	}
}
