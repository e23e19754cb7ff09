package flow

import "inkflow/core/path"

// along is a trained field as a field of another path (path.Change).
type along struct {
	field  Velocity
	change path.Change
	scaled []float32 // [dim × Chunk] x/scale
}

// Velocity is ū(x) = cx x + cu u(x/scale).
func (a *along) Velocity(dst, x []float32, tau float64) {
	t, scale, cx, cu := a.change.At(tau)
	scaled, shrink := a.scaled[:len(x)], float32(1/scale)
	for i, v := range x {
		scaled[i] = v * shrink
	}
	a.field.Velocity(dst, scaled, t)
	kx, ku := float32(cx), float32(cu)
	for i, v := range x {
		dst[i] = kx*v + ku*dst[i]
	}
}
