package cfm

// The conditional flow-matching loss (Lipman et al. 2023, equation 9) on one
// batch:
//
//	E ‖v(X_t, t) − (α̇ X1 + σ̇ X0)‖² / d,   X_t = α X1 + σ X0.
//
// What is minimised is the same error in the network's own units, divided by
// out(t)² (see nn.Scale.Precondition): then every time pulls with the same
// force, whatever the scale of the data. The minimiser does not change, since a
// weight that depends on t alone leaves the best v at each (x, t) as it is.

// draw fills the batch: pairs, times, points on the path and their velocities.
func (t *Trainer) draw() {
	n := t.cfg.Batch
	independent(t.rng, t.target, t.x0, t.x1)
	for j := range n {
		t.time[j] = float32(t.cfg.Times.Draw(t.rng))
		s := float64(t.time[j])
		alpha, sigma, dAlpha, dSigma := t.net.Schedule.Coefficients(s)
		t.unit[j] = t.net.Scale.Precondition(alpha, sigma, dAlpha, dSigma).Out
		t.share[j] = 1 / t.cfg.Times.Density(s)
		a, b, da, db := float32(alpha), float32(sigma), float32(dAlpha), float32(dSigma)
		for k := j; k < len(t.x1); k += n {
			x0, x1 := t.x0[k], t.x1[k]
			t.x[k] = a*x1 + b*x0
			t.u[k] = da*x1 + db*x0
		}
	}
}

// compare fills dv with the gradient of the minimised loss with respect to v and
// returns that loss in the network's units, where an untrained network scores
// about 1, and the plain loss in natural units under uniform time.
func (t *Trainer) compare() (scaled, natural float64) {
	n, total := t.cfg.Batch, float64(len(t.v))
	for j := range n {
		w := 1 / (t.unit[j] * t.unit[j])
		var square float64
		for k := j; k < len(t.v); k += n {
			e := float64(t.v[k]) - float64(t.u[k])
			square += e * e
			t.dv[k] = float32(2 * w * e / total)
		}
		scaled += w * square / total
		natural += t.share[j] * square / total
	}
	return scaled, natural
}
