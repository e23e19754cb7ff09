package metric

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"
)

// figures is testdata/figures.json; make_figures.py there says who computed what.
type figures struct {
	Clouds []struct {
		Name        string    `json:"name"`
		D           int       `json:"d"`
		X           []float32 `json:"x"` // [d × n]
		Y           []float32 `json:"y"` // [d × m]
		Bandwidth   float64   `json:"bandwidth"`
		MMD2        float64   `json:"mmd2"`
		Energy      float64   `json:"energy"`
		SciPyEnergy *float64  `json:"scipy_energy"`
		POTW2       *float64  `json:"pot_w2"`
		SciPyW2     *float64  `json:"scipy_w2"`
		POTSliced   *float64  `json:"pot_sliced"`
		Directions  []float64 `json:"directions"` // [k × d]
	} `json:"clouds"`
	Cells []struct {
		Name     string    `json:"name"`
		W        int       `json:"w"`
		H        int       `json:"h"`
		X0       float64   `json:"x0"`
		Y0       float64   `json:"y0"`
		Cell     float64   `json:"cell"`
		Weights  []float32 `json:"weights"` // [h × w]
		X        []float32 `json:"x"`       // [2 × n]
		Mass     float64   `json:"mass"`
		Inside   float64   `json:"inside"`
		Coverage float64   `json:"coverage"`
		Expected float64   `json:"expected"`
	} `json:"cells"`
	Likelihood struct {
		LogDensity []float64 `json:"log_density"`
		NLL        float64   `json:"nll"`
		Error      float64   `json:"error"`
	} `json:"likelihood"`
}

// Others computed the same numbers with other code: POT, SciPy, scikit-learn and
// NumPy.
func TestFigures(t *testing.T) {
	text, err := os.ReadFile("testdata/figures.json")
	if err != nil {
		t.Fatal(err)
	}
	var f figures
	if err := json.Unmarshal(text, &f); err != nil {
		t.Fatal(err)
	}
	check := func(name, what string, got, want float64) {
		t.Helper()
		// Twelve digits and more agree in most; 1e-6 is what is promised.
		if math.IsNaN(got) || math.Abs(got-want) > 1e-6*math.Abs(want) {
			t.Errorf("%s: %s is %.15g, want %.15g", name, what, got, want)
		}
	}
	for _, c := range f.Clouds {
		x, y := slices.Clone(c.X), slices.Clone(c.Y)
		check(c.Name, "bandwidth", Bandwidth(y, c.D), c.Bandwidth)
		check(c.Name, "MMD²", MMD2(x, y, c.D, c.Bandwidth), c.MMD2)
		check(c.Name, "energy distance", EnergyDistance(x, y, c.D), c.Energy)
		if c.SciPyEnergy != nil {
			check(c.Name, "SciPy's energy distance", biasedEnergy(x, y), *c.SciPyEnergy)
		}
		if c.POTW2 != nil {
			check(c.Name, "W2 (POT)", W2(x, y, c.D), *c.POTW2)
			check(c.Name, "W2 (SciPy)", W2(x, y, c.D), *c.SciPyW2)
			s := Slicing{directions: c.Directions}
			s.along(x, y, c.D)
			s.Advance(nil)
			check(c.Name, "sliced W2", s.W2(), *c.POTSliced)
		}
		if !slices.Equal(x, c.X) || !slices.Equal(y, c.Y) {
			t.Errorf("%s: the clouds were changed", c.Name)
		}
	}
	for _, c := range f.Cells {
		cells, err := NewCells(c.Weights, c.W, c.H, c.X0, c.Y0, c.Cell)
		if err != nil {
			t.Fatal(err)
		}
		census := NewCensus(cells)
		census.Add(c.X)
		check(c.Name, "mass", cells.Mass(), c.Mass)
		check(c.Name, "inside", census.Inside(), c.Inside)
		check(c.Name, "share", census.Share(), c.Inside/c.Mass)
		check(c.Name, "coverage", census.Coverage(), c.Coverage)
		check(c.Name, "expected coverage", cells.Coverage(census.Points()), c.Expected)
	}
	nats, standardError := NLL(f.Likelihood.LogDensity)
	check("likelihood", "NLL", nats, f.Likelihood.NLL)
	check("likelihood", "its error", standardError, f.Likelihood.Error)
	if len(f.Clouds) < 9 || len(f.Cells) < 3 {
		t.Error("there are fewer figures than there were")
	}
}

// biasedEnergy is the root of the energy distance in which a point and itself are
// a pair as well, at distance 0: SciPy's definition, in one dimension.
func biasedEnergy(x, y []float32) float64 {
	var c Discrepancy
	c.Start(x, y, 1, 0)
	c.Advance(nil)
	mean := c.means(c.distance)
	n, m := float64(len(x)), float64(len(y))
	return math.Sqrt(2*mean[across] - mean[withinX]*(n-1)/n - mean[withinY]*(m-1)/m)
}
