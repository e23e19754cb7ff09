package theorem

import (
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"inkflow/core/nn"
	"inkflow/core/path"
)

// gaussian is data N(mean, diag std²) on the straight path: everything about it
// is known in closed form.
type gaussian struct{ mean, std []float64 }

func (g gaussian) draw(rng *rand.Rand, x0, x1, t []float32) {
	n := len(t)
	for j := range t {
		t[j] = rng.Float32()
	}
	for k := range x0 {
		x0[k] = float32(rng.NormFloat64())
		x1[k] = float32(g.mean[k/n] + g.std[k/n]*rng.NormFloat64())
	}
}

// Velocity is E[X1 − X0 | X_t = x].
func (g gaussian) Velocity(dst, x []float64, t float64) {
	for i := range x {
		s2 := g.std[i] * g.std[i]
		v := t*t*s2 + (1-t)*(1-t)
		dst[i] = g.mean[i] + (t*s2-(1-t))/v*(x[i]-t*g.mean[i])
	}
}

// constant is the mean over time and coordinates of Var(X1 − X0 | X_t), which is
// s²/(t²s² + (1−t)²); over uniform t that is sπ/2.
func (g gaussian) constant() float64 {
	var sum float64
	for _, s := range g.std {
		sum += s * math.Pi / 2 / float64(len(g.std))
	}
	return sum
}

var stretched = gaussian{[]float64{1, -.5}, []float64{.4, 1.6}}

// wrong is a field that is not the marginal one.
type wrong struct{ gaussian }

func (w wrong) Velocity(dst, x []float64, t float64) {
	w.gaussian.Velocity(dst, x, t)
	for i := range dst {
		dst[i] += .5 * x[i]
	}
}

// network is one whose weights all matter, for a target it does not know.
func network(t testing.TB, hidden ...int) *nn.Net {
	t.Helper()
	rng := rand.New(rand.NewPCG(4, 4))
	cfg := nn.Config{Dim: 2, Hidden: hidden, Octaves: 2, Harmonics: 1}
	n, err := nn.New(cfg, nn.Scale{Mean: []float64{1, -.5}, Std: 1.2}, path.CondOT{}, rng)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range n.Layers() {
		for i := range l.Weight {
			l.Weight[i] = float32(rng.NormFloat64() / math.Sqrt(float64(l.In)))
		}
	}
	return n
}

func measure(t testing.TB, change func(*Config)) []Row {
	t.Helper()
	c := DefaultConfig()
	c.Net, c.Exact, c.Draw = network(t, 16, 16), stretched, stretched.draw
	if change != nil {
		change(&c)
	}
	m, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	for m.Advance(1000) > 0 {
	}
	if !m.Done() || m.Pairs() != m.Total() || len(m.Rows()) != c.To-c.From+1 {
		t.Fatalf("%d of %d pairs and %d rows", m.Pairs(), m.Total(), len(m.Rows()))
	}
	return m.Rows()
}

// near fails where an estimate is more than four standard errors from the truth:
// one in sixteen thousand.
func near(t *testing.T, what string, e Estimate, want float64) {
	t.Helper()
	if !(math.Abs(e.Value-want) <= 4*e.Error) {
		t.Errorf("%s is %.5f ± %.5f, want %.5f", what, e.Value, e.Error, want)
	}
}

// The theorem on a target where both sides are known, for a velocity network and
// for others.
func TestTheoremHolds(t *testing.T) {
	for _, r := range []struct {
		name    string
		predict path.Prediction
		plain   bool
	}{
		{"velocity", path.Velocity, false},
		{"denoiser", path.Data, false},
		{"noise, plain", path.Noise, true},
	} {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			rows := measure(t, func(c *Config) { c.Net.Predict, c.Net.Config.Plain = r.predict, r.plain })
			if s := Slope(rows); !(math.Abs(s+.5) < .15) { // it scatters by 0.025 (sixteen seeds)
				t.Errorf("the gradients approach each other like n^%.3f, want n^−0.5", s)
			}
			first, last := rows[0], rows[len(rows)-1]
			// Five doublings: a factor of √32.
			if ratio := first.Distance.Value / last.Distance.Value; !(ratio > 4.5 && ratio < 7) {
				t.Errorf("the distance falls by a factor of %.2f over a factor of 32 in pairs, want about %.2f", ratio, math.Sqrt(32))
			}
			for _, row := range rows {
				near(t, "Gap − Constant", row.Excess, 0)
				if e := math.Abs(row.CFM.Value - row.FM.Value - row.Gap.Value); e > 1e-9*row.CFM.Value {
					t.Errorf("Gap is %g, CFM − FM %g", row.Gap.Value, row.CFM.Value-row.FM.Value)
				}
			}
			if r.predict == path.Velocity {
				near(t, "Constant", last.Constant, stretched.constant())
				near(t, "Gap", last.Gap, stretched.constant())
			}
			if !(last.Distance.Error > 0) { // independent gradients are not alike
				t.Errorf("the distance is %+v", last.Distance)
			}
			if last.Constant.Error >= first.Constant.Error || last.FM.Value <= 0 {
				t.Errorf("first row %+v, last %+v", first, last)
			}
		})
	}
}

