// Package matching finds the best way to pair the points of two small clouds:
// the permutation with the least sum of squared distances, in the time of a
// training step.
//
// # The problem
//
// Given x_1 … x_n and y_1 … y_n, find the permutation π that minimises
//
//	Σ ‖x_i − y_π(i)‖².
//
// It is a linear program, and its dual gives every column j a price v_j: a
// permutation is optimal if there are prices for which each row has the column
// that is cheapest for it, c_ij − v_j. The method is the one of Jonker and
// Volgenant (1987). Prices start at the column minima; some rows then find a
// column of their own at once, others bid for one a few times; and each row that
// is left over gets a shortest augmenting path (Dijkstra over c_ij − v_j − u_i ≥
// 0), along which pairs are swapped. After that nobody can do better.
//
// # What it is not
//
// core/metric has an assignment too, for another use: thousands of points, in
// slices of time, with memory linear in n, in float64. This one is for a batch.
// It keeps the whole matrix of costs, in float32, since then every inner loop
// runs along a row and takes four columns at a time (scan_simd.go; scan.go has
// the same in plain Go). At n = 128 it is some five times as fast; the two meet near
// n = 1,000.
//
// Float32 means that the sum is the least one up to about a millionth of it.
package matching
