package metric

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// rings is the target of the figures in doc.go: two thin rings, half of the mass
// each, 3 cells across on a grid of 128 × 128.
type rings struct {
	weights []float32 // [side × side]
	inked   []int32   // the cells with a weight, all of the same
}

const (
	side   = 128
	corner = -2.5
	pixel  = 5. / side
)

func newRings() *rings {
	r := &rings{weights: make([]float32, side*side)}
	for k := range r.weights {
		u, v := corner+pixel*(float64(k%side)+.5), corner+pixel*(float64(k/side)+.5)
		if math.Abs(math.Hypot(math.Abs(u)-1.2, v)-1) <= 1.5*pixel {
			r.weights[k] = 1
			r.inked = append(r.inked, int32(k))
		}
	}
	return r
}

func (r *rings) cells() *Cells {
	c, err := NewCells(r.weights, side, side, corner, corner, pixel)
	if err != nil {
		panic(err)
	}
	return c
}

func (r *rings) point(rng *rand.Rand) (u, v float64) {
	k := r.inked[rng.IntN(len(r.inked))]
	return corner + pixel*(float64(k%side)+rng.Float64()), corner + pixel*(float64(k/side)+rng.Float64())
}

// A flaw is a way to miss the target.
type flaw struct {
	name  string
	point func(r *rings, rng *rand.Rand) (u, v float64)
}

var (
	perfect = flaw{"perfect", (*rings).point}
	blurred = flaw{"blurred", func(r *rings, rng *rand.Rand) (u, v float64) { // by a third of the stroke
		u, v = r.point(rng)
		return u + pixel*rng.NormFloat64(), v + pixel*rng.NormFloat64()
	}}
	bridged = flaw{"bridged", func(r *rings, rng *rand.Rand) (u, v float64) { // 3 % between the rings
		if rng.Float64() < .03 {
			return 2*rng.Float64() - 1, .4*rng.Float64() - .2
		}
		return r.point(rng)
	}}
	uneven = flaw{"uneven", func(r *rings, rng *rand.Rand) (u, v float64) { // 45 : 55
		if u, v = r.point(rng); rng.Float64() < .1 {
			u = math.Abs(u)
		}
		return u, v
	}}
	gapped = flaw{"gapped", func(r *rings, rng *rand.Rand) (u, v float64) { // 20° of one ring missing
		for {
			u, v = r.point(rng)
			if u < 0 || math.Abs(math.Atan2(v, u-1.2)) > math.Pi/18 {
				return u, v
			}
		}
	}}
	shifted = flaw{"shifted", func(r *rings, rng *rand.Rand) (u, v float64) { // by a third of the stroke
		u, v = r.point(rng)
		return u + pixel, v
	}}
)

func (f flaw) fill(r *rings, rng *rand.Rand, x []float32) {
	n := len(x) / 2
	for j := range n {
		u, v := f.point(r, rng)
		x[j], x[n+j] = float32(u), float32(v)
	}
}

// The measures that are compared, as one draw gives them.
const (
	w2 = iota
	sliced
	mmd
	energy
	shareOf
	coverage
	measures
)

var measureNames = [measures]string{"W2", "sliced", "MMD²", "energy", "share", "coverage"}

// A gauge takes all measures of one draw.
type gauge struct {
	rings  *rings
	cells  *Cells
	census *Census
	match  *Assignment
	slices Slicing
	pairs  Discrepancy
	x, y   []float32 // [2 × n]
}

func newGauge(n int) *gauge {
	r := newRings()
	c := r.cells()
	return &gauge{rings: r, cells: c, census: NewCensus(c), match: NewAssignment(n), x: make([]float32, 2*n), y: make([]float32, 2*n)}
}

