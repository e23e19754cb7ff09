package nn

// Field is a network with a workspace of its own: a velocity field without
// further arguments, for a solver.
type Field struct {
	Net *Net
	ws  *Workspace
}

// NewField binds a network to a fresh workspace. Use one field a goroutine; the
// network may be shared. Net may be set to another network of the same Config.
func NewField(n *Net) *Field { return &Field{Net: n, ws: NewWorkspace(n, 0)} }

// Velocity is [Net.Velocity].
//
//	dst, x [Dim × m]
func (f *Field) Velocity(dst, x []float32, t float64) { f.Net.Velocity(f.ws, dst, x, t) }
