package cli

import (
	"math"
	"strings"
	"testing"
)

func TestTheorem(t *testing.T) {
	args := []string{"theorem", "--target", "checkerboard", "--gradients", "16", "--pairs", "9", "--steps", "50", "--seed", "2"}
	m := report(t, must(t, append(args, "--json")...))
	for key, want := range map[string]any{"target": "checkerboard", "path": "condot", "steps": 50.0, "seed": 2.0, "closed_form_of": "its definition"} {
		if m[key] != want {
			t.Errorf("%s is %v, want %v", key, m[key], want)
		}
	}
	// Four rows of 16 gradients leave about 0.05 open.
	if slope := m["slope"].(float64); math.Abs(slope+.5) > .15 {
		t.Errorf("the slope is %g, want −0.5", slope)
	}
	if e, s := m["gap_minus_constant"].(float64), m["gap_minus_constant_stderr"].(float64); !(s > 0 && math.Abs(e) < 4*s) {
		t.Errorf("CFM − FM differs from the constant by %g ± %g", e, s)
	}
	rows := m["rows"].([]any)
	if len(rows) != 4 || rows[0].(map[string]any)["n"] != 64.0 || rows[3].(map[string]any)["n"] != 512.0 {
		t.Errorf("the rows are %v", rows)
	}
	entropy, floor := m["entropy"].(map[string]any), m["loss_floor"].(map[string]any)
	// log(8/0.2025): eight squares of side 1/0.45; and the integral of the spread
	// over space and time by quadrature, in numpy.
	if v := entropy["value"].(float64); math.Abs(v-math.Log(8/.2025)) > 1e-12 || entropy["stderr"] != 0.0 {
		t.Errorf("the entropy is %v", entropy)
	}
	if v, s := floor["value"].(float64), floor["stderr"].(float64); !(s > 0 && s < .002) || math.Abs(v-3.7525) > 4*s {
		t.Errorf("the floor is %v", floor)
	}
	if gap, s := m["constant"].(float64), floor["value"].(float64); math.Abs(gap-s) > .2 {
		t.Errorf("the constant is %g, and the floor, the same on all times, %g", gap, s)
	}
	text := must(t, args...)
	for _, want := range []string{"checkerboard along condot", "    512 ", "slope of the logarithms   -0.", "entropy of the target     3.67646 nats", "floor of CFM              3.7"} {
		if !strings.Contains(text, want) {
			t.Errorf("it lacks %q:\n%s", want, text)
		}
	}
	if again := must(t, args...); again != text {
		t.Error("the same seed says something else")
	}
}

func TestTheoremOnOtherPaths(t *testing.T) {
	for _, p := range []string{"polynomial", "ve", "cosine"} {
		m := report(t, must(t, "theorem", "--target", "8gaussians", "--path", p, "--gradients", "4", "--pairs", "7", "--steps", "5", "--json"))
		if e, s := m["gap_minus_constant"].(float64), m["gap_minus_constant_stderr"].(float64); m["path"] != p || !(math.Abs(e) < 5*s) {
			t.Errorf("%s: CFM − FM differs from the constant by %g ± %g", p, e, s)
		}
	}
}

// The table in a tiny size: every row is there, costs what it says, and more
// evaluations come closer.
func TestBenchSolvers(t *testing.T) {
	args := []string{"bench", "solvers", "--n", "60", "--draws", "2", "--seed", "3"}
	m := report(t, must(t, append(args, "--json")...))
	fixed, adaptive := m["fixed_steps"].([]any), m["adaptive"].([]any)
	if len(fixed)+len(adaptive)/len(tolerances) != len(solverNames()) {
		t.Fatalf("%d rows of fixed steps and %d others, for the solvers %v", len(fixed), len(adaptive), solverNames())
	}
	floor := m["w2_floor"].(float64)
	for _, row := range fixed {
		row := row.(map[string]any)
		w2, nfe := row["w2"].([]any), row["evaluations"].([]any)
		reference := row["w2_256_steps"].(float64)
		for k, budget := range budgets {
			n, w := nfe[k].(float64), w2[k].(float64)
			if n > float64(budget) || (n == 0) != (w == 0) {
				t.Errorf("%v: %g evaluations of %d, W2 %g", row["solver"], n, budget, w)
			}
			if n == 0 && budget > 2 && row["solver"] != "rk4" {
				t.Errorf("%v takes no step with %d evaluations", row["solver"], budget)
			}
		}
		last := w2[len(w2)-1].(float64)
		if !(last < 1.2*reference && reference < 2*floor && reference > .3*floor) {
			t.Errorf("%v: W2 %g with 32 evaluations, %g with 256 steps, floor %g", row["solver"], last, reference, floor)
		}
		if ratio := row["w2_8_evaluations_over_256_steps"].(float64); math.Abs(ratio-w2[3].(float64)/reference) > 1e-12 {
			t.Errorf("%v: the ratio is %g", row["solver"], ratio)
		} else if row["order"].(float64) == 2 && ratio > 1.3 { // 1.15 in the mean of 8 draws of 2000
			t.Errorf("%v at 8 evaluations has %.2f times the W2 of 256 steps", row["solver"], ratio)
		}
	}
	for _, row := range adaptive {
		row := row.(map[string]any)
		if w := row["w2"].(float64); !(w < 2*floor) || !(row["evaluations"].(float64) > 5) {
			t.Errorf("%v", row)
		}
	}
	text := must(t, append(args, "--target", "8gaussians", "--path", "vp", "--draws", "1")...)
	for _, want := range []string{"W2 to 8gaussians along vp, with the exact field of its definition: 60 points, mean of 1 draws, seed 3; floor ", "\n| euler | ", "\n| euler | – |", "\n| dpmpp2m | – |", " | logsnr |\n", "\n| dopri5 | 0.001 | "} {
		if !strings.Contains(text, want) {
			t.Errorf("it lacks %q:\n%s", want, text)
		}
	}
}
