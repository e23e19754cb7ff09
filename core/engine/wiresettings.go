package engine

// The wire form of targets and settings.

func (w *writer) target(t *Target) {
	w.bool(t.Fresh)
	w.text(t.Preset)
	w.int(t.W)
	w.int(t.H)
	w.f64(t.X0)
	w.f64(t.Y0)
	w.f64(t.Cell)
	w.f32s(t.Ink)
}

func (w *writer) settings(s Settings) {
	for _, text := range []string{s.Scheduler, s.Predict, s.Coupling, s.Source} {
		w.text(text)
	}
	w.u64(s.Seed)
	w.text(s.Weight)
	w.text(s.Times)
	w.text(s.Solver)
	w.int(s.Steps)
	w.text(s.Grid)
	w.f64(s.Tolerance)
	w.f64(s.Noise)
	w.int(s.Corrector)
	w.text(s.Along)
	w.int(s.Particles)
}

func (r *reader) target() Target {
	return Target{Fresh: r.bool(), Preset: r.text(), W: r.int(), H: r.int(),
		X0: r.f64(), Y0: r.f64(), Cell: r.f64(), Ink: r.f32s()}
}

func (r *reader) settings() Settings {
	return Settings{Scheduler: r.text(), Predict: r.text(), Coupling: r.text(), Source: r.text(),
		Seed: r.u64(), Weight: r.text(), Times: r.text(),
		Solver: r.text(), Steps: r.int(), Grid: r.text(), Tolerance: r.f64(), Noise: r.f64(),
		Corrector: r.int(), Along: r.text(), Particles: r.int()}
}
