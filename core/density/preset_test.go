package density

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// draws of a preset [2 × n].
func draws(t *testing.T, name string, n int) (x, y []float32) {
	t.Helper()
	p, err := Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	buf := make([]float32, 2*n)
	target := p.Target()
	if target.Dim() != 2 {
		t.Fatalf("%s has %d dimensions", name, target.Dim())
	}
	target.Sample(seeded(7), buf)
	return buf[:n], buf[n:]
}

// The mean and covariance of each definition, worked out by hand from the
// formulas of the table, not from the code.
func TestPresetMoments(t *testing.T) {
	const pi = math.Pi
	arcY := 5.0/8 - 1/pi // mean square of y over the arcs of make_moons
	scale7 := 7 / math.Sqrt((1+arcY)/2-9.0/64+0.01)
	board := 1 / (0.45 * 0.45)
	tests := []struct {
		name       string
		mx, my     float64
		xx, xy, yy float64
	}{
		{"8gaussians", 0, 0, 12.5 + 1, 0, 12.5 + 1},
		{"8gaussians12", 0, 0, 72 + 2.25, 0, 72 + 2.25},
		{"moons", 0, -0.5, 4 * (0.75 + 0.0025), 4 * -(1/pi - 1.0/8), 4 * (arcY - 1.0/16 + 0.0025)},
		{"moons7", scale7 / 8, -scale7 / 8, scale7 * scale7 * (0.75 + 0.01), scale7 * scale7 * -(1/pi - 1.0/8), scale7 * scale7 * (arcY - 1.0/16 + 0.01)},
		{"scurve", 0, 0, 2.25 * (0.5 + 0.0025), 2.25 * -1 / (3 * pi), 2.25 * (1.5 + 4/(3*pi) + 0.0025)},
		{"checkerboard", 0, 0, board * 4 / 3, board / 4, board * 4 / 3},
		{"ring", 0, 0, 2.42 + 0.0064, 0, 2.42 + 0.0064},
		{"circles", 0, 0, (1.44+2*5.76)/6 + 0.0064, 0, (1.44+2*5.76)/6 + 0.0064},
		{"grid", 0, 0, 3.125 + 0.01, 0, 3.125 + 0.01},
		{"pinwheel", 0, 0, 2.25 * 1.1 / 2, 0, 2.25 * 1.1 / 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			const n = 400_000
			x, y := draws(t, test.name, n)
			mean, cov := sampleMoments(append(slices.Clone(x), y...))
			// Five standard errors; none of these has tails heavier than a normal.
			r := math.Max(test.xx, test.yy)
			if math.Abs(mean[0]-test.mx) > 5*math.Sqrt(r/n) || math.Abs(mean[1]-test.my) > 5*math.Sqrt(r/n) {
				t.Errorf("mean %.4f, want (%.4f, %.4f)", mean, test.mx, test.my)
			}
			slack := 5 * r * math.Sqrt(2.0/n)
			if math.Abs(cov[0][0]-test.xx) > slack || math.Abs(cov[0][1]-test.xy) > slack || math.Abs(cov[1][1]-test.yy) > slack {
				t.Errorf("covariance %.4f, want %.4f %.4f %.4f", cov, test.xx, test.xy, test.yy)
			}
		})
	}
}

// Thin sets: what is left after taking the nearest point of the line away is
// the noise. Each row measures a distance that is N(0, sd²) but for the ends
// and the bend of the line.
func TestPresetThickness(t *testing.T) {
	spiral := func(x, y float64) float64 {
		// Turns of the spiral are 1.04 apart: the nearest arm at this angle.
		turn := math.Mod(math.Atan2(y, x)/(2*math.Pi)+1, 1)
		arm := math.Round(math.Hypot(x, y)/1.04 - turn)
		return math.Hypot(x, y) - 1.04*(turn+arm)
	}
	roll := func(x, y float64) float64 {
		turn := math.Mod(math.Atan2(y, x)/(2*math.Pi)+1, 1)
		arm := math.Round(math.Hypot(x, y)*5/(2*math.Pi) - turn)
		return math.Hypot(x, y) - (turn+arm)*2*math.Pi/5
	}
	tests := []struct {
		name     string
		distance func(x, y float64) float64
		sd       float64
		slack    float64 // relative
	}{
		{"ring", func(x, y float64) float64 { return math.Hypot(x, y) - 2.2 }, 0.08, 0.02},
		{"circles", func(x, y float64) float64 {
			r := math.Hypot(x, y)
			if r < 1.8 {
				return r - 1.2
			}
			return r - 2.4
		}, 0.08, 0.02},
		{"moons", func(x, y float64) float64 {
			x, y = (x+1)/2, (y+1)/2
			upper := math.Min(math.Hypot(x-1, y), math.Hypot(x+1, y))
			if y > 0 {
				upper = math.Abs(math.Hypot(x, y) - 1)
			}
			lower := math.Min(math.Hypot(x, y-0.5), math.Hypot(x-2, y-0.5))
			if y < 0.5 {
				lower = math.Abs(math.Hypot(x-1, y-0.5) - 1)
			}
			return 2 * math.Min(upper, lower)
		}, 0.1, 0.02},
		{"spiral", spiral, 0.04, 0.1}, // measured along a ray, which the inner turn crosses aslant
		{"swissroll", roll, 0.1, 0.05},
	}
	for _, test := range tests {
		x, y := draws(t, test.name, 50_000)
		square := 0.0
		for j := range x {
			d := test.distance(float64(x[j]), float64(y[j]))
			square += d * d / float64(len(x))
		}
		if sd := math.Sqrt(square); math.Abs(sd-test.sd) > test.slack*test.sd {
			t.Errorf("%s: thickness %.4f, want %.4f", test.name, sd, test.sd)
		}
	}
}

