package flow

import (
	"math/rand/v2"

	"inkflow/core/ode"
	"inkflow/core/path"
)

// A Sampler carries noise along a field with one method on one time grid. It
// owns every buffer it needs. It is not safe for concurrent use; Parallel runs
// several of them.
type Sampler struct {
	dim    int
	route  route
	grid   []float64 // of the route
	finish *finish   // after it; nil: nothing
	source func(rng *rand.Rand, x []float32)
	spread float64 // of the source
	noise  *Noise
	seed   uint64 // address of the noise that was drawn last
	chunk  int
	whole  bool      // points are followed a full chunk at a time, whatever is asked for
	state  []float32 // [dim × Chunk] points of SampleChunk and Trace
	wide   []float32 // [dim × Chunk] a full chunk; nil unless whole
	drawn  []float32 // [dim × Chunk] a full chunk of a source; nil unless there is one
	trace  trace
	energy *energy
}

// A route carries x along the grid. begin says which noise belongs to x.
type route interface {
	begin(seed uint64, chunk int)
	solve(x []float32, grid []float64, each func(k int, t float64, x []float32)) ode.Result
}

// NewSampler returns a sampler of points of dim coordinates that start from
// N(0, I), with a plain tableau. grid is a time grid as ode.CheckGrid accepts it,
// [steps + 1] times; it is copied. For samples it rises from 0; from 1 to 0 it
// takes data back to noise. See New for everything else there is.
func NewSampler(field Velocity, dim int, tab ode.Tableau, grid []float64) *Sampler {
	checkDim(dim)
	if err := ode.CheckGrid(grid); err != nil {
		panic(err.Error())
	}
	s := &Sampler{
		dim:   dim,
		route: &plain{field: field.Velocity, solver: ode.New[float32](tab, dim*Chunk)},
		grid:  append([]float64(nil), grid...), spread: 1,
	}
	s.init()
	return s
}

// New returns a sampler of a model, following a plan. The error is a sentence
// that says why the plan cannot be, and what would do.
//
// Where the scheduler's interval ends before t = 1 and the grid goes that far,
// the sampler finishes with the denoiser: one evaluation more.
func New(m Model, p Plan) (*Sampler, error) {
	if err := m.check(&p); err != nil {
		return nil, err
	}
	field, along := m.Field, m.Path
	if p.Along != nil && p.Along != m.Path {
		field = newAlong(m.Field, m.Path, p.Along, m.Dim*Chunk)
		along = p.Along
	}
	grid, err := Grid(p.grid(), p.Steps, along)
	if err != nil {
		return nil, err
	}
	s := &Sampler{dim: m.Dim, grid: grid, source: m.Source, spread: along.Source()}
	s.whole = p.Method.Adaptive() || p.Corrector > 0
	if s.route, err = newRoute(field, along, m.Dim, &p, grid); err != nil {
		return nil, err
	}
	s.finish = newFinish(field, along, grid[len(grid)-1], m.Dim*Chunk)
	s.init()
	return s, nil
}

// init makes what all samplers have.
func (s *Sampler) init() {
	s.noise = NewNoise()
	s.state = make([]float32, s.dim*Chunk)
	if s.whole {
		s.wide = make([]float32, s.dim*Chunk)
	}
	if s.source != nil {
		s.drawn = make([]float32, s.dim*Chunk)
	}
	times := s.grid
	if s.finish != nil {
		times = append(append([]float64(nil), times...), 1)
	}
	s.trace.init(times, s.dim)
}

// Dim is the number of coordinates of a point.
func (s *Sampler) Dim() int { return s.dim }

// Grid is every time that points are seen at: those of the grid, then 1 where a
// denoising step leads beyond it. The caller must not change it.
func (s *Sampler) Grid() []float64 { return s.trace.all }

// Noise sets dst, [dim × n] with n ≤ Chunk, to the noise of one chunk: where its
// points start. Point j depends on (seed, chunk) alone and is the same for every
// n > j. What Advance or Trace does next takes its own noise, of an SDE or a
// corrector, from the same (seed, chunk).
func (s *Sampler) Noise(dst []float32, seed uint64, chunk int) {
	s.seed, s.chunk = seed, chunk
	s.start(dst)
}

