package metric

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// A scene is a pair of clouds that asks something of the assignment.
type scene struct {
	name string
	fill func(rng *rand.Rand, x, y []float32, d int)
}

func normal(rng *rand.Rand, x []float32, scale, shift float64) {
	for i := range x {
		x[i] = float32(shift + scale*rng.NormFloat64())
	}
}

func ring(rng *rand.Rand, x []float32, sharp float64) {
	n := len(x) / 2
	for j := range n {
		a := float64(rng.IntN(8)) * math.Pi / 4
		x[j] = float32(5*math.Cos(a) + sharp*rng.NormFloat64())
		x[n+j] = float32(5*math.Sin(a) + sharp*rng.NormFloat64())
	}
}

// fewPlaces puts every point on one of a few places, so that many coincide.
func fewPlaces(rng *rand.Rand, x []float32, d, places int) {
	at := make([]float32, places*d)
	normal(rng, at, 1, 0)
	n := len(x) / d
	for j := range n {
		p := rng.IntN(places)
		for k := range d {
			x[k*n+j] = at[p*d+k]
		}
	}
}

var scenes = []scene{
	{"like", func(rng *rand.Rand, x, y []float32, d int) { normal(rng, x, 1, 0); normal(rng, y, 1, 0) }},
	{"wider", func(rng *rand.Rand, x, y []float32, d int) { normal(rng, x, 1, 0); normal(rng, y, 10, 3) }},
	{"narrower", func(rng *rand.Rand, x, y []float32, d int) { normal(rng, x, 10, 0); normal(rng, y, 1, 3) }},
	{"ring", func(rng *rand.Rand, x, y []float32, d int) {
		if d != 2 {
			normal(rng, x, 1, 0)
			normal(rng, y, 2, 0)
			return
		}
		ring(rng, x, 1)
		ring(rng, y, 1)
	}},
	{"clusters", func(rng *rand.Rand, x, y []float32, d int) {
		if d != 2 {
			normal(rng, x, 3, 0)
			normal(rng, y, 2, 0)
			return
		}
		ring(rng, x, .01)
		ring(rng, y, .01)
	}},
	{"normal to ring", func(rng *rand.Rand, x, y []float32, d int) {
		normal(rng, x, 1, 0)
		normal(rng, y, 1, 0)
		if d == 2 {
			ring(rng, y, .1)
		}
	}},
	{"far apart", func(rng *rand.Rand, x, y []float32, d int) { normal(rng, x, 1, 0); normal(rng, y, 1, 1000) }},
	{"two against one", func(rng *rand.Rand, x, y []float32, d int) {
		normal(rng, x, .1, 0)
		normal(rng, y, .1, 0)
		for i := range y {
			if i%(len(y)/d)%2 == 0 {
				y[i] += 100
			}
		}
	}},
	{"lattice", func(rng *rand.Rand, x, y []float32, d int) {
		for i := range x {
			x[i], y[i] = float32(rng.IntN(6)), float32(rng.IntN(6))
		}
	}},
	{"equal", func(rng *rand.Rand, x, y []float32, d int) {
		for i := range x {
			x[i], y[i] = 2, 2
		}
	}},
	{"duplicates", func(rng *rand.Rand, x, y []float32, d int) {
		fewPlaces(rng, x, d, 3)
		fewPlaces(rng, y, d, 5)
	}},
	{"shared places", func(rng *rand.Rand, x, y []float32, d int) {
		fewPlaces(rng, x, d, 4)
		n := len(x) / d
		for j := range n { // each point of y is one of x, perhaps many times the same
			from := rng.IntN(n)
			for k := range d {
				y[k*n+j] = x[k*n+from]
			}
		}
	}},
	{"ties", func(rng *rand.Rand, x, y []float32, d int) { // corners of a cube, and its centre
		for i := range x {
			x[i], y[i] = float32(2*rng.IntN(2)), 1
			if i%(len(x)/d)%3 > 0 {
				y[i] = float32(2 * rng.IntN(2))
			}
		}
	}},
	{"unequal clusters", func(rng *rand.Rand, x, y []float32, d int) {
		fewPlaces(rng, x, d, 2)
		fewPlaces(rng, y, d, 2)
		for i := range x {
			x[i] += float32(1e-6 * rng.NormFloat64())
			y[i] += float32(1e-6 * rng.NormFloat64())
		}
	}},
	{"same", func(rng *rand.Rand, x, y []float32, d int) { normal(rng, x, 1, 0); copy(y, x) }},
	{"huge", func(rng *rand.Rand, x, y []float32, d int) { normal(rng, x, 1e37, 0); normal(rng, y, 1e37, 0) }},
	{"tiny", func(rng *rand.Rand, x, y []float32, d int) { normal(rng, x, 1e-37, 0); normal(rng, y, 1e-37, 0) }},
	{"point against cloud", func(rng *rand.Rand, x, y []float32, d int) { clear(x); normal(rng, y, 1, 0) }},
}

// Exact W2 of many points, where the time grows faster than n².
func BenchmarkW2Large(b *testing.B) {
	for _, n := range []int{5000, 10_000} {
		a := NewAssignment(n)
		for _, name := range []string{"like", "ring", "wider", "normal to ring"} {
			b.Run(fmt.Sprintf("%s/n=%d", name, n), func(b *testing.B) {
				x, y := draw(find(name), 1, n, 2)
				for b.Loop() {
					a.Start(x, y)
					a.Advance(nil)
				}
			})
		}
	}
}

func BenchmarkW2(b *testing.B) {
	for _, n := range []int{500, 1000, 2000} {
		for _, sc := range scenes {
			b.Run(fmt.Sprintf("%s/n=%d", sc.name, n), func(b *testing.B) {
				rng := rand.New(rand.NewPCG(1, 2))
				x, y := make([]float32, 2*n), make([]float32, 2*n)
				a := NewAssignment(n)
				for b.Loop() {
					sc.fill(rng, x, y, 2)
					a.Start(x, y)
					a.Advance(nil)
				}
			})
		}
	}
}
