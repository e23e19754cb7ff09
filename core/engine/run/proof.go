package run

import (
	"math"
	"math/rand/v2"

	"inkflow/core/engine"
	"inkflow/core/theorem"
)

// proof measures the theorem on the weights at hand, and again on later ones
// once it is through. What is shown is the last that was measured whole, or,
// until there is one, what there is.
type proof struct {
	at      *theorem.Measurement // or nil
	version int64                // of the weights it is about
	shown   engine.Proof
	whole   bool  // shown is one that was finished
	of      int64 // the weights shown is about
}

// Rows of the proof: 2⁶ … 2¹¹ draws in each of 32 gradients, 65 thousand in
// all. With fewer gradients the slope of a network that has learned well, whose
// own gradient is hardly there, comes out too flat.
const (
	proofGradients = 32
	proofFrom      = 6
	proofTo        = 11
	proofPiece     = 64 // draws between two looks at the clock
)

// advance does a piece of the measurement.
func (p *proof) advance(r *Runner, deadline func() bool) {
	if p.at == nil {
		m, err := theorem.New(theorem.Config{Net: r.trainer.Net(), Exact: r.fields.truth(r), Draw: draws(r),
			Gradients: proofGradients, From: proofFrom, To: proofTo, Seed: r.settings.Seed + uint64(r.trainer.Steps())})
		if err != nil {
			panic("run: " + err.Error())
		}
		p.at, p.version = m, r.version
	}
	for p.at.Advance(proofPiece) > 0 && !deadline() {
	}
	if rows := p.at.Rows(); !p.whole || p.at.Done() {
		p.shown = proofOf(rows)
	}
	if p.at.Done() {
		p.at, p.whole, p.of = nil, true, p.version
	}
}

// draws is how pairs and times of the theorem are drawn: pairs that know
// nothing of each other, at times spread evenly over the path.
func draws(r *Runner) theorem.Sampler {
	target := r.target.answer()
	from, to := r.lesson.path.Interval()
	to = math.Min(to, 1-1e-3)
	return func(rng *rand.Rand, x0, x1, t []float32) {
		for i := range x0 {
			x0[i] = float32(rng.NormFloat64())
		}
		target.Sample(rng, x1)
		for i := range t {
			t[i] = float32(from + (to-from)*rng.Float64())
		}
	}
}

// proofOf is the rows as a stage shows them.
func proofOf(rows []theorem.Row) engine.Proof {
	var p engine.Proof
	for _, row := range rows {
		if !(row.Distance.Value >= 0) || math.IsInf(row.Distance.Value, 0) {
			return engine.Proof{} // a network whose loss is flat where it stands
		}
		p.Draws, p.Distance = append(p.Draws, row.Pairs), append(p.Distance, row.Distance.Value)
	}
	if len(rows) == 0 {
		return p
	}
	if len(rows) >= 3 {
		p.Slope = known(theorem.Slope(rows))
	}
	last := rows[len(rows)-1]
	p.Difference, p.DifferenceError = known(last.Gap.Value), known(last.Gap.Error)
	p.Constant, p.ConstantError = known(last.Constant.Value), known(last.Constant.Error)
	return p
}

// known is a number, and 0 where there is none.
func known(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0
	}
	return v
}