func TestEightGaussians(t *testing.T) {
	// Every sample to its nearest mode: even shares. Radius 5 and deviation 1
	// overlap, but evenly by symmetry.
	for _, test := range []struct {
		name   string
		radius float64
	}{{"8gaussians", 5}, {"8gaussians12", 12}} {
		x, y := draws(t, test.name, 80_000)
		shares, even := make([]float64, 8), make([]float64, 8)
		for j := range x {
			angle := math.Atan2(float64(y[j]), float64(x[j])) / (2 * math.Pi)
			shares[int(math.Round(8*(angle+1)))%8]++
		}
		for k := range even {
			even[k] = float64(len(x)) / 8
		}
		if p := (distuv.ChiSquared{K: 7}).Survival(stat.ChiSquare(shares, even)); p < rare {
			t.Errorf("%s: shares %v, p = %g", test.name, shares, p)
		}
		radius := 0.0
		for j := range x {
			angle := math.Round(8*math.Atan2(float64(y[j]), float64(x[j]))/(2*math.Pi)) * 2 * math.Pi / 8
			radius += (float64(x[j])*math.Cos(angle) + float64(y[j])*math.Sin(angle)) / float64(len(x))
		}
		// Samples given to a neighbour's mode cut the mean a little, at radius 5.
		if math.Abs(radius-test.radius) > 0.03*test.radius {
			t.Errorf("%s: radius %v", test.name, radius)
		}
	}
}

func TestCheckerboard(t *testing.T) {
	x, y := draws(t, "checkerboard", 100_000)
	shares := map[[2]int]float64{}
	for j := range x {
		// Half a thousandth inward forgives a sample rounded across a border.
		u, v := 0.45*float64(x[j])*0.99999, 0.45*float64(y[j])*0.99999
		shares[[2]int{int(math.Floor(u)), int(math.Floor(v))}]++
	}
	var got, want []float64
	for i := -2; i < 2; i++ {
		for k := -2; k < 2; k++ {
			if dark := (i+k)&1 == 0; dark {
				got, want = append(got, shares[[2]int{i, k}]), append(want, float64(len(x))/8)
				delete(shares, [2]int{i, k})
			}
		}
	}
	for square, n := range shares {
		if n > 2 { // borders between squares that touch at a corner
			t.Errorf("%v samples on the light square %v", n, square)
		}
	}
	if p := (distuv.ChiSquared{K: 7}).Survival(stat.ChiSquare(got, want)); p < rare {
		t.Errorf("shares %v, p = %g", got, p)
	}
	// The density of the table, 0.2025/8. The cells of the drawing that the
	// border crosses are grey and add up to the true area but for 1/255.
	p, _ := Lookup("checkerboard")
	if got := p.Grid(160).Density(0.5/0.45, 0.5/0.45); math.Abs(got-0.025312) > 1e-4 {
		t.Errorf("density %v on the squares, want 0.025312", got)
	}
}

func TestHeart(t *testing.T) {
	var h heart
	widest, last := 0.0, 0.0
	for k := range 10_000 {
		at := 2 * math.Pi * (float64(k) + 0.5) / 10_000
		x, y, dx, dy := h.outline(at)
		cross := (x*dy - y*dx) / (heartScale * heartScale)
		if cross >= 0 {
			t.Fatalf("at %v the outline turns back as seen from the origin", at)
		}
		widest, last = math.Max(widest, -cross), last-cross
		fx, fy, _, _ := h.outline(at + 1e-6)
		if math.Abs((fx-x)/1e-6-dx) > 1e-4 || math.Abs((fy-y)/1e-6-dy) > 1e-4 {
			t.Fatalf("at %v the speed is not that of the outline", at)
		}
	}
	if widest > 322 || widest < 320 {
		t.Errorf("the widest triangle is %v; the bound of 322 is wrong or wasteful", widest)
	}
	// The area of the curve is 180π, of the drawing the same in its units.
	if area := last / 2 * 2 * math.Pi / 10_000; math.Abs(area-180*math.Pi) > 1e-6 {
		t.Errorf("area %v, want 180π", area)
	}
	p, _ := Lookup("heart")
	g := p.Grid(160)
	want := 180 * math.Pi * heartScale * heartScale
	if area := g.Mass() * g.Cell * g.Cell; math.Abs(area-want) > 2e-3*want { // 8-bit edges
		t.Errorf("the drawing has area %v, want %v", area, want)
	}
	if _, y0, _, y1 := g.Bounds(); math.Abs(y0+y1) > 0.1 {
		t.Errorf("the heart runs from %v to %v; the middle should be 0", y0, y1)
	}
}

