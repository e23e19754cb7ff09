package theorem

import (
	"errors"
	"math"
	"math/rand/v2"
	"strconv"

	"inkflow/core/nn"
)

// Field is the exact marginal velocity at one point: dst, x [d].
type Field interface {
	Velocity(dst, x []float64, t float64)
}

// Sampler fills x0 and x1 [d × n, feature-major] with pairs and t [n] with times
// at which the path, the quantity and the exact field are finite. The field must
// be the one of these pairs.
type Sampler func(rng *rand.Rand, x0, x1, t []float32)

// Config says what is measured, and how far.
type Config struct {
	Net   *nn.Net // the network at whose weights the gradients are taken; copied
	Exact Field
	Draw  Sampler

	// Gradients is the number of independent gradients in a row, 2 at least. Each
	// takes 16 bytes a weight.
	Gradients int
	// From and To are the first and the last row: 2^From … 2^To pairs in each
	// gradient, From 5 at least.
	From, To int
	Seed     uint64
}

// DefaultConfig measures 32 gradients on 64 to 2048 pairs each: 65 thousand pairs
// in all. The slope of the rows then comes out within 0.05 or so of −½; fewer
// gradients on more pairs leave it less certain at the same cost.
func DefaultConfig() Config { return Config{Gradients: 32, From: 6, To: 11, Seed: 1} }

// Limits of a Config.
const (
	MaxGradients = 64
	MinFrom      = 5
	MaxTo        = 24
)

func (c Config) validate() error {
	switch {
	case c.Net == nil:
		return errors.New("theorem: there is no network whose gradient to take")
	case c.Exact == nil:
		return errors.New("theorem: there is no exact field to compare with; the target must have one")
	case c.Draw == nil:
		return errors.New("theorem: there is no sampler of pairs")
	case c.Gradients < 2 || c.Gradients > MaxGradients:
		return errors.New("theorem: Gradients is " + strconv.Itoa(c.Gradients) + ", want 2 to " + strconv.Itoa(MaxGradients))
	case c.From < MinFrom || c.To < c.From || c.To > MaxTo:
		return errors.New("theorem: the rows are 2^" + strconv.Itoa(c.From) + " to 2^" + strconv.Itoa(c.To) +
			" pairs, want exponents that rise within " + strconv.Itoa(MinFrom) + " to " + strconv.Itoa(MaxTo))
	}
	return nil
}

// Measurement takes the gradients of both losses on more and more pairs. It works
// in slices, so that a caller with a frame to draw can stop after any of them:
// the rows do not depend on the slices. It belongs to one goroutine.
type Measurement struct {
	net   *nn.Net
	exact Field
	draw  Sampler
	ws    *nn.Workspace
	last  int // pairs in a gradient of the last row
	done  int // pairs in all
	rows  []Row
	norm  float64 // ‖∇FM‖ of a pair, what the rows' distances are relative to

	row       int // pairs in a gradient of the row at work
	at        int // which gradient is at work
	gradients []gradient

	fm, cfm, gap, constant, excess moments // over all pairs so far

	block        int       // pairs at a time
	x0, x1, x, y []float32 // [d × block]
	dFM, dRest   []float32 // [d × block], loss gradients with respect to y
	t            []float32 // [block]
	part         []float32 // [NumParams]
	point, u     []float64 // [d]
}

// gradient is one of the independent ones: sums over its pairs so far.
type gradient struct {
	rng   *rand.Rand
	pairs int
	fm    []float64 // [NumParams], Σ ∇FM
	rest  []float64 // [NumParams], Σ (∇CFM − ∇FM)
}

// pairsAtOnce is how many pairs go through the network together.
const pairsAtOnce = 128

// New prepares a measurement. The error says which part is missing or out of
// range.
func New(c Config) (*Measurement, error) {
	if err := c.validate(); err != nil {
		return nil, err
	}
	d, p, b := c.Net.Config.Dim, c.Net.NumParams(), min(pairsAtOnce, 1<<c.From)
	buffer := func() []float32 { return make([]float32, d*b) }
	m := &Measurement{
		net: c.Net.Clone(), exact: c.Exact, draw: c.Draw, ws: nn.NewWorkspace(c.Net, b),
		row: 1 << c.From, last: 1 << c.To, rows: make([]Row, 0, c.To-c.From+1),
		block: b, x0: buffer(), x1: buffer(), x: buffer(), y: buffer(), dFM: buffer(), dRest: buffer(),
		t: make([]float32, b), part: make([]float32, p), point: make([]float64, d), u: make([]float64, d),
	}
	for k := range c.Gradients {
		m.gradients = append(m.gradients, gradient{
			rng: rand.New(rand.NewPCG(c.Seed, uint64(k))), fm: make([]float64, p), rest: make([]float64, p),
		})
	}
	return m, nil
}

// Total is the number of pairs of the whole measurement.
func (m *Measurement) Total() int { return m.last * len(m.gradients) }

// Pairs is the number of pairs done.
func (m *Measurement) Pairs() int { return m.done }

