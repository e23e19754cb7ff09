package ode

// Ralston has the smallest bound on its local error among the methods of two
// stages (Ralston 1962). Order 2, two evaluations a step, the second at two
// thirds of it and so never on its end.
var Ralston = Tableau{
	Name:  "ralston",
	Order: 2,
	A:     [][]float64{{}, {2. / 3}},
	B:     []float64{1. / 4, 3. / 4},
	C:     []float64{0, 2. / 3},
}

// Ralston3 is his choice among the methods of three stages. Order 3; no stage
// looks further than three quarters of the step, which makes it the last step of
// methods that would otherwise look at the end.
//
// Its estimate is the distance to Midpoint, whose two stages it shares. Its dense
// output integrates the parabola through the three velocities: the weights are
// ∫₀^θ ℓ_i with Lagrange's polynomials on 0, ½, ¾.
var Ralston3 = Pair{
	Tableau: Tableau{
		Name:  "ralston3",
		Order: 3,
		A:     [][]float64{{}, {1. / 2}, {0, 3. / 4}},
		B:     []float64{2. / 9, 1. / 3, 4. / 9},
		C:     []float64{0, 1. / 2, 3. / 4},
	},
	Estimate:      []float64{2. / 9, -2. / 3, 4. / 9},
	EstimateOrder: 2,
	Dense:         [][]float64{{1, -5. / 3, 8. / 9}, {0, 3, -8. / 3}, {0, -4. / 3, 16. / 9}},
	DenseOrder:    2,
}