// Every preset, whatever its definition: names, extent, and a drawing that
// agrees with the sampler.
func TestPresets(t *testing.T) {
	want := "word moons spiral heart checkerboard ring circles pinwheel swissroll scurve grid 8gaussians moons7 8gaussians12"
	var names []string
	tables := false
	for _, p := range Presets() {
		names = append(names, p.Name)
		if tables && !p.Table {
			t.Errorf("%s comes after a preset for tables", p.Name)
		}
		tables = p.Table
		t.Run(p.Name, func(t *testing.T) {
			if p.Title == "" {
				t.Error("no title")
			}
			const cells, block, n = 160, 8, 100_000
			g := p.Grid(cells)
			settled(t, g)
			if g.W != cells || g.H != cells || g.X0 != -p.Extent() || slices.Max(g.Ink) != 1 {
				t.Errorf("the drawing is %d × %d from %v, darkest %v", g.W, g.H, g.X0, slices.Max(g.Ink))
			}
			x := make([]float32, 2*n)
			p.Target().Sample(seeded(3), x)

			const side = cells / block
			drawn, seen, mass := make([]float64, side*side), make([]float64, side*side), g.Mass()
			for i, v := range g.Ink {
				drawn[i/cells/block*side+i%cells/block] += float64(v) / mass
			}
			outside := 0
			for j := range n {
				u := (float64(x[j]) + p.Extent()) / (2 * p.Extent())
				v := (float64(x[n+j]) + p.Extent()) / (2 * p.Extent())
				if !(u >= 0 && u < 1 && v >= 0 && v < 1) {
					outside++
					continue
				}
				seen[int(v*side)*side+int(u*side)] += 1.0 / n
			}
			if outside > n/1000 {
				t.Errorf("%d of %d samples lie outside ±%v; a thousandth may", outside, n, p.Extent())
			}
			apart := 0.0
			for i := range drawn {
				apart += math.Abs(drawn[i]-seen[i]) / 2
			}
			// Total variation: sampling alone gives √(400/(2π·10⁵)) ≈ 0.025 when
			// all blocks are in use; faint tails lost to 8 bits up to 0.01.
			if apart > 0.035 {
				t.Errorf("the drawing and the samples are %.3f apart in total variation", apart)
			}
			if again := p.Grid(cells); !slices.Equal(again.Ink, g.Ink) {
				t.Error("the drawing is not the same twice")
			}
		})
	}
	if got := strings.Join(names, " "); got != want {
		t.Errorf("presets %s; want %s", got, want)
	}
}

func TestPresetGridOfFewCells(t *testing.T) {
	for _, p := range Presets() {
		for _, cells := range []int{1, 2, 17} {
			if p.Grid(cells).Empty() {
				t.Errorf("%s on %d cells has no ink", p.Name, cells)
			}
		}
	}
}

func TestLookupUnknown(t *testing.T) {
	for _, name := range []string{"", "Moons", "__proto__", strings.Repeat("x", 1<<20)} {
		_, err := Lookup(name)
		if err == nil || !strings.Contains(err.Error(), "pinwheel") || len(err.Error()) > 500 {
			t.Errorf("Lookup(%.20q): %v; want a short error that lists the names", name, err)
		}
	}
}

func BenchmarkPresetGrid(b *testing.B) {
	for _, p := range Presets() {
		b.Run(p.Name, func(b *testing.B) {
			for b.Loop() {
				p.Grid(160)
			}
		})
	}
}

// A drawn stroke becomes a distribution: its exact mean, and points from it.
func Example() {
	page := NewGrid(128, 128, -3, -3, 6.0/128)
	page.Line(Brush{Radius: 0.3, Softness: 0.5}, Dab{X: -1, Y: 1, Pressure: 1}, Dab{X: 2, Y: 1, Pressure: 1})

	mean, _ := page.Moments()
	fmt.Printf("mean %.2f %.2f\n", mean[0], mean[1])

	sampler, err := NewSampler(page)
	if err != nil {
		fmt.Println(err)
		return
	}
	x := make([]float32, 2*1000) // [2 × 1000], all x first, then all y
	sampler.Sample(seeded(1), x)
	fmt.Println("y between", slices.Min(x[1000:]) > 0.69, slices.Max(x[1000:]) < 1.31)
	// Output:
	// mean 0.50 1.00
	// y between true true
}
