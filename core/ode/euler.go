package ode

// Euler follows the tangent for the whole step: x' = x + h f(x, t)
// (Euler 1768). Order 1, one evaluation a step. On a flow whose paths are
// straight it is exact with a single step.
var Euler = Tableau{
	Name:  "euler",
	Order: 1,
	A:     [][]float64{{}},
	B:     []float64{1},
	C:     []float64{0},
}
