// Package run is the far side of the seam: it owns the network, and trains,
// samples and measures in turns.
//
// A [Runner] is a plain state machine on one thread. It is given commands and
// a budget of time, spends the budget, and can be asked for a snapshot; it
// starts nothing and waits for nothing, so the same runner lives in a
// goroutine on a desktop ([Local]) and between two turns of the event loop in
// a browser's Worker.
//
// Four things want its time: training steps, particles to be integrated
// anew, the matching that measures how far they are from the target, and what
// the theory has to say of the flow: layers of the field, learned and exact,
// the floor of the loss, likelihoods, the theorem of flow matching. Each is cut into pieces of a few milliseconds, and turns are shared by weight, so
// that training never stops for a measure and the particles never stop for
// training. The draws of training, of the particles and of the measures come
// from separate streams: what is trained does not depend on what is shown.
//
// The settings' texts become core's own values here and nowhere else: a lesson
// is what the trainer is given (lesson.go), a plan how particles are carried
// (sampling.go), and an answer the shape in closed form, where it has one
// (answer.go).
//
// Other threads may help with the particles of a large cloud: see [Pool]. A
// slice of particles depends on the weights, the settings and its number and on
// nothing else, so it is the same whoever integrates it.
package run
