package density

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func canvas() *Grid { return NewGrid(96, 96, -3, -3, 6.0/96) }

func TestLine(t *testing.T) {
	const radius = 0.5
	tests := []struct {
		name     string
		brush    Brush
		from, to Dab
		area     float64 // of ink, unit²
		slack    float64 // relative
	}{
		// A hard brush fades over one cell inside the radius, which counts for
		// a half: the radius of the area is smaller by half a cell.
		{"a dot", Brush{Radius: radius}, Dab{0, 0, 1}, Dab{0, 0, 1}, math.Pi * 0.469 * 0.469, 0.02},
		{"a line", Brush{Radius: radius}, Dab{-1, 0, 1}, Dab{1, 0, 1}, math.Pi*0.469*0.469 + 2*2*0.469, 0.01},
		{"a slanted line", Brush{Radius: radius}, Dab{-1, -1, 1}, Dab{1, 1, 1}, math.Pi*0.469*0.469 + 2*2*math.Sqrt2*0.469, 0.01},
		// A soft dot is 2π∫(1 − 3v² + 2v³)v dv = 0.3π r².
		{"a soft dot", Brush{Radius: radius, Softness: 1}, Dab{0, 0, 1}, Dab{0, 0, 1}, 0.3 * math.Pi * radius * radius, 0.02},
		// Pressure ½ leaves the radius halfway between a cell and the full one.
		{"light pressure", Brush{Radius: radius, Softness: 1}, Dab{0, 0, 0.5}, Dab{0, 0, 0.5}, 0.3 * math.Pi * 0.28125 * 0.28125, 0.02},
		{"pressure beyond 1", Brush{Radius: radius, Softness: 1}, Dab{0, 0, 7}, Dab{0, 0, 7}, 0.3 * math.Pi * radius * radius, 0.02},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			g := canvas()
			g.Line(test.brush, test.from, test.to)
			settled(t, g)
			area := g.Mass() * g.Cell * g.Cell
			if math.Abs(area-test.area) > test.slack*test.area {
				t.Errorf("area %v, want %v", area, test.area)
			}
			mean, _ := g.Moments()
			if math.Hypot(mean[0], mean[1]) > 1e-9 {
				t.Errorf("the middle is %v, want the origin", mean)
			}

			again := g.Clone()
			again.Line(test.brush, test.to, test.from)
			if !slices.Equal(again.Ink, g.Ink) {
				t.Error("the same line drawn back adds ink")
			}
		})
	}
}

func TestLineInPieces(t *testing.T) {
	// A stroke cut into many segments looks like one: the pressure in between
	// is the linear one. A cut's own coordinates are rounded to float32, which
	// may move an edge value across one step of 1/255.
	tests := []struct {
		name     string
		brush    Brush
		from, to Dab
	}{
		{"even", Brush{Radius: 0.4, Softness: 0.5}, Dab{-1, -0.5, 1}, Dab{1.2, 0.7, 1}},
		{"growing", Brush{Radius: 0.8, Softness: 0.3}, Dab{-1, -0.5, 0.1}, Dab{1.2, 0.7, 1}},
		{"shrinking fast", Brush{Radius: 1.2}, Dab{0, 0, 1}, Dab{0.5, 0.2, 0.2}},
	}
	for _, test := range tests {
		for _, erase := range []bool{false, true} {
			test.brush.Erase = erase
			whole, pieces := canvas(), canvas()
			if erase {
				for i := range whole.Ink {
					whole.Ink[i], pieces.Ink[i] = 1, 1
				}
			}
			whole.Line(test.brush, test.from, test.to)
			last := test.from
			for k := 1; k <= 13; k++ {
				s := float32(k) / 13
				next := Dab{
					test.from.X + s*(test.to.X-test.from.X),
					test.from.Y + s*(test.to.Y-test.from.Y),
					test.from.Pressure + s*(test.to.Pressure-test.from.Pressure),
				}
				pieces.Line(test.brush, last, next)
				last = next
			}
			for i := range whole.Ink {
				if math.Abs(float64(whole.Ink[i]-pieces.Ink[i])) > 1.01/255 {
					t.Fatalf("%s, erase %v: cell %d is %v whole, %v in pieces", test.name, erase, i, whole.Ink[i], pieces.Ink[i])
				}
			}
		}
	}
}

