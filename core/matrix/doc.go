// Package matrix is the door between gonum and the rest of core.
//
// Inside, points are float32 and feature-major, [d × n], as the kernels want
// them. Outside, Go programs hold data in gonum matrices of float64, a row a
// point. Here the one becomes the other; a matrix becomes a target to train
// on, in any dimension; and what is closed-form about Gaussians is computed
// with gonum's linear algebra, to compare with.
//
// It is a package of its own so that the programs for the browser, which have
// no use for it, do not carry gonum.
package matrix
