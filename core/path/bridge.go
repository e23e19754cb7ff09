package path

// Bridge puts pairs on their conditional paths, each at its own time:
//
//	xt = α_t x1 + σ_t x0,    u = α̇_t x1 + σ̇_t x0.
//
// All points are feature-major, [d × n]; t is [n] and fixes n. The results may
// overwrite the pairs: xt may be x0 or x1, and u the other one. It panics when
// the lengths do not fit together and allocates nothing.
func Bridge(s Scheduler, xt, u, x0, x1, t []float32) {
	n := len(t)
	if len(x0) != len(x1) || len(xt) != len(x0) || len(u) != len(x0) || n == 0 && len(x0) != 0 || n != 0 && len(x0)%n != 0 {
		panic("path: Bridge wants xt, u, x0, x1 of one length, a multiple of len(t)")
	}
	for j := range n {
		alpha, sigma, dAlpha, dSigma := s.Coefficients(float64(t[j]))
		a, b, da, db := float32(alpha), float32(sigma), float32(dAlpha), float32(dSigma)
		for i := j; i < len(x0); i += n {
			p, q := x1[i], x0[i]
			xt[i] = a*p + b*q
			u[i] = da*p + db*q
		}
	}
}