// start draws the points that the chunk at hand starts from.
func (s *Sampler) start(dst []float32) {
	n := points(len(dst), s.dim)
	s.noise.at(s.seed, s.chunk)
	if s.source == nil {
		s.noise.fill(dst, s.dim, n, s.spread)
		return
	}
	// A full chunk, so that a source may draw in whatever order it likes.
	s.source(s.noise.rng, s.drawn)
	for i := range s.dim {
		copy(dst[i*n:][:n], s.drawn[i*Chunk:])
	}
	if s.spread != 1 {
		for i := range dst {
			dst[i] *= float32(s.spread)
		}
	}
}

// Advance carries x, [dim × n] with n ≤ Chunk, in place from the first time of
// the grid to the last. Where the result's status is not ode.Done, x is where
// its last finite step left it. With an adaptive method or a corrector, whose
// steps depend on all the points together, the rest of a chunk that is not full
// is made up by the points that Noise would have drawn.
func (s *Sampler) Advance(x []float32) ode.Result {
	return s.follow(x, nil)
}

// follow is Advance, with an observer of all the times of Grid. What each sees
// has n points, or a full chunk whose first n are meant.
func (s *Sampler) follow(x []float32, each func(k int, t float64, x []float32)) ode.Result {
	n := points(len(x), s.dim)
	all := x
	if s.whole && n < Chunk {
		// The steps that an adaptive method takes, and those of a corrector,
		// depend on all the points there are. So all of the chunk take part.
		all = s.wide
		s.start(all)
		for i := range s.dim {
			copy(all[i*Chunk:][:n], x[i*n:][:n])
		}
	}
	s.route.begin(s.seed, s.chunk)
	res := s.route.solve(all, s.grid, each)
	if s.finish != nil && res.Status == ode.Done {
		res.Evaluations++
		if res.Status = s.finish.apply(all); res.Status == ode.Done && each != nil {
			each(len(s.grid), 1, all)
		}
	}
	if len(all) != len(x) {
		for i := range s.dim {
			copy(x[i*n:][:n], all[i*Chunk:])
		}
	}
	return res
}

// Sample fills dst, [dim × n] for any n, with the flow's image of the noise of
// seed. The result holds the cost of a single point, and the worst status that
// any chunk ended with.
func (s *Sampler) Sample(dst []float32, seed uint64) ode.Result {
	var res ode.Result
	for c := range Chunks(s.count(dst)) {
		res = worst(res, s.SampleChunk(dst, seed, c))
	}
	return res
}

// SampleChunk does the part of Sample that belongs to one chunk, 0 ≤ chunk <
// Chunks(n): the points j of dst, [dim × n], with j / Chunk = chunk. Calls for
// different chunks are independent and may come in any order.
func (s *Sampler) SampleChunk(dst []float32, seed uint64, chunk int) ode.Result {
	n := s.count(dst)
	first := chunk * Chunk
	if chunk < 0 || first >= n {
		panic("flow: no such chunk")
	}
	m := min(Chunk, n-first)
	x := s.state[:s.dim*m] // [dim × m]
	s.Noise(x, seed, chunk)
	res := s.Advance(x)
	for i := range s.dim {
		copy(dst[i*n+first:][:m], x[i*m:][:m])
	}
	return res
}

// count is the number of points in dst, which may be many chunks.
func (s *Sampler) count(dst []float32) int {
	if len(dst)%s.dim != 0 {
		panic("flow: buffer is not [dim × n]")
	}
	return len(dst) / s.dim
}

// worst joins the results of two chunks into that of the whole.
func worst(a, b ode.Result) ode.Result {
	return ode.Result{
		Evaluations: max(a.Evaluations, b.Evaluations),
		Steps:       max(a.Steps, b.Steps),
		Rejected:    max(a.Rejected, b.Rejected),
		Status:      max(a.Status, b.Status),
	}
}

// newAlong is a field trained on one path, as a field of another.
func newAlong(f Velocity, from, to path.Scheduler, size int) Velocity {
	return &along{field: f, change: path.Change{From: from, To: to}, scaled: make([]float32, size)}
}