// A field that is not the marginal velocity is found out by all three.
func TestWrongFieldFails(t *testing.T) {
	rows := measure(t, func(c *Config) { c.Exact = wrong{stretched} })
	last := rows[len(rows)-1]
	if s := Slope(rows); s < -.3 {
		t.Errorf("with a wrong field the gradients still approach each other like n^%.3f", s)
	}
	if math.Abs(last.Excess.Value) < 10*last.Excess.Error {
		t.Errorf("with a wrong field Gap − Constant is %.4f ± %.4f", last.Excess.Value, last.Excess.Error)
	}
	if math.Abs(last.Constant.Value-stretched.constant()) < 10*last.Constant.Error {
		t.Errorf("with a wrong field the constant is still %.4f", last.Constant.Value)
	}
}

// The gradients are those of the losses: against the losses themselves, one
// weight moved up and down, on the same pairs.
func TestGradientsAreOfTheLosses(t *testing.T) {
	c := DefaultConfig()
	c.Net, c.Exact, c.Draw, c.Gradients, c.From, c.To = network(t, 6), stretched, stretched.draw, 2, 7, 7
	run := func(weight int, by float32) *Measurement {
		moved := c
		moved.Net = c.Net.Clone()
		moved.Net.Weights[weight] += by
		m, err := New(moved)
		if err != nil {
			t.Fatal(err)
		}
		m.Advance(m.Total())
		return m
	}
	for _, w := range []int{0, 17, c.Net.NumParams() - 1} {
		const h = 1.0 / 64
		up, here, down := run(w, h), run(w, 0), run(w, -h)
		fm := (up.fm.mean - down.fm.mean) / (2 * h)
		rest := (up.gap.mean - down.gap.mean) / (2 * h)
		var gotFM, gotRest float64
		for _, g := range here.gradients {
			gotFM += g.fm[w] / float64(here.done)
			gotRest += g.rest[w] / float64(here.done)
		}
		if e := math.Abs(gotFM-fm) + math.Abs(gotRest-rest); e > 1e-3*(math.Abs(fm)+math.Abs(rest)) { // h², and float32 over h
			t.Errorf("weight %d: ∇FM %.6f and ∇CFM − ∇FM %.6f, the losses' slopes are %.6f and %.6f", w, gotFM, gotRest, fm, rest)
		}
	}
}

func TestSlicesDoNotMatter(t *testing.T) {
	small := func(c *Config) { c.From, c.To = 5, 8 }
	whole := measure(t, small)
	c := DefaultConfig()
	c.Net, c.Exact, c.Draw = network(t, 16, 16), stretched, stretched.draw
	small(&c)
	m, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	weights := c.Net.Weights
	for k := 0; !m.Done(); k++ {
		if k == 3 {
			clear(weights) // the caller's network may go on training
		}
		if n := m.Advance(1 + k%70); n < 1+k%70 && !m.Done() {
			t.Fatalf("asked for %d pairs, got %d", 1+k%70, n)
		}
	}
	if !reflect.DeepEqual(m.Rows(), whole) {
		t.Errorf("in slices %+v, at once %+v", m.Rows(), whole)
	}
	if m.Advance(1) != 0 {
		t.Error("it goes on after the end")
	}
}

func TestAdvanceDoesNotAllocate(t *testing.T) {
	c := DefaultConfig()
	c.Net, c.Exact, c.Draw = network(t, 8), stretched, stretched.draw
	m, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	if a := testing.AllocsPerRun(20, func() { m.Advance(600) }); a != 0 {
		t.Errorf("Advance allocates %g times", a)
	}
	if len(m.Rows()) < 3 {
		t.Errorf("only %d rows were passed on the way", len(m.Rows()))
	}
}

func TestNewSaysWhatIsWrong(t *testing.T) {
	for word, change := range map[string]func(*Config){
		"network":      func(c *Config) { c.Net = nil },
		"exact":        func(c *Config) { c.Exact = nil },
		"sampler":      func(c *Config) { c.Draw = nil },
		"Gradients":    func(c *Config) { c.Gradients = 1 },
		"2^4 to 2^11":  func(c *Config) { c.From = 4 },
		"2^9 to 2^8 ":  func(c *Config) { c.From, c.To = 9, 8 },
		"2^6 to 2^25 ": func(c *Config) { c.To = 25 },
	} {
		c := DefaultConfig()
		c.Net, c.Exact, c.Draw = network(t, 4), stretched, stretched.draw
		change(&c)
		if _, err := New(c); err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("error %v, want one that speaks of %q", err, word)
		}
	}
}

func TestSlope(t *testing.T) {
	var rows []Row
	for n := 64; n <= 4096; n *= 2 {
		rows = append(rows, Row{Pairs: n, Distance: Estimate{Value: 3 * math.Pow(float64(n), -.7)}})
	}
	if s := Slope(rows); math.Abs(s+.7) > 1e-12 {
		t.Errorf("slope %g of a power law with exponent −0.7", s)
	}
	if s := Slope(rows[:1]); s == s {
		t.Errorf("one row has the slope %g", s)
	}
}

// Of 2, 4, 9 the mean is 5 and the sample variance 13.
func TestMoments(t *testing.T) {
	var m moments
	for _, x := range []float64{2, 4, 9} {
		m.add(x)
	}
	if e := m.estimate(); e.Value != 5 || math.Abs(e.Error-math.Sqrt(13./3)) > 1e-15 {
		t.Errorf("%+v, want 5 ± √(13/3)", e)
	}
}