// Done reports whether every row is there.
func (m *Measurement) Done() bool { return len(m.rows) == cap(m.rows) }

// Rows returns the rows that are complete, fewest pairs first: valid until the
// next Advance, and not to be changed.
func (m *Measurement) Rows() []Row { return m.rows }

// Advance does n more pairs or a few more, up to a whole block of 128, and
// returns how many: 0 when all is done. It allocates nothing.
func (m *Measurement) Advance(n int) int {
	before := m.done
	for m.done-before < n && !m.Done() {
		g := &m.gradients[m.at]
		m.add(g)
		if g.pairs < m.row {
			continue
		}
		if m.at++; m.at == len(m.gradients) {
			m.append(m.summary())
			m.at, m.row = 0, 2*m.row
		}
	}
	return m.done - before
}

// add adds a block of pairs to a gradient, and to the losses.
func (m *Measurement) add(g *gradient) {
	n, d := m.block, len(m.point)
	m.draw(g.rng, m.x0, m.x1, m.t)
	for j, t := range m.t {
		alpha, sigma, _, _ := m.net.Schedule.Coefficients(float64(t))
		for k := j; k < len(m.x); k += n {
			m.x[k] = float32(alpha*float64(m.x1[k]) + sigma*float64(m.x0[k]))
		}
	}
	m.net.Forward(m.ws, m.y, m.x, m.t)
	for j := range n {
		var fm, cfm, constant float64
		ours, theirs := m.truth(j)
		for i := range d {
			k := i*n + j
			exact := m.u[i]
			pair := ours*float64(m.x1[k]) + theirs*float64(m.x0[k])
			e, r := float64(m.y[k])-exact, exact-pair
			fm, constant, cfm = fm+e*e, constant+r*r, cfm+(e+r)*(e+r)
			m.dFM[k], m.dRest[k] = float32(2*e/float64(d)), float32(2*r/float64(d))
		}
		fm, cfm, constant = fm/float64(d), cfm/float64(d), constant/float64(d)
		m.fm.add(fm)
		m.cfm.add(cfm)
		m.gap.add(cfm - fm)
		m.constant.add(constant)
		m.excess.add(cfm - fm - constant)
	}
	m.backward(g.fm, m.dFM)
	m.backward(g.rest, m.dRest)
	g.pairs += n
	m.done += n
}

// truth writes the exact value of what the network predicts for column j to m.u,
// and returns the quantity's coefficients of X1 and X0.
//
// The field gives the velocity u = α̇D + σ̇ε, and the point is x = αD + σε; the
// quantity aD + bε follows from the two.
func (m *Measurement) truth(j int) (a, b float64) {
	t := float64(m.t[j])
	for i := range m.point {
		m.point[i] = float64(m.x[i*m.block+j])
	}
	m.exact.Velocity(m.u, m.point, t)
	alpha, sigma, dAlpha, dSigma := m.net.Schedule.Coefficients(t)
	if m.net.Predict == nil {
		return dAlpha, dSigma
	}
	a, b = m.net.Predict.Combination(alpha, sigma, dAlpha, dSigma)
	det := sigma*dAlpha - dSigma*alpha
	for i, x := range m.point {
		m.u[i] = ((a*sigma-b*alpha)*m.u[i] + (b*dAlpha-a*dSigma)*x) / det
	}
	return a, b
}

// backward adds the weights' gradient of one block to sum.
//
//	sum [NumParams], dy [d × block]
func (m *Measurement) backward(sum []float64, dy []float32) {
	clear(m.part)
	m.net.Backward(m.ws, m.part, dy)
	for i, g := range m.part {
		sum[i] += float64(g)
	}
}

// append adds a row and relates the distances of all to its ‖∇FM‖, which has the
// least noise: each row's own is too long, and the longer the fewer its pairs.
func (m *Measurement) append(r Row, norm float64) {
	for i := range m.rows {
		d := &m.rows[i].Distance
		d.Value, d.Error = d.Value*m.norm/norm, d.Error*m.norm/norm
	}
	m.rows, m.norm = append(m.rows, r), norm
}

// summary is the row of the pairs so far, the same number in every gradient, and
// the ‖∇FM‖ of a pair that its distance is relative to.
func (m *Measurement) summary() (r Row, norm float64) {
	k := float64(len(m.gradients))
	var square float64 // ‖mean of Σ ∇FM‖²
	for i := range m.part {
		var sum float64
		for _, g := range m.gradients {
			sum += g.fm[i]
		}
		square += sum / k * sum / k
	}
	var distance moments
	for _, g := range m.gradients {
		var rest float64
		for _, r := range g.rest {
			rest += r * r
		}
		distance.add(math.Sqrt(rest / square))
	}
	r = Row{
		Pairs: m.row, Distance: distance.estimate(),
		FM: m.fm.estimate(), CFM: m.cfm.estimate(), Gap: m.gap.estimate(),
		Constant: m.constant.estimate(), Excess: m.excess.estimate(),
	}
	return r, math.Sqrt(square) / float64(m.row)
}
