package run

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"inkflow/core/density"
	"inkflow/core/engine"
	"inkflow/core/metric"
)

func ring(t *testing.T) density.Target {
	t.Helper()
	p, err := density.Lookup("ring")
	if err != nil {
		t.Fatal(err)
	}
	return p.Target()
}

// normal is N(0, I): the particles of a field that moves none, whose matching
// is quickly found.
type normal struct{}

func (normal) Dim() int { return 2 }

func (normal) Sample(rng *rand.Rand, x []float32) {
	for i := range x {
		x[i] = float32(rng.NormFloat64())
	}
}

func (m *measure) reading() (s engine.Snapshot) {
	m.report(&s)
	return s
}

func always() bool { return true }

// While the weights move, the size rises from 500 to 2,000 points some time
// after the network has learned for three seconds. Until then the small size
// keeps answering: the reading never stands still for two draws of the full
// size. A W2 always stands beside a floor of its own size.
func TestMeasureRises(t *testing.T) {
	m := newMeasure()
	m.restart(normal{}, 1)
	s := still(1)
	if r := m.reading(); r.W2Draws != 0 || r.FloorDraws != 0 {
		t.Errorf("something is known before it was measured: %+v", r)
	}
	floors := map[int]float64{}
	last, inARow := 0, 0
	for i := range 100_000 {
		if !m.wanting(int64(i), true) {
			t.Fatal("while the weights move there is always more to measure")
		}
		trained := time.Second
		if i > 500 {
			trained = quickFor
		}
		began := m.phase == begin
		m.advance(s, int64(i), trained, false, always)
		if began && last != fullPoints {
			if inARow++; m.at == m.quick {
				inARow = 0
			}
			if inARow > 1 {
				t.Fatal("two draws of the full size come one after the other, and nothing new is shown")
			}
			if m.at == m.full && trained < quickFor {
				t.Fatal("the full size is drawn before the shape stands")
			}
		}
		r := m.reading()
		if (r.W2Draws > 0) != (r.FloorDraws > 0) {
			t.Fatalf("%d draws of W2 and %d of its floor", r.W2Draws, r.FloorDraws)
		}
		if r.W2Draws == 0 {
			continue
		}
		if r.Points < last || r.Points == fullPoints && trained < quickFor {
			t.Fatalf("%d points after %d, %v of training", r.Points, last, trained)
		}
		if r.W2Draws > quickLive || r.FloorDraws > quickFloors {
			t.Fatalf("%d and %d draws of moving weights", r.W2Draws, r.FloorDraws)
		}
		last = r.Points
		floors[r.Points] = r.Floor
		if r.Points == fullPoints && r.W2Draws == liveDraws {
			break
		}
	}
	if len(floors) != 2 {
		t.Fatalf("sizes %v, want %d and %d", floors, quickPoints, fullPoints)
	}
	rng := rand.New(rand.NewPCG(3, 4))
	for n, got := range floors {
		want := metric.Floor(func(x []float32) { normal{}.Sample(rng, x) }, n, 2, 4)
		// A floor of 4 draws scatters by about a tenth; those of the two sizes
		// differ by half.
		if math.Abs(got/want-1) > 0.25 {
			t.Errorf("the floor of %d points is %.4f, and core/metric has %.4f", n, got, want)
		}
	}
}

