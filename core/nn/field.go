package nn

// Field is a network with a workspace of its own: a velocity field without
// further arguments, for a solver.
type Field struct {
	Net   *Net
	Exact bool // see [Workspace.Exact]
	ws    *Workspace
}

// NewField binds a network to a fresh workspace. Use one field a goroutine; the
// network may be shared. Net may be set to another network of the same Config.
func NewField(n *Net) *Field { return &Field{Net: n, ws: NewWorkspace(n, 0)} }

// Velocity is [Net.Velocity].
//
//	dst, x [Dim × m]
func (f *Field) Velocity(dst, x []float32, t float64) {
	f.ws.Exact = f.Exact
	f.Net.Velocity(f.ws, dst, x, t)
}

// VelocityDerivative is [Net.VelocityDerivative], exact always.
//
//	v, x [Dim × m]; dv, dx [k × Dim × m]
func (f *Field) VelocityDerivative(v, dv, x, dx []float32, t float64) {
	f.Net.VelocityDerivative(f.ws, v, dv, x, dx, t)
}
