package engine

// The wire form of layers: requests, fields, curves and the proof.

func (w *writer) layer(l Layer) {
	w.u8(uint8(l.Kind))
	w.f64(l.Time)
	w.f64(l.X0)
	w.f64(l.Y0)
	w.f64(l.Cell)
	w.int(l.W)
	w.int(l.H)
}

func (r *reader) layer() Layer {
	return Layer{Kind: Kind(r.u8()), Time: r.f64(), X0: r.f64(), Y0: r.f64(), Cell: r.f64(), W: r.int(), H: r.int()}
}

// layerBytes is the least a layer takes: what a hostile count is checked
// against before anything is allocated for it.
const layerBytes = 1 + 6*8

func (r *reader) layers() []Layer {
	n := r.count(layerBytes)
	var layers []Layer
	for i := 0; i < n && r.err == nil; i++ {
		layers = append(layers, r.layer())
	}
	return layers
}

// count reads a number of things that take at least so many bytes each.
func (r *reader) count(size int) int {
	n := uint64(r.u32())
	if r.err == nil && n*uint64(size) > uint64(len(r.b)) {
		r.err = &WireError{"is cut short"}
	}
	if r.err != nil {
		return 0
	}
	return int(n)
}

func (w *writer) fields(fields []Field) {
	w.u32(uint32(len(fields)))
	for i := range fields {
		f := &fields[i]
		w.layer(f.Layer)
		w.int(f.Step)
		w.f64(f.Typical)
		w.f32s(f.Data)
	}
}

// fields reads layers and refuses those whose numbers do not fit: what it
// returns can be drawn without another check.
func (r *reader) fields() []Field {
	n := r.count(layerBytes)
	var fields []Field
	for i := 0; i < n && r.err == nil; i++ {
		f := Field{Layer: r.layer(), Step: r.int(), Typical: r.f64(), Data: r.f32s()}
		if r.err == nil && !f.fits() {
			r.err = &WireError{"holds a layer that cannot be drawn"}
			return nil
		}
		fields = append(fields, f)
	}
	return fields
}

func (w *writer) curves(c *Curves) {
	w.f32s(c.Alpha)
	w.f32s(c.Sigma)
	w.f32s(c.AlongAlpha)
	w.f32s(c.AlongSigma)
}

func (r *reader) curves() Curves {
	c := Curves{Alpha: r.f32s(), Sigma: r.f32s(), AlongAlpha: r.f32s(), AlongSigma: r.f32s()}
	if r.err == nil && !(c.sound(c.Alpha, c.Sigma) && c.sound(c.AlongAlpha, c.AlongSigma)) {
		r.err = &WireError{"holds curves that cannot be drawn"}
	}
	return c
}

func (*Curves) sound(a, b []float32) bool {
	if len(a) != len(b) || len(a) > MaxCurve || len(a) == 1 {
		return false
	}
	for i := range a {
		if !finite(float64(a[i])) || !finite(float64(b[i])) {
			return false
		}
	}
	return true
}

func (w *writer) proof(p *Proof) {
	w.u32(uint32(len(p.Draws)))
	for i, n := range p.Draws {
		w.int(n)
		w.f64(p.Distance[i])
	}
	for _, v := range []float64{p.Slope, p.Difference, p.DifferenceError, p.Constant, p.ConstantError} {
		w.f64(v)
	}
}

func (r *reader) proof() Proof {
	n := r.count(16)
	var p Proof
	for i := 0; i < n && r.err == nil; i++ {
		p.Draws, p.Distance = append(p.Draws, r.int()), append(p.Distance, r.f64())
	}
	p.Slope, p.Difference, p.DifferenceError, p.Constant, p.ConstantError = r.f64(), r.f64(), r.f64(), r.f64(), r.f64()
	if r.err == nil && !p.sound() {
		r.err = &WireError{"holds a proof that cannot be drawn"}
	}
	return p
}
