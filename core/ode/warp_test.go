package ode

import (
	"math"
	"strings"
	"testing"
)

// Paths by their λ(t) and its inverse, clamped to the interval: the linear one,
// infinite at both ends; a variance-exploding one, finite at both; and one that
// stops short of 1.
var paths = []struct {
	name         string
	logSNR, time func(float64) float64
	from, to     float64
}{
	{"linear", func(t float64) float64 { return math.Log(t / (1 - t)) },
		func(l float64) float64 { return 1 / (1 + math.Exp(-l)) }, 0, 1},
	{"exploding", func(t float64) float64 { return math.Log(1000)*t - math.Log(10) },
		func(l float64) float64 { return min(max((l+math.Log(10))/math.Log(1000), 0), 1) }, 0, 1},
	{"short", func(t float64) float64 { return math.Log(t / (1 - t)) },
		func(l float64) float64 { return min(max(1/(1+math.Exp(-l)), 0.01), 0.9) }, 0.01, 0.9},
}

// Every grid rises from end to end, both exact, whatever the path and the number of
// steps.
func TestGridsAreGrids(t *testing.T) {
	for _, steps := range []int{1, 2, 3, 4, 8, 33, 256} {
		grids := map[string][]float64{
			"cosine": Cosine(0.1, 0.7, steps), "shift": Shift(0.1, 0.7, steps, 2), "shift back": Shift(0.7, 0.1, steps, 0.5),
		}
		for _, p := range paths {
			grids["logsnr "+p.name] = FromLogSNR(p.logSNR, p.time, p.from, p.to, steps)
			grids["edm "+p.name] = EDM(p.logSNR, p.time, p.from, p.to, steps)
		}
		for name, grid := range grids {
			if err := CheckGrid(grid); err != nil || len(grid) != steps+1 {
				t.Errorf("%s, %d steps: %v, %v", name, steps, grid, err)
			}
			for _, p := range paths {
				if strings.HasSuffix(name, " "+p.name) && (grid[0] != p.from || grid[steps] != p.to) {
					t.Errorf("%s, %d steps: from %g to %g", name, steps, grid[0], grid[steps])
				}
			}
			if (name == "cosine" || name == "shift") && (grid[0] != 0.1 || grid[steps] != 0.7) {
				t.Errorf("%s, %d steps: from %g to %g", name, steps, grid[0], grid[steps])
			}
		}
	}
}

func TestGridFormulas(t *testing.T) {
	linear := paths[0]
	edm := EDM(linear.logSNR, linear.time, 0, 1, 5)
	// Karras et al., with five noise levels from 80 to 0.002, the first of them noise
	// altogether: t = 1/(1 + σ/α).
	for k, want := range []float64{1, 2} {
		f := want / 4
		sigma := math.Pow((1-f)*math.Pow(80, 1./7)+f*math.Pow(0.002, 1./7), 7)
		if got := edm[k+1]; math.Abs(got-1/(1+sigma)) > 1e-14 {
			t.Errorf("edm: time %d is %g, want %g", k+1, got, 1/(1+sigma))
		}
	}
	if got := 1/edm[4] - 1; math.Abs(got-0.002) > 1e-12 {
		t.Errorf("edm: the last noise level is %g", got)
	}
	for k, got := range Cosine(0, 1, 6) {
		if want := (1 - math.Cos(math.Pi*float64(k)/6)) / 2; math.Abs(got-want) > 1e-15 {
			t.Errorf("cosine: time %d is %g, want %g", k, got, want)
		}
	}
	for k, want := range []float64{0, 1. / 7, 1. / 3, 3. / 5, 1} {
		if got := Shift(0, 1, 4, 2)[k]; math.Abs(got-want) > 1e-15 {
			t.Errorf("shift: time %d is %g, want %g", k, got, want)
		}
	}
	// Equal steps in λ: of the clipped range on the linear path; of one that is
	// clipped above and goes as far as the path below, the first step included, on
	// the exploding one.
	for i, span := range []float64{2 * math.Log(20), math.Log(10) + math.Log(20)} {
		p := paths[i]
		grid := FromLogSNR(p.logSNR, p.time, p.from, p.to, 8)
		for k := 2; k < 8; k++ {
			if got := p.logSNR(grid[k]) - p.logSNR(grid[k-1]); math.Abs(got-span/8) > 1e-12 {
				t.Errorf("%s: step %d in λ is %g, want %g", p.name, k, got, span/8)
			}
		}
		if i == 1 && math.Abs(p.logSNR(grid[1])-p.logSNR(0)-span/8) > 1e-12 {
			t.Errorf("%s: the first step is %g", p.name, p.logSNR(grid[1])-p.logSNR(0))
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a shift by nothing")
		}
	}()
	Shift(0, 1, 2, 0)
}

func TestParseGrid(t *testing.T) {
	grid, err := ParseGrid(" 0, 0.2,0.7 ,1")
	if err != nil || len(grid) != 4 || grid[1] != 0.2 || grid[3] != 1 {
		t.Errorf("%v, %v", grid, err)
	}
	for text, want := range map[string]string{
		"":            "not a number",
		"0;1":         "commas",
		"0,half,1":    `"half"`,
		"0":           "at least two",
		"0,0.5,0.5,1": "from 0.5 to 0.5",
		"0,0.7,0.2,1": "from 0.7 to 0.2",
		"0,NaN,1":     "finite",
	} {
		if _, err := ParseGrid(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want something with %s", text, err, want)
		}
	}
}
