package metric

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"
)

func draw(sc scene, seed uint64, n, d int) (x, y []float32) {
	x, y = make([]float32, d*n), make([]float32, d*n)
	sc.fill(rand.New(rand.NewPCG(seed, 1)), x, y, d)
	return x, y
}

// costs is the full matrix, as the definition has it.
func costs(x, y []float32, n, d int) [][]float64 {
	c := make([][]float64, n)
	for i := range c {
		c[i] = make([]float64, n)
		for j := range c[i] {
			for k := range d {
				gap := float64(x[k*n+i]) - float64(y[k*n+j])
				c[i][j] += gap * gap
			}
		}
	}
	return c
}

// brute is the least mean cost over all permutations.
func brute(c [][]float64) float64 {
	best := math.Inf(1)
	used := make([]bool, len(c))
	var try func(i int, sum float64)
	try = func(i int, sum float64) {
		if i == len(c) {
			best = min(best, sum/float64(len(c)))
			return
		}
		for j := range c {
			if !used[j] {
				used[j] = true
				try(i+1, sum+c[i][j])
				used[j] = false
			}
		}
	}
	try(0, 0)
	return best
}

func solved(x, y []float32, n int) *Assignment {
	a := NewAssignment(n)
	a.Start(x, y)
	if !a.Advance(nil) {
		panic("not done without a deadline")
	}
	return a
}

// close to w: sums of up to n terms in another order, and square roots.
func same(got, want float64) bool { return math.Abs(got-want) <= 1e-12*math.Abs(want) }

func TestBruteForce(t *testing.T) {
	for _, sc := range scenes {
		for n := 1; n <= 8; n++ {
			for _, d := range []int{1, 2, 3, 4} {
				for seed := range uint64(8) {
					x, y := draw(sc, seed, n, d)
					if got, want := W2(x, y, d), math.Sqrt(brute(costs(x, y, n, d))); !same(got, want) {
						t.Errorf("%s, n=%d, d=%d, seed %d: W2 %.17g, want %.17g", sc.name, n, d, seed, got, want)
					}
				}
			}
		}
	}
}

// The assignment is a linear program whose vertices are permutations (Birkhoff).
func TestLinearProgram(t *testing.T) {
	const n, d = 9, 2
	for _, name := range []string{"like", "ring", "normal to ring", "two against one"} {
		x, y := draw(find(name), 5, n, d)
		c := costs(x, y, n, d)
		objective := make([]float64, n*n)
		// Rows and columns sum to 1; one of the 2n conditions follows from the others.
		sums := mat.NewDense(2*n-1, n*n, nil)
		ones := make([]float64, 2*n-1)
		for i := range n {
			for j := range n {
				objective[i*n+j] = c[i][j]
				sums.Set(i, i*n+j, 1)
				if j < n-1 {
					sums.Set(n+j, i*n+j, 1)
				}
			}
		}
		for i := range ones {
			ones[i] = 1
		}
		best, _, err := lp.Simplex(objective, sums, ones, 1e-12, nil)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		// The simplex works in a basis that is inverted anew: a few digits less.
		if got, want := W2(x, y, d), math.Sqrt(best/n); math.Abs(got-want) > 1e-9*want {
			t.Errorf("%s: W2 %.15g, the simplex says %.15g", name, got, want)
		}
	}
}

func find(name string) scene {
	for _, sc := range scenes {
		if sc.name == name {
			return sc
		}
	}
	panic(name)
}

// certify checks that the matching is a permutation of the stated cost, and that
// the prices prove it optimal over all n² pairs: c_ij − v_j ≥ c_iσ(i) − v_σ(i).
func certify(t *testing.T, a *Assignment, x, y []float32) {
	t.Helper()
	n, d := a.n, a.d
	seen := make([]bool, n)
	sum := 0.0
	for i, j := range a.Matching() {
		if seen[j] {
			t.Fatalf("point %d of y is matched twice", j)
		}
		seen[j] = true
		for k := range d {
			gap := float64(x[k*n+i]) - float64(y[k*n+int(j)])
			sum += gap * gap
		}
	}
	if got, want := a.W2(), math.Sqrt(sum/float64(n)); !same(got, want) {
		t.Errorf("W2 is %g, the matching's is %g", got, want)
	}
	worst := 0.0
	for i := range n {
		own := int32(a.colOf[i])
		u := a.pairCost(int32(i), own) - a.price[own]
		for j := range n {
			worst = max(worst, u-(a.pairCost(int32(i), int32(j))-a.price[j]))
		}
	}
	// By duality the mean cost is within worst of the best. Prices are sums of at
	// most n changes of the size of the clouds.
	if worst > 1e-13*float64(n)*a.radius {
		t.Errorf("a row could do better by %g, at radius² %g", worst, a.radius)
	}
}

