package cli

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// Data far from the scale of the noise is learned with a word of warning, on
// standard error alone; where it lies does not matter.
func TestScaleIsWarnedOf(t *testing.T) {
	for _, row := range []struct {
		size, shift float64
		want        string // empty: no warning
	}{
		{1, 0, ""}, {1, 1000, ""}, {9.8, -50, ""}, {.32, 0, ""},
		{10.6, 0, "deviation 11,"}, {140, 0, "standard deviation 140,"}, {.02, 5, "train with --standardize"}, {1e-5, 0, "at most 0.001,"},
	} {
		// Two points on the diagonal: the deviation is half their distance
		// along an axis; as each is there twice, no noise is added.
		at := func(k float64) string { return fmt.Sprintf("%g,%g\n", row.shift+k*row.size, row.shift+k*row.size) }
		points := put(t, "points.csv", []byte(strings.Repeat(at(-1)+at(1), 2)))
		file := filepath.Join(t.TempDir(), "m")
		code, out, errs := inkflow(t, "", "train", "--target", points, "--steps", "2", "--hidden", "4", "--json", "--out", file)
		report(t, out)
		if code != 0 || !strings.Contains(errs, row.want) || (errs == "") != (row.want == "") || strings.Count(errs, "\n") > 1 {
			t.Errorf("size %g, shift %g: train exits with %d and says %q, want %q", row.size, row.shift, code, errs, row.want)
		}
		code, out, errs = inkflow(t, "", "eval", "--model", file, "--target", points, "--n", "20", "--draws", "1", "--json")
		report(t, out)
		if code != 0 || !strings.Contains(errs, row.want) || (errs == "") != (row.want == "") {
			t.Errorf("size %g, shift %g: eval exits with %d and says %q, want %q", row.size, row.shift, code, errs, row.want)
		}
	}
}

// A word and every preset are of a scale that is learned well.
func TestPresetsNeedNoWarning(t *testing.T) {
	file := filepath.Join(t.TempDir(), "m")
	for _, name := range append(presetNames(), "word:hi", "word:lllllllllllllllllllll") {
		must(t, "train", "--target", name, "--steps", "1", "--hidden", "4", "--out", file)
	}
}

// Two sets of a single point are no distance apart: there is no ratio to it.
func TestEvalWithoutAFloor(t *testing.T) {
	points := put(t, "point.csv", []byte("1,2\n"))
	args := []string{"eval", "--model", trained(t), "--target", points, "--n", "20", "--draws", "1"}
	if text := must(t, args...); !strings.Contains(text, "floor 0.0000, no ratio: the floor is 0\n") {
		t.Errorf("it says %q", text)
	}
	m := report(t, must(t, append(args, "--json")...))
	if ratio, there := m["w2_over_floor"]; !there || ratio != nil || m["w2_floor"] != 0.0 {
		t.Errorf("w2_over_floor is %v, w2_floor %v", ratio, m["w2_floor"])
	}
}
