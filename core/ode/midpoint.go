package ode

// Midpoint looks at the velocity half a step ahead and walks the whole step
// with it (Runge 1895). Order 2, two evaluations a step. It never evaluates at
// the end of a step, and so never at t = 1, where the exact field of a drawing
// is singular.
var Midpoint = Tableau{
	Name:  "midpoint",
	Order: 2,
	A:     [][]float64{{}, {1. / 2}},
	B:     []float64{0, 1},
	C:     []float64{0, 1. / 2},
}
