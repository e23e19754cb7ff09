package kernel

// What an optimiser does to every weight.

// Adam holds the coefficients of one step of AdamW (Loshchilov and Hutter,
// 2019, algorithm 2; Adam itself: Kingma and Ba, 2015), bias corrections
// already folded in by the caller.
type Adam struct {
	Beta1, Beta2 float32
	Rate         float32 // learning rate over the first moment's bias correction, η/(1 − β1ᵏ)
	Second       float32 // one over the second moment's bias correction, 1/(1 − β2ᵏ)
	Epsilon      float32
	Decay        float32 // η λ, the share of a weight that decays in this step
}

// AdamW takes one step, with g the gradient and m and v the running moments:
//
//	m ← β1 m + (1 − β1) g
//	v ← β2 v + (1 − β2) g²
//	w ← w − Decay w − Rate m / (√(Second v) + ε)
//
// All are [n]; g is left alone.
func AdamW(w, m, v, g []float32, a Adam) {
	n := len(w)
	check(len(m) == n && len(v) == n && len(g) == n, "AdamW: buffers")
	adamW(w, m, v, g, a)
}

// Lerp moves y towards x: y ← y + share (x − y). It is the update of an
// exponential moving average.
//
//	y, x [n]
func Lerp(y, x []float32, share float32) {
	check(len(y) == len(x), "Lerp: buffers")
	lerp(y, x, share)
}

// Finite reports whether no element is infinite or NaN.
func Finite(x []float32) bool { return finite(x) }