func TestConeAgainstManyDiscs(t *testing.T) {
	// The closed form is the least ratio over ten thousand discs, up to their
	// spacing: the ratio is flat at its least, so 1e-4 is ample inside.
	rng := rand.New(rand.NewPCG(3, 1))
	for range 200 {
		u := func() float64 { return 4*rng.Float64() - 2 }
		x0, y0, x1, y1, r0, r1 := u(), u(), u(), u(), 0.05+rng.Float64(), 0.05+rng.Float64()
		c := newCone(x0, y0, r0, x1, y1, r1)
		x, y := u(), u()
		want := math.Inf(1)
		for k := range 10001 {
			s := float64(k) / 10000
			want = min(want, math.Hypot(x-x0-s*(x1-x0), y-y0-s*(y1-y0))/(r0+s*(r1-r0)))
		}
		if got := c.ratio(x, y); got > want+1e-12 || got < want-1e-2*(0.01+want) {
			t.Errorf("ratio %v, by discs %v", got, want)
		}
	}
	// A disc that swallows the other: the wider end decides.
	if got := newCone(0, 0, 0.1, 0.1, 0, 2).ratio(-1, 0); math.Abs(got-0.55) > 1e-12 {
		t.Errorf("inside the wide end the ratio is %v, want 0.55", got)
	}
}

func TestThinStrokeNeverBreaks(t *testing.T) {
	// The thinnest brush at no pressure leaves ink in every row it crosses,
	// wherever it runs between the centres of cells.
	for k := range 16 {
		g := canvas()
		x := float32(k) / 16 * float32(g.Cell)
		g.Line(Brush{Radius: 1e-9}, Dab{x, -2, 0}, Dab{x + 0.03, 2, 0})
		for j := 17; j < 79; j++ {
			if slices.Max(g.Ink[j*g.W:(j+1)*g.W]) < 0.4 {
				t.Fatalf("shift %d/16: row %d is blank", k, j)
			}
		}
	}
}

func TestEraseTakesBack(t *testing.T) {
	g := canvas()
	g.Line(Brush{Radius: 0.5}, Dab{-1, 0, 1}, Dab{1, 0, 1})
	before := g.Clone()
	g.Line(Brush{Radius: 0.3, Erase: true, Softness: 1}, Dab{0, 0, 1}, Dab{0, 0, 1})
	settled(t, g)
	for i, v := range g.Ink {
		if v > before.Ink[i] {
			t.Fatal("the eraser added ink")
		}
	}
	if g.Mass() >= before.Mass() {
		t.Error("the eraser took nothing")
	}
	g.Line(Brush{Radius: 0.7, Erase: true}, Dab{-1, 0, 1}, Dab{1, 0, 1})
	if !g.Empty() {
		t.Error("a wider eraser left ink")
	}
}

func TestLineOutsideAndNonsense(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for _, test := range []struct {
		name     string
		brush    Brush
		from, to Dab
	}{
		{"beside the page", Brush{Radius: 0.5}, Dab{10, 10, 1}, Dab{11, 12, 1}},
		{"NaN", Brush{Radius: 0.5}, Dab{nan, 0, 1}, Dab{0, 0, 1}},
		{"pressure NaN", Brush{Radius: 0.5}, Dab{0, 0, nan}, Dab{0, 0, 1}},
		{"infinite", Brush{Radius: 0.5}, Dab{0, 0, 1}, Dab{0, inf, 1}},
		{"radius NaN", Brush{Radius: math.NaN()}, Dab{0, 0, 1}, Dab{0, 0, 1}},
		{"radius infinite", Brush{Radius: math.Inf(1)}, Dab{0, 0, 1}, Dab{0, 0, 1}},
	} {
		g := canvas()
		if g.Line(test.brush, test.from, test.to); !g.Empty() {
			t.Errorf("%s: ink on the page", test.name)
		}
	}
	// From one end of the floats to the other, through the page: a full row.
	g := canvas()
	g.Line(Brush{Radius: 0.5, Softness: math.NaN()}, Dab{-math.MaxFloat32, 0, 1}, Dab{math.MaxFloat32, 0, 1})
	if _, _, x1, _ := g.Bounds(); x1 != 3 || math.IsNaN(g.Mass()) {
		t.Error("a huge stroke does not cross the page")
	}
}

func TestLineAllocatesNothing(t *testing.T) {
	g := canvas()
	if n := testing.AllocsPerRun(10, func() { g.Line(Brush{Radius: 0.3}, Dab{-1, 0, 1}, Dab{1, 1, 0.5}) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