// At rest eight draws of the weights at hand are made at the full size, and
// then no more.
func TestMeasureComesToRest(t *testing.T) {
	m := newMeasure()
	m.restart(normal{}, 1)
	s := still(1)
	rest := func(version int64) engine.Snapshot {
		t.Helper()
		for n := 0; m.wanting(version, false); n++ {
			if n > 100_000 {
				t.Fatal("it never comes to rest")
			}
			m.advance(s, version, 0, true, always)
		}
		r := m.reading()
		if r.W2Draws != heldDraws || r.FloorDraws != floorDraws || r.Points != fullPoints {
			t.Errorf("it rests at %d draws and %d of the floor at %d points", r.W2Draws, r.FloorDraws, r.Points)
		}
		return r
	}
	first := rest(1)
	if !m.wanting(2, false) {
		t.Error("the W2 of other weights is taken for theirs")
	}
	second := rest(2)
	for _, d := range m.full.draws {
		if d.version != 2 {
			t.Errorf("a draw of weights %d in the mean of weights 2", d.version)
		}
	}
	if first.W2 == second.W2 {
		t.Error("the draws of two measures are the same")
	}
	// Another solver: the floor stays, the rest goes.
	m.stale()
	if r := m.reading(); r.W2Draws != 0 || r.FloorDraws != 0 || len(m.full.floor) != floorDraws {
		t.Errorf("after another solver %d draws and %d of the floor are shown, %d of it are kept", r.W2Draws, r.FloorDraws, len(m.full.floor))
	}
	if !m.wanting(2, false) {
		t.Error("after another solver there is nothing to measure")
	}
	m.restart(normal{}, 2)
	if r := m.reading(); r.W2Draws != 0 || r.FloorDraws != 0 {
		t.Errorf("after another target %d draws and %d of the floor are known", r.W2Draws, r.FloorDraws)
	}
	if !m.wanting(2, false) {
		t.Error("after another target there is nothing to measure")
	}
}

// A change of the solver in the middle of a draw of the floor leaves that be.
func TestStaleKeepsTheFloorInProgress(t *testing.T) {
	m := newMeasure()
	m.restart(ring(t), 1)
	s := still(1)
	m.advance(s, 1, 0, true, always)
	if m.phase != matching || !m.ofFloor {
		t.Fatalf("phase %d, of the floor %v", m.phase, m.ofFloor)
	}
	m.stale()
	if m.phase != matching {
		t.Error("the draw of the floor was lost")
	}
	for m.phase != moving {
		m.advance(s, 1, 0, true, always)
	}
	m.stale()
	if m.phase != begin {
		t.Error("the draw of the old solver goes on")
	}
}

func TestMeanOfWhichDraws(t *testing.T) {
	for _, row := range []struct {
		name     string
		versions []int64 // of the draws, in order; their W2 are 1, 2, 3, …
		want     []float64
	}{
		{"moving", []int64{1, 2, 3, 4, 5, 6}, []float64{3, 4, 5, 6}},
		{"just held", []int64{1, 2, 3, 4}, []float64{1, 2, 3, 4}},
		{"held, one draw", []int64{1, 2, 3, 4, 5}, []float64{2, 3, 4, 5}},
		{"held, two draws", []int64{1, 2, 3, 5, 5}, []float64{4, 5}},
		{"at rest", []int64{1, 5, 5, 5, 5, 5, 5, 5, 5, 5}, []float64{3, 4, 5, 6, 7, 8, 9, 10}},
		{"moving again", []int64{5, 5, 5, 5, 5, 5, 5, 5, 6}, []float64{6, 7, 8, 9}},
	} {
		m := newMeasure()
		m.at, m.quick.floor, m.quick.live = m.quick, []float64{1}, liveDraws
		for i, v := range row.versions {
			m.version = v
			m.keep(float64(i + 1))
		}
		mean := 0.0
		for _, v := range row.want {
			mean += v / float64(len(row.want))
		}
		if r := m.reading(); r.W2Draws != len(row.want) || math.Abs(r.W2-mean) > 1e-12 {
			t.Errorf("%s: the mean of %d draws is %g, want %g of %v", row.name, r.W2Draws, r.W2, mean, row.want)
		}
		m.keep(math.NaN())
		if r := m.reading(); r.W2Draws != len(row.want) || math.IsNaN(r.W2) {
			t.Errorf("%s: what is no number was kept: %+v", row.name, r)
		}
	}
}

func TestNothingToMeasure(t *testing.T) {
	if newMeasure().wanting(1, true) {
		t.Error("without a target there is something to measure")
	}
}
