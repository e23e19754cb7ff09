package flow

import (
	"inkflow/core/ode"
)

// A Sampler carries noise along a field with one method on one time grid. It
// owns every buffer it needs. It is not safe for concurrent use; Parallel runs
// several of them.
type Sampler struct {
	field  ode.Field[float32]
	dim    int
	grid   []float64
	solver *ode.Solver[float32]
	noise  *Noise
	state  []float32 // [dim × Chunk]
	trace  trace
}

// NewSampler returns a sampler of points of dim coordinates. grid is a time
// grid as ode.CheckGrid accepts it, [steps + 1] times; it is copied. For samples
// it rises from 0; from 1 to 0 it takes data back to noise.
func NewSampler(field Velocity, dim int, tab ode.Tableau, grid []float64) *Sampler {
	if dim < 1 {
		panic("flow: a point has at least one coordinate")
	}
	if err := ode.CheckGrid(grid); err != nil {
		panic(err.Error())
	}
	s := &Sampler{
		field:  field.Velocity,
		dim:    dim,
		grid:   append([]float64(nil), grid...),
		solver: ode.New[float32](tab, dim*Chunk),
		noise:  NewNoise(),
		state:  make([]float32, dim*Chunk),
	}
	s.trace.init(s.grid)
	return s
}

// Dim is the number of coordinates of a point.
func (s *Sampler) Dim() int { return s.dim }

// Advance carries x, [dim × n] with n ≤ Chunk, in place from the first time of
// the grid to the last. Where the result's status is not ode.Done, x is where
// its last finite step left it.
func (s *Sampler) Advance(x []float32) ode.Result {
	points(len(x), s.dim)
	return s.solver.Solve(s.field, x, s.grid, nil)
}

// Noise sets dst, [dim × n] with n ≤ Chunk, to the noise of one chunk.
func (s *Sampler) Noise(dst []float32, seed uint64, chunk int) {
	s.noise.Fill(dst, s.dim, seed, chunk)
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
	s.noise.Fill(x, s.dim, seed, chunk)
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
		Status:      max(a.Status, b.Status),
	}
}
