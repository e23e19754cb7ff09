// Package metric measures how far generated points are from the target.
//
// The measure people can picture is W2, the 2-Wasserstein distance: carry one
// cloud of points to the other, each to each, so that the mean squared way is as
// short as possible, and take the root. It is in the units of the points. To have
// it exactly, an assignment problem of n × n must be solved. An Assignment does
// that for two thousand points in about a tenth of a second, and can be asked to
// work in slices of time, because a page that trains on one thread cannot stop
// for its own measuring.
//
// A W2 alone says nothing. Two sets of fresh samples of the very same target are
// apart too, and by more than one would think: Floor is that distance, and is
// printed beside every W2. In high dimension, or for very many points, Sliced
// looks along random lines, where the best matching is merely the sorted one.
//
// Points are float32 and feature-major: x is [d × n], x[i*n+j] is coordinate i of
// point j; all sums are float64. A coordinate that is not finite is data, though
// bad: the distance is then NaN, and nothing hangs or panics.
package metric
