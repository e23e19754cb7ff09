// Package run is the far side of the seam: it owns the network, and trains,
// samples and measures in turns.
//
// A [Runner] is a plain state machine on one thread. It is given commands and
// a budget of time, spends the budget, and can be asked for a snapshot; it
// starts nothing and waits for nothing, so the same runner lives in a
// goroutine on a desktop ([Local]) and between two turns of the event loop in
// a browser's Worker.
//
// Three things want its time: training steps, particles to be integrated
// anew, and the matching that measures how far they are from the target. Each
// is cut into pieces of a few milliseconds, and turns are shared by weight, so
// that training never stops for a measure and the particles never stop for
// training. The draws of training, of the particles and of the measures come
// from separate streams: what is trained does not depend on what is shown.
package run
