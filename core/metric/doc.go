// Package metric measures how far generated points are from the target.
//
// # Distances between clouds
//
// The measure people can picture is W2, the 2-Wasserstein distance: carry one
// cloud of points to the other, each to each, so that the mean squared way is as
// short as possible, and take the root. It is in the units of the points. To have
// it exactly, an assignment problem of n × n must be solved. An Assignment does
// that for two thousand points in about a tenth of a second and for ten thousand
// in a few seconds (longer where very many points coincide or lie in clusters far
// tighter than their distance), and can be asked to work in slices of time,
// because a page that trains on one thread cannot stop for its own measuring.
//
// A W2 alone says nothing. Two sets of fresh samples of the very same target are
// apart too, and by more than one would think: Floor is that distance, and is
// printed beside every W2. In high dimension, or for very many points, Sliced
// looks along random lines, where the best matching is merely the sorted one.
//
// A Discrepancy asks all pairs of points for their distance, and has two answers
// that need no floor, because without bias they are 0 on average when nothing is
// wrong: MMD2, through Gaussians of several widths, and EnergyDistance, through
// the plain distances. NLL averages what a model says of real points, and is judged
// beside the entropy of the target.
//
// # What each sees
//
// W2 saturates: within seconds of training it stands at its floor, and stays there
// while the strokes are still out of focus, because a point that is off by the
// width of a stroke costs next to nothing beside the floor. So the target is also
// taken as Cells, and a Census counts the points on those that hold 99 % of its
// mass. Share is the fraction of the points that lie there, relative to real ones,
// and Coverage the fraction of that mass that was hit. Share sees what is too much
// in the gaps and does not see what is missing; coverage sees what is missing; and
// neither sees that one part has more points than its due, which the distances do.
//
// Here is how many draws of 2,000 points it took to tell a flawed copy of two thin
// rings from the rings themselves by three standard errors; a dash is more than a
// hundred, which is to say that the flaw is not seen:
//
//	                                      W2  sliced  MMD²  energy  share  coverage
//	blurred by a third of the stroke       –       –     –       –      1         1
//	3 % of the points between the rings   15      85    54       –      1        23
//	55 : 45 instead of 50 : 50             4       4     8       6      –         –
//	3 % missing, an arc of 20°            15      15     7      19      –         6
//	moved by a third of the stroke         –       –     3      79      1         1
//
// (BenchmarkDraws prints it anew.) One draw of W2 scatters by a quarter of its
// floor and one of sliced W2 by a third: hence means of eight draws at least, and
// the same noise for whatever is compared.
//
// How far the points travelled to get there is another measure: PathEnergy sets the
// energy of a flow against W2², the least that any flow could have.
//
// # Conventions
//
// Points are float32 and feature-major: x is [d × n], x[i*n+j] is coordinate i of
// point j; all sums are float64. A coordinate that is not finite is data, though
// bad: a distance is then NaN, a census finds the point on no cell, and nothing
// hangs or panics. An Assignment, a Slicing, a Discrepancy and a Census keep their
// memory, so that measuring again allocates nothing.
//
// # Sources
//
//   - Bertsekas, D. P., "The auction algorithm: a distributed relaxation method for
//     the assignment problem", 1988, and Jonker, R. and Volgenant, A., "A shortest
//     augmenting path algorithm for dense and sparse linear assignment problems",
//     1987: exact W2.
//   - Bonneel, N., Rabin, J., Peyré, G. and Pfister, H., "Sliced and Radon
//     Wasserstein barycenters of measures", 2015.
//   - Gretton, A. et al., "A kernel two-sample test", 2012: MMD and its estimators.
//   - Székely, G. J. and Rizzo, M. L., "Energy statistics: a class of statistics based
//     on distances", 2013.
//   - Hyndman, R. J., "Computing and graphing highest density regions", 1996: the
//     cells that matter.
//   - Tong, A. et al., "Improving and generalizing flow-based generative models with
//     minibatch optimal transport", 2023, and Benamou, J.-D. and Brenier, Y., "A
//     computational fluid mechanics solution to the Monge–Kantorovich mass transfer
//     problem", 2000: normalised path energy.
package metric
