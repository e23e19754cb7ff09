package run

import (
	"math"
	"time"

	"inkflow/core/engine"
)

// A painter computes the layers that a stage has asked for, a piece at a time.
// A layer that has begun is finished before the same kind is begun anew, at
// the latest time that was asked for: so one that takes long still comes.
type painter struct {
	jobs  [engine.Theorem + 1]job
	turn  engine.Kind // whose piece is next
	now   time.Duration
	epoch int64 // rises when everything shown before is of another flow

	x, v, u []float32 // [2 × maxPiece]
	logs    []float64 // [maxPiece]
	points  []float64 // [2 × maxPiece]
}

// job is one kind's.
type job struct {
	on   bool
	want engine.Layer

	busy    bool
	field   engine.Field // in work, or done
	done    int          // points of it that are known
	epoch   int64        // that it was begun in
	version int64        // of the weights that it was begun with
	begun   time.Duration
	rare    float64 // log-density below which hardly a point comes

	whole  bool // field is done: of these weights and this epoch
	unsent bool
}

// maxPiece is the most points that are computed between two looks at the
// clock.
const maxPiece = 256

func newPainter() *painter {
	return &painter{x: make([]float32, 2*maxPiece), v: make([]float32, 2*maxPiece), u: make([]float32, 2*maxPiece),
		logs: make([]float64, maxPiece), points: make([]float64, 2*maxPiece)}
}

// show takes what is asked for from now on.
func (p *painter) show(layers []engine.Layer) {
	var on [engine.Theorem + 1]bool
	for _, l := range layers {
		on[l.Kind] = true
		p.jobs[l.Kind].want = l
	}
	for k := range p.jobs {
		j := &p.jobs[k]
		if j.on = on[k]; !j.on {
			*j = job{}
		}
	}
}

// forget says that the flow is another: nothing in work or done holds.
func (p *painter) forget() {
	p.epoch++
	for k := range p.jobs {
		j := &p.jobs[k]
		j.busy, j.whole, j.unsent = false, false, false
	}
}

// learned reports whether a kind changes with the weights.
func learned(k engine.Kind) bool {
	return k == engine.Velocity || k == engine.Gap || k == engine.Likelihood
}

// stale reports whether a layer is not what it should be.
func (p *painter) stale(k engine.Kind, version int64) bool {
	j := &p.jobs[k]
	if !j.on || k == engine.Theorem || j.unsent && !j.busy { // what is done waits for the stage to take it
		return false
	}
	if j.busy || !j.whole || j.field.Layer != j.want {
		return true
	}
	return learned(k) && j.version != version && p.now-j.begun >= again
}

// again is how old a layer gets, at the least, before it follows the weights.
const again = 150 * time.Millisecond

// wanting reports whether there is anything to compute.
func (p *painter) wanting(version int64, can func(k engine.Kind) bool) bool {
	for _, k := range kinds {
		if p.stale(k, version) && can(k) {
			return true
		}
	}
	return false
}

// kinds are the layers with points.
var kinds = [...]engine.Kind{engine.Velocity, engine.Exact, engine.Gap, engine.Density, engine.Likelihood}

// next is the kind whose piece it is, in turns.
func (p *painter) next(version int64, can func(k engine.Kind) bool) (engine.Kind, bool) {
	for range kinds {
		p.turn = p.turn%kinds[len(kinds)-1] + 1
		if p.stale(p.turn, version) && can(p.turn) {
			return p.turn, true
		}
	}
	return 0, false
}