func (g *gauge) draw(rng *rand.Rand, f flaw) (m [measures]float64) {
	f.fill(g.rings, rng, g.x)
	perfect.fill(g.rings, rng, g.y)
	g.match.Start(g.x, g.y)
	g.match.Advance(nil)
	g.slices.Start(rng, g.x, g.y, 2, 128)
	g.slices.Advance(nil)
	g.pairs.Start(g.x, g.y, 2, Bandwidth(g.y, 2))
	g.pairs.Advance(nil)
	g.census.Reset()
	g.census.Add(g.x)
	return [measures]float64{g.match.W2(), g.slices.W2(), g.pairs.MMD2(), g.pairs.EnergyDistance(), g.census.Share(), g.census.Coverage()}
}

// A tally is a list of draws.
type tally []float64

func (t tally) mean() float64 {
	sum := 0.0
	for _, v := range t {
		sum += v
	}
	return sum / float64(len(t))
}

func (t tally) variance() float64 {
	mean, sum := t.mean(), 0.0
	for _, v := range t {
		sum += (v - mean) * (v - mean)
	}
	return sum / float64(len(t)-1)
}

// needed is how many draws it takes until the means of two kinds of draws differ
// by three standard errors.
func needed(a, b tally) float64 {
	gap := a.mean() - b.mean()
	return max(1, math.Ceil(9*(a.variance()+b.variance())/(gap*gap)))
}

// What the package comment says each measure sees, at a size that a test can
// afford: how many draws of 1,000 points tell the flaw from the target itself. A
// dozen draws give that number to within a factor of two or so where it is small;
// where it is large they say no more than that.
func TestDraws(t *testing.T) {
	const n, draws, unseen = 1000, 12, 50
	g := newGauge(n)
	tallies := func(stream uint64, f flaw) (t [measures]tally) {
		for k := range uint64(draws) {
			for i, v := range g.draw(rand.New(rand.NewPCG(k, stream)), f) {
				t[i] = append(t[i], v)
			}
		}
		return t
	}
	none := tallies(0, perfect)
	for i, row := range []struct {
		flaw    flaw
		sees    []int // in 40 draws at most
		notSees []int
	}{
		{blurred, []int{shareOf, coverage}, []int{w2, sliced, mmd, energy}},
		{bridged, []int{shareOf}, nil},
		{uneven, []int{w2, sliced, energy}, []int{shareOf}},
		{gapped, []int{mmd}, []int{shareOf}},
		{shifted, []int{mmd, shareOf, coverage}, []int{w2, sliced}},
	} {
		with := tallies(uint64(i+1), row.flaw)
		for _, m := range row.sees {
			if got := needed(none[m], with[m]); got > 40 {
				t.Errorf("%s by %s: %g draws tell", row.flaw.name, measureNames[m], got)
			}
		}
		for _, m := range row.notSees {
			if got := needed(none[m], with[m]); got < unseen {
				t.Errorf("%s by %s: %g draws tell", row.flaw.name, measureNames[m], got)
			}
		}
	}
}

// The table in the package comment: go test -run - -bench Draws -benchtime 64x.
// One operation is one draw with the flaw and one without. The figures are the
// mean without and with it, the deviation of one draw without, and how many
// draws it takes to tell.
func BenchmarkDraws(b *testing.B) {
	for _, n := range []int{500, 2000} {
		g := newGauge(n)
		for _, f := range []flaw{blurred, bridged, uneven, gapped, shifted} {
			b.Run(fmt.Sprintf("n=%d/%s", n, f.name), func(b *testing.B) {
				var none, with [measures]tally
				rng := rand.New(rand.NewPCG(1, 2))
				for b.Loop() {
					for i, v := range g.draw(rng, perfect) {
						none[i] = append(none[i], v)
					}
					for i, v := range g.draw(rng, f) {
						with[i] = append(with[i], v)
					}
				}
				for i, name := range measureNames {
					b.ReportMetric(none[i].mean(), name)
					b.ReportMetric(with[i].mean(), name+":flawed")
					b.ReportMetric(math.Sqrt(none[i].variance()), name+":±")
					b.ReportMetric(needed(none[i], with[i]), name+":draws")
				}
			})
		}
	}
}
