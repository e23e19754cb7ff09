package theorem

import "math"

// Row is what so many pairs show. The losses are of all gradients' pairs
// together.
type Row struct {
	Pairs int // n, pairs in each gradient

	// Distance is ‖∇CFM − ∇FM‖/‖∇FM‖, the Euclidean norm over all weights, both
	// gradients on the same n pairs: mean and standard error over the
	// independent gradients. The norm below is that of the last row, of the mean
	// of all gradients: it has the least noise of its own. It falls like 1/√n.
	Distance Estimate

	FM, CFM  Estimate // the losses
	Gap      Estimate // CFM − FM
	Constant Estimate // E ‖u_t(X_t | Z) − u_t(X_t)‖², which Gap must be
	Excess   Estimate // Gap − Constant, pair by pair: 0 within a few standard errors
}

// Slope is the slope of log Distance against log Pairs over the rows, by least
// squares: −½ where the theorem holds. NaN of fewer than two rows.
func Slope(rows []Row) float64 {
	n := float64(len(rows))
	var x, y, xx, xy float64
	for _, r := range rows {
		a, b := math.Log(float64(r.Pairs)), math.Log(r.Distance.Value)
		x, y, xx, xy = x+a, y+b, xx+a*a, xy+a*b
	}
	return (n*xy - x*y) / (n*xx - x*x)
}
