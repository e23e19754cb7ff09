package flow

// A Velocity is a time-dependent vector field. It writes to dst the velocity of
// every point of x at time t, both [d × n] and feature-major, and leaves x alone.
// It must treat points independently of each other: chunks rely on it. A network
// with its workspace is one: nn.Field.
type Velocity interface {
	Velocity(dst, x []float32, t float64)
}

// A Func is a Velocity in closed form.
type Func func(dst, x []float32, t float64)

// Velocity calls f.
func (f Func) Velocity(dst, x []float32, t float64) { f(dst, x, t) }