func TestCertificate(t *testing.T) {
	for _, sc := range scenes {
		for _, n := range []int{2, 16, 17, 33, 150} {
			for _, d := range []int{1, 2, 3, 5} {
				t.Run(fmt.Sprintf("%s/n=%d/d=%d", sc.name, n, d), func(t *testing.T) {
					x, y := draw(sc, uint64(n), n, d)
					keepX, keepY := slices.Clone(x), slices.Clone(y)
					certify(t, solved(x, y, n), x, y)
					if !slices.Equal(x, keepX) || !slices.Equal(y, keepY) {
						t.Error("the clouds were changed")
					}
				})
			}
		}
	}
	// The dimension that the page has, at a size that needs many leaves.
	for _, name := range []string{"like", "normal to ring"} {
		x, y := draw(find(name), 1, 1500, 2)
		certify(t, solved(x, y, 1500), x, y)
	}
}

// On a line the best matching joins the i-th smallest to the i-th smallest.
func TestLine(t *testing.T) {
	for _, sc := range scenes {
		for _, n := range []int{1, 50, 300} {
			x, y := draw(sc, 3, n, 1)
			got := W2(x, y, 1)
			slices.Sort(x)
			slices.Sort(y)
			sum := 0.0
			for i := range x {
				gap := float64(x[i]) - float64(y[i])
				sum += gap * gap / float64(n)
			}
			if want := math.Sqrt(sum); !same(got, want) {
				t.Errorf("%s, n=%d: W2 %.17g, sorted %.17g", sc.name, n, got, want)
			}
		}
	}
}

// The best map of a cloud to its own shift, stretch or permutation is known.
func TestKnownMaps(t *testing.T) {
	const n = 300
	x, y := draw(scenes[0], 1, n, 2)
	for j := range n {
		y[j], y[n+j] = x[n-1-j]+3, x[2*n-1-j]-4
	}
	// The shift itself is rounded to float32.
	if got := W2(x, y, 2); math.Abs(got-5) > 1e-6 {
		t.Errorf("a shift by 5 costs %g", got)
	}
	a := solved(x, y, n)
	for i, j := range a.Matching() {
		if int(j) != n-1-i {
			t.Fatalf("point %d goes to %d", i, j)
		}
	}
	sum := 0.0
	for i, v := range x {
		y[i] = 2 * v // exact
		sum += float64(v) * float64(v) / n
	}
	if got := W2(x, y, 2); !same(got, math.Sqrt(sum)) {
		t.Errorf("doubling costs %g, want %g", got, math.Sqrt(sum))
	}
}

func TestSymmetry(t *testing.T) {
	for _, sc := range scenes {
		x, y := draw(sc, 9, 150, 2)
		if there, back := W2(x, y, 2), W2(y, x, 2); !same(there, back) {
			t.Errorf("%s: %.17g one way, %.17g the other", sc.name, there, back)
		}
	}
}

func TestNonFiniteInput(t *testing.T) {
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		for _, side := range []int{0, 1} {
			x, y := draw(scenes[0], 1, 20, 2)
			[][]float32{x, y}[side][17] = float32(bad)
			a := solved(x, y, 20)
			if !math.IsNaN(a.W2()) || a.Matching() != nil {
				t.Errorf("%g in a cloud gives W2 %g", bad, a.W2())
			}
			if s := Sliced(rand.New(rand.NewPCG(1, 1)), x, y, 2, 3); !math.IsNaN(s) {
				t.Errorf("%g in a cloud gives sliced W2 %g", bad, s)
			}
			x, y = draw(scenes[0], 1, 20, 2)
			a.Start(x, y)
			a.Advance(nil)
			certify(t, a, x, y)
		}
	}
	// Both clouds infinite: the means differ by a NaN.
	x := []float32{float32(math.Inf(1))}
	if !math.IsNaN(W2(x, x, 1)) || !math.IsNaN(W2(nil, nil, 2)) {
		t.Error("no NaN")
	}
}

