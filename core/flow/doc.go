// Package flow makes samples and trajectories of a velocity field.
//
// A field and a solver are all it takes: draw noise, carry it from t = 0 to
// t = 1, and what arrives is distributed like the data. The package adds the
// three things that make this useful in a program.
//
// The noise has an address. Points are cut into chunks of Chunk points, and the
// noise of a chunk depends only on (seed, chunk). So the same seed gives the
// same points whether they are drawn in one call, a chunk a frame in a page, or
// by several goroutines; and the first thousand of a million are the thousand
// one gets when asking for a thousand.
//
// The work has a size. A chunk takes all its steps before the next one starts:
// its buffers stay in the cache, and an engine that owes its thread to others
// can stop after any chunk.
//
// The path can be kept. Trace stores a chunk at a handful of times, the first
// and the last among them, which is what a stage draws.
//
// Buffers are float32 and feature-major: x is [d × n], x[i*n+j] is coordinate i
// of point j. A Sampler allocates when it is made and never again.
package flow
