package ode

// BogackiShampine is the pair of orders 3 and 2 of Bogacki and Shampine (1989):
// three evaluations an accepted step, and the cheaper of the two pairs at
// tolerances of a hundredth to a ten-thousandth. Its dense output is the cubic
// through both ends and both velocities, of order 3.
var BogackiShampine = Pair{
	Tableau: Tableau{
		Name:  "bs32",
		Order: 3,
		A:     [][]float64{{}, {1. / 2}, {0, 3. / 4}, {2. / 9, 1. / 3, 4. / 9}},
		B:     []float64{2. / 9, 1. / 3, 4. / 9, 0},
		C:     []float64{0, 1. / 2, 3. / 4, 1},
	},
	Estimate:      []float64{-5. / 72, 1. / 12, 1. / 9, -1. / 8},
	EstimateOrder: 2,
	Dense:         hermite([]float64{2. / 9, 1. / 3, 4. / 9, 0}, make([]float64, 4)),
	DenseOrder:    3,
}
