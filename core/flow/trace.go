package flow

import "inkflow/core/ode"

// maxFrames bounds the memory of a picture: a stage interpolates between frames.
const maxFrames = 17

// A trace is where the frames of the running integration go.
type trace struct {
	dim    int
	all    []float64 // every time that is seen
	at     []int     // [frames] those of them that are stored
	times  []float64 // [frames] their times
	frames []float32 // [frames × dim × n] of the call in progress
	n      int       // points of that call
	next   int       // frame that is stored next
	each   func(k int, t float64, x []float32)
}

// init chooses what to store: every step up to 16 of them, otherwise 17 grid
// times evenly spread by index, always the first and the last.
func (tr *trace) init(grid []float64, dim int) {
	tr.dim, tr.all = dim, grid
	steps := len(grid) - 1
	gaps := min(steps, maxFrames-1)
	for f := range gaps + 1 {
		k := (f*steps + gaps/2) / gaps
		tr.at = append(tr.at, k)
		tr.times = append(tr.times, grid[k])
	}
	tr.each = tr.store
}

// store is the solver's observer. x has n points or more, of which the first n
// are stored.
func (tr *trace) store(k int, _ float64, x []float32) {
	if tr.next == len(tr.at) || tr.at[tr.next] != k {
		return
	}
	m := len(x) / tr.dim
	frame := tr.frames[tr.next*tr.dim*tr.n:][:tr.dim*tr.n]
	for i := range tr.dim {
		copy(frame[i*tr.n:][:tr.n], x[i*m:])
	}
	tr.next++
}

// Times are the times of the frames that Trace stores, at most 17, the first
// and the last of Grid among them. The caller must not change them.
func (s *Sampler) Times() []float64 { return s.trace.times }

// Trace carries one chunk of noise, [dim × n] with n ≤ Chunk, through the grid
// and stores it on the way: frames is [len(Times()) × dim × n], frame 0 the noise
// itself. If the integration ends early, its last finite state fills the frames
// that are left, so that nothing non-finite reaches a picture.
func (s *Sampler) Trace(frames, noise []float32) ode.Result {
	n := points(len(noise), s.dim)
	tr := &s.trace
	if len(frames) != len(tr.at)*len(noise) {
		panic("flow: frames are not [len(Times()) × dim × n]")
	}
	tr.frames, tr.n, tr.next = frames, n, 0
	x := s.state[:s.dim*n]
	copy(x, noise)
	res := s.follow(x, tr.each)
	for tr.next < len(tr.at) {
		tr.store(tr.at[tr.next], 0, x)
	}
	tr.frames = nil
	return res
}
