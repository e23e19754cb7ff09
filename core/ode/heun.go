package ode

// Heun averages the velocities at both ends of an Euler step (Heun 1900), the
// choice of Karras et al. (2022). Order 2, two evaluations a step. Its second
// stage sits on the end of the step; as a Method it takes the last two steps of a
// grid with Midpoint.
var Heun = Tableau{
	Name:  "heun",
	Order: 2,
	A:     [][]float64{{}, {1}},
	B:     []float64{1. / 2, 1. / 2},
	C:     []float64{0, 1},
}
