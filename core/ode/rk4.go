package ode

// RK4 is the classical method of Kutta (1901). Order 4, four evaluations a
// step. Its last stage sits on the end of the step: on a field that is singular
// at t = 1, stop the grid a little before.
var RK4 = Tableau{
	Name:  "rk4",
	Order: 4,
	A:     [][]float64{{}, {1. / 2}, {0, 1. / 2}, {0, 0, 1}},
	B:     []float64{1. / 6, 1. / 3, 1. / 3, 1. / 6},
	C:     []float64{0, 1. / 2, 1. / 2, 1},
}