// Cut into the smallest slices, a run does the same; and a new Start in the
// middle of one leaves no trace.
func TestSlices(t *testing.T) {
	for _, sc := range scenes {
		const n = 300
		x, y := draw(sc, 2, n, 2)
		whole := solved(x, y, n)
		a := NewAssignment(n)
		for abandoned := range 3 {
			p, q := draw(scenes[abandoned+3], 5, n, 2)
			a.Start(p, q)
			for range 3 * abandoned {
				a.Advance(func() bool { return true })
			}
		}
		a.Start(x, y)
		slices, asked := 0, 0
		for !a.Advance(func() bool { asked++; return true }) {
			slices++
		}
		if slices != asked {
			t.Errorf("%s: %d slices, asked %d times", sc.name, slices, asked)
		}
		if sc.name == "clusters" && slices < 10 {
			t.Errorf("only %d slices: the deadline is hardly asked", slices)
		}
		if a.W2() != whole.W2() {
			t.Errorf("%s: W2 %g in slices, %g at once", sc.name, a.W2(), whole.W2())
		}
	}
}

// The clock is looked at far more often than every couple of milliseconds. A wall
// clock would test the machine, so looks are counted: alone on a core of 2021 a run
// takes 60 ms at d = 2 and 220 ms at d = 8.
func TestDeadlineGrain(t *testing.T) {
	const n = 2000
	for _, row := range []struct{ d, least int }{{2, 200}, {8, 700}} {
		x, y := draw(find("wider"), 1, n, row.d)
		a := NewAssignment(n)
		a.Start(x, y)
		looks := 0
		a.Advance(func() bool { looks++; return false })
		if looks < row.least {
			t.Errorf("d=%d: %d looks at the clock", row.d, looks)
		}
	}
}

func TestNoAllocation(t *testing.T) {
	const n = 150
	a := NewAssignment(n)
	pairs := [][2][]float32{}
	for _, sc := range scenes {
		x, y := draw(sc, 4, n, 2)
		pairs = append(pairs, [2][]float32{x, y})
	}
	a.Start(pairs[0][0], pairs[0][1]) // learns the dimension
	for i, p := range pairs {
		if allocs := testing.AllocsPerRun(2, func() { a.Start(p[0], p[1]); a.Advance(nil); a.W2() }); allocs != 0 {
			t.Errorf("%s: %g allocations", scenes[i].name, allocs)
		}
	}
	x, y := draw(scenes[0], 4, n, 5)
	certify(t, func() *Assignment { a.Start(x, y); a.Advance(nil); return a }(), x, y)
}

func TestPanics(t *testing.T) {
	a := NewAssignment(2)
	started := NewAssignment(2)
	started.Start(make([]float32, 4), make([]float32, 4))
	unfinished := new(Discrepancy)
	unfinished.Start(make([]float32, 4), make([]float32, 4), 2, 1)
	rng := rand.New(rand.NewPCG(1, 1))
	for name, f := range map[string]func(){
		"no points":      func() { NewAssignment(0) },
		"shape":          func() { a.Start(make([]float32, 3), make([]float32, 3)) },
		"unlike":         func() { a.Start(make([]float32, 4), make([]float32, 6)) },
		"empty":          func() { a.Start(nil, nil) },
		"not started":    func() { a.Advance(nil) },
		"W2 early":       func() { started.W2() },
		"Matching early": func() { started.Matching() },
		"W2 shape":       func() { W2(make([]float32, 3), make([]float32, 3), 2) },
		"dimension":      func() { W2(nil, nil, 0) },
		"projections":    func() { Sliced(rng, make([]float32, 2), make([]float32, 2), 2, 0) },
		"no dimension":   func() { EnergyDistance(nil, nil, 0) },
		"half a point":   func() { EnergyDistance(make([]float32, 4), make([]float32, 3), 2) },
		"no Start":       func() { new(Discrepancy).Advance(nil) },
		"energy early":   func() { unfinished.EnergyDistance() },
		"MMD² early":     func() { unfinished.MMD2() },
		"slices idle":    func() { new(Slicing).Advance(nil) },
		"slices early":   func() { new(Slicing).W2() },
		"cells' shape":   func() { NewCells(make([]float32, 5), 2, 3, 0, 0, 1) },
		"cells' side":    func() { NewCells(make([]float32, 6), 2, 3, 0, 0, 0) },
		"other cells":    func() { NewCensus(newRings().cells()).Merge(NewCensus(newRings().cells())) },
		"space":          func() { NewCensus(newRings().cells()).Add(make([]float32, 3)) },
		"draws":          func() { Floor(func([]float32) {}, 1, 1, 0) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}
