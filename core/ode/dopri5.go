package ode

// DormandPrince is the pair of orders 5 and 4 of Dormand and Prince (1980). It
// walks with the fifth-order weights; six evaluations an accepted step, since the
// seventh is the first of the next. Its dense output, of order 4, is that of
// Shampine (1986) as in Hairer, Nørsett and Wanner (1993, II.6).
var DormandPrince = Pair{
	Tableau: Tableau{
		Name:  "dopri5",
		Order: 5,
		A: [][]float64{
			{},
			{1. / 5},
			{3. / 40, 9. / 40},
			{44. / 45, -56. / 15, 32. / 9},
			{19372. / 6561, -25360. / 2187, 64448. / 6561, -212. / 729},
			{9017. / 3168, -355. / 33, 46732. / 5247, 49. / 176, -5103. / 18656},
			dopri5,
		},
		B: append(dopri5[:6:6], 0),
		C: []float64{0, 1. / 5, 3. / 10, 4. / 5, 8. / 9, 1, 1},
	},
	Estimate:      []float64{71. / 57600, 0, -71. / 16695, 71. / 1920, -17253. / 339200, 22. / 525, -1. / 40},
	EstimateOrder: 4,
	Dense: hermite(append(dopri5[:6:6], 0), []float64{
		-12715105075. / 11282082432, 0, 87487479700. / 32700410799, -10690763975. / 1880347072,
		701980252875. / 199316789632, -1453857185. / 822651844, 69997945. / 29380423,
	}),
	DenseOrder: 4,
}

// dopri5 is the row of A that is also the step.
var dopri5 = []float64{35. / 384, 0, 500. / 1113, 125. / 192, -2187. / 6784, 11. / 84}
