package path

import (
	"fmt"
	"slices"
	"testing"
)

// bent has four coefficients that are easily told apart.
type bent struct{ CondOT }

func (bent) Coefficients(t float64) (alpha, sigma, dAlpha, dSigma float64) {
	return t * t, 1 - t, 2 * t, -1
}

func TestBridge(t *testing.T) {
	// Two points in three dimensions, each at its own time; all values are
	// sums of powers of two, so the results are exact.
	times := []float32{0, 0.5}
	x0 := []float32{1, 2, 3, 4, 5, 6}
	x1 := []float32{8, 16, 32, 64, 128, 256}
	wantX := []float32{1, 0.25*16 + 0.5*2, 3, 0.25*64 + 0.5*4, 5, 0.25*256 + 0.5*6}
	wantU := []float32{-1, 16 - 2, -3, 64 - 4, -5, 256 - 6}

	keep0, keep1 := slices.Clone(x0), slices.Clone(x1)
	xt, u := make([]float32, 6), make([]float32, 6)
	Bridge(bent{}, xt, u, x0, x1, times)
	if !slices.Equal(xt, wantX) || !slices.Equal(u, wantU) {
		t.Errorf("xt, u = %v, %v; want %v, %v", xt, u, wantX, wantU)
	}
	if !slices.Equal(x0, keep0) || !slices.Equal(x1, keep1) {
		t.Error("the pairs were changed")
	}

	for _, swap := range []bool{false, true} {
		a, b := slices.Clone(x0), slices.Clone(x1)
		xt, u := a, b
		if swap {
			xt, u = b, a
		}
		Bridge(bent{}, xt, u, a, b, times)
		if !slices.Equal(xt, wantX) || !slices.Equal(u, wantU) {
			t.Errorf("in place (swapped %v): xt, u = %v, %v", swap, xt, u)
		}
	}
}

func TestBridgeAllocatesNothing(t *testing.T) {
	x0, x1, xt, u, times := make([]float32, 64), make([]float32, 64), make([]float32, 64), make([]float32, 64), make([]float32, 32)
	var s Scheduler = CondOT{}
	if n := testing.AllocsPerRun(10, func() { Bridge(s, xt, u, x0, x1, times) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestBridgePanics(t *testing.T) {
	two, three, four := make([]float32, 2), make([]float32, 3), make([]float32, 4)
	tests := []struct {
		name                string
		xt, u, x0, x1, time []float32
	}{
		{"x1 is short", four, four, four, two, two},
		{"xt is short", two, four, four, four, two},
		{"u is short", four, two, four, four, two},
		{"not a multiple of n", four, four, four, four, three},
		{"points without times", four, four, four, four, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			Bridge(CondOT{}, test.xt, test.u, test.x0, test.x1, test.time)
		})
	}
	Bridge(CondOT{}, nil, nil, nil, nil, nil) // nothing to do is no mistake
}

// A point a quarter of the way from the noise (4, 0) to the data (0, 8), and
// the velocity at which the pair travels.
func ExampleBridge() {
	s, err := Parse("condot")
	if err != nil {
		fmt.Println(err)
		return
	}
	noise, data := []float32{4, 0}, []float32{0, 8} // [2 × 1]
	xt, u := make([]float32, 2), make([]float32, 2)
	Bridge(s, xt, u, noise, data, []float32{0.25})
	fmt.Println(xt, u)
	// Output: [3 2] [-4 8]
}