// advance computes pieces of one layer until the deadline.
func (p *painter) advance(r *Runner, deadline func() bool) {
	f, version := r.fields, r.version
	k, ok := p.next(version, f.can)
	if !ok {
		return
	}
	j := &p.jobs[k]
	if !j.busy {
		if !f.prepare(r, k) {
			return
		}
		j.begin(p.epoch, version, r.trainer.Steps())
		j.begun = p.now
		if k != engine.Density && k != engine.Likelihood {
			j.field.Typical = f.typical(j.field.Time)
		}
		if k == engine.Gap {
			j.rare = f.rare(j.field.Time)
		}
	}
	total := j.field.W * j.field.H
	for j.done < total {
		n := min(f.piece(k), total-j.done)
		p.compute(f, j, n)
		j.done += n
		if deadline() {
			break
		}
	}
	if j.done == total {
		j.busy, j.whole, j.unsent = false, true, true
	}
}

func (j *job) begin(epoch, version int64, step int) {
	numbers := j.want.Kind.Numbers() * j.want.W * j.want.H
	data := j.field.Data
	if cap(data) < numbers {
		data = make([]float32, numbers)
	}
	j.field = engine.Field{Layer: j.want, Step: step, Data: data[:numbers]}
	j.busy, j.whole, j.done, j.epoch, j.version = true, false, 0, epoch, version
}

// compute does the next n points of a layer.
func (p *painter) compute(f *fields, j *job, n int) {
	l, first, total := j.field.Layer, j.done, j.field.W*j.field.H
	x := p.x[:2*n] // [2 × n]
	for i := range n {
		k := first + i
		x[i] = float32(l.X0 + (float64(k%l.W)+0.5)*l.Cell)
		x[n+i] = float32(l.Y0 + (float64(k/l.W)+0.5)*l.Cell)
	}
	out := j.field.Data
	v, u := p.v[:2*n], p.u[:2*n]
	switch l.Kind {
	case engine.Velocity:
		f.velocity(v, x, l.Time)
		pair(out, v, first, total)
	case engine.Exact:
		f.exactVelocity(u, x, l.Time)
		pair(out, u, first, total)
	case engine.Gap:
		f.velocity(v, x, l.Time)
		f.exactVelocity(u, x, l.Time)
		for i := range n {
			gap := math.Hypot(float64(u[i]-v[i]), float64(u[n+i]-v[n+i]))
			out[first+i] = tame(float32(gap * f.visited(x[i], x[n+i], l.Time, j.rare)))
		}
	case engine.Density:
		f.exactDensity(out[first:first+n], x, l.Time)
	case engine.Likelihood:
		points := p.points[:2*n]
		for i, c := range x {
			points[i] = float64(c)
		}
		f.likelihood(p.logs[:n], points)
		for i, v := range p.logs[:n] {
			out[first+i] = logTame(v)
		}
	}
}

// pair puts n velocities, [2 × n], into a layer of total points.
func pair(out, v []float32, first, total int) {
	n := len(v) / 2
	for i := range n {
		out[first+i], out[total+first+i] = tame(v[i]), tame(v[n+i])
	}
}

// tame keeps a number that is drawn within what can be drawn.
func tame(v float32) float32 {
	const most = 1e6
	if v != v {
		return 0
	}
	return min(max(v, -most), most)
}

// leastLog is where a log-density counts as none: e^−500 of anything is not
// seen.
const leastLog = -500

func logTame(v float64) float32 {
	if !(v > leastLog) { // and what is not a number
		return leastLog
	}
	return float32(math.Min(v, 1e6))
}

// unsent moves copies of the layers done and not sent yet into a snapshot.
func (p *painter) unsent(s *engine.Snapshot) {
	for k := range p.jobs {
		j := &p.jobs[k]
		if !j.unsent || j.busy {
			continue
		}
		f := j.field
		f.Data = append([]float32(nil), f.Data...)
		s.Fields = append(s.Fields, f)
		j.unsent = false
	}
}

// resend sends again what was sent before.
func (p *painter) resend() {
	for k := range p.jobs {
		p.jobs[k].unsent = p.jobs[k].whole
	}
}

func (p *painter) waiting() bool {
	for k := range p.jobs {
		if p.jobs[k].unsent && !p.jobs[k].busy {
			return true
		}
	}
	return false
}
