package cfm

import (
	"math/rand/v2"

	"inkflow/core/nn"
	"inkflow/core/nn/kernel"
)

// Target is what is learned, or where it begins: something that can be sampled
// without end.
type Target interface {
	// Dim is the number of coordinates.
	Dim() int
	// Sample fills x [Dim × n] with n independent points, feature-major.
	Sample(rng *rand.Rand, x []float32)
}

// pairs draws the pairs of batches: X0 from the source, X1 from the target, and
// then whatever the coupling does.
type pairs struct {
	source, target Target // source nil: N(0, I)
	match          Matcher
	normal         *kernel.Normal // the noise
	rng            *rand.Rand     // all else
}

// newPairs draws batches of n pairs.
func newPairs(target Target, c Config, n int, rng *rand.Rand, normal *kernel.Normal) pairs {
	p := pairs{source: c.Source, target: target, rng: rng, normal: normal}
	if c.Coupling != nil {
		p.match = c.Coupling.Matcher(n, target.Dim())
	}
	return p
}

// draw fills x0, x1 [d × n].
func (p *pairs) draw(x0, x1 []float32) {
	if p.source == nil {
		p.normal.Fill(x0)
	} else {
		p.source.Sample(p.rng, x0)
	}
	p.target.Sample(p.rng, x1)
	if p.match != nil {
		p.match.Match(p.rng, x0, x1)
	}
}

// A batch is the pairs of one step and their times: all that is random in it. What
// follows from it, point by point, is the business of the shards.
type batch struct {
	pairs
	times  Times
	shares shares
	from   float64 // times are drawn from [from, from + length]
	length float64
	draft            // the one at hand
	next   draft     // room for the one after it, empty until it is wanted
	ready  bool      // next has been drawn
	logit  []float32 // [n] scratch
}

// A draft is the random numbers of one batch.
type draft struct {
	x0, x1 []float32 // [d × n]
	time   []float64 // [n], as drawn, in [0, 1]
	z      []float32 // [d × n] noise of a bridge, nil without
}

func newDraft(n, size int, bridge bool) draft {
	d := draft{x0: make([]float32, size), x1: make([]float32, size), time: make([]float64, n)}
	if bridge {
		d.z = make([]float32, size)
	}
	return d
}

func newBatch(p pairs, c Config, from, to float64) *batch {
	n, size := c.Batch, c.Batch*p.target.Dim()
	return &batch{
		pairs: p, times: c.Times, shares: c.Times.shares(), from: from, length: to - from,
		draft: newDraft(n, size, c.Coupling != nil && c.Coupling.Noise() > 0), logit: make([]float32, n),
	}
}

// draw makes a fresh batch the one at hand.
func (b *batch) draw() {
	if b.ready {
		b.draft, b.next, b.ready = b.next, b.draft, false
		return
	}
	b.fill(&b.draft)
}

// drawAhead draws the batch after the one at hand, which stays as it is: whoever
// works on that may go on reading it.
func (b *batch) drawAhead() {
	if b.next.time == nil {
		b.next = newDraft(len(b.time), len(b.x0), b.z != nil)
	}
	b.fill(&b.next)
	b.ready = true
}

// aim has the batches to come drawn from another target.
func (b *batch) aim(target Target) { b.target, b.ready = target, false }

func (b *batch) fill(d *draft) {
	b.pairs.draw(d.x0, d.x1)
	b.times.fill(b.rng, b.normal, d.time, b.logit)
	if d.z != nil {
		b.normal.Fill(d.z)
	}
}

// at is the time of pair j on the path.
func (b *batch) at(j int) float32 { return float32(b.from + b.length*b.time[j]) }

// place puts columns from … from+m of the batch on the path, each at its own time.
//
//	x, y [d × m]: the points, and what the network is to say of them
//	t, share [m]: the times, and what each counts in a mean over uniform time
func (b *batch) place(s *shard, net *nn.Net, noise float64) {
	n, m := len(b.time), len(s.time)
	for j := range m {
		t := b.at(s.from + j)
		s.time[j] = t
		s.share[j] = b.shares.at(b.time[s.from+j])
		alpha, sigma, da, db := net.Schedule.Coefficients(float64(t))
		if net.Predict != nil {
			da, db = net.Predict.Combination(alpha, sigma, da, db)
		}
		p, q, a, c := float32(alpha), float32(sigma), float32(da), float32(db)
		for i, k := j, s.from+j; k < len(b.x1); i, k = i+m, k+n {
			x0, x1 := b.x0[k], b.x1[k]
			s.x[i] = p*x1 + q*x0
			s.y[i] = a*x1 + c*x0
		}
		if b.z == nil {
			continue
		}
		std, factor := bridgeNoise(noise, float64(t))
		for i, k := j, s.from+j; k < len(b.z); i, k = i+m, k+n {
			e := std * float64(b.z[k])
			s.x[i] += float32(e)
			s.y[i] += float32(factor * e)
		}
	}
}
