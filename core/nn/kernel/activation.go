package kernel

// Element-wise work between the products.

// SiLU replaces z by the activation z·s(z), s the logistic function, and fills
// d with its derivative s(z)·(1 + z·(1 − s(z))). Absolute error below 1e-6 times
// max(1, |z|).
//
//	z, d [n]
func SiLU(z, d []float32) {
	check(len(z) == len(d), "SiLU: buffers")
	silu(z, d)
}

// SiLUOnly replaces z by z·s(z), as accurately as [SiLU].
func SiLUOnly(z []float32) { siluOnly(z) }

// SiLUFast replaces z by z·s(z) with an absolute error below [SiLUFastError],
// whatever z: for inference, where a solver's tolerance is coarser by far.
func SiLUFast(z []float32) { siluFast(z) }

// SiLUFastError bounds the absolute error of [SiLUFast]. The polynomial's share
// is 1.67e-5, at |z| = 1.6; relative to max(1, |z|) rounding adds 2e-7.
const SiLUFastError = 2e-5

// Tanh replaces z by tanh z, and fills d with its derivative 1 − tanh² z.
// Absolute error below 3e-7, of the derivative below 6e-7.
//
//	z, d [n]
func Tanh(z, d []float32) {
	check(len(z) == len(d), "Tanh: buffers")
	tanhBoth(z, d)
}

// TanhOnly replaces z by tanh z.
func TanhOnly(z []float32) { tanhOnly(z) }

// Mul replaces y by y·x, element by element.
//
//	y, x [n]
func Mul(y, x []float32) {
	check(len(y) == len(x), "Mul: buffers")
	mul(y, x)
}

// SinCos fills s and c with the sine and cosine of x. Absolute error below 3e-7
// for |x| ≤ 100, growing in proportion beyond; arguments are clamped to
// ±[SinCosLimit], where the phase of a float32 means little any more.
//
//	s, c, x [n]
func SinCos(s, c, x []float32) {
	check(len(s) == len(x) && len(c) == len(x), "SinCos: buffers")
	sinCos(s, c, x)
}

// SinCosLimit bounds the argument that [SinCos] reduces.
const SinCosLimit = 8192

// AddAngles turns the sines and cosines of two angles into those of their sum:
//
//	s = s1 c2 + c1 s2,  c = c1 c2 − s1 s2
//
// With both angles the same this doubles an angle, which is how octaves are
// made. s and c must not overlap the inputs.
//
//	all [n]
func AddAngles(s, c, s1, c1, s2, c2 []float32) {
	n := len(s)
	check(len(c) == n && len(s1) == n && len(c1) == n && len(s2) == n && len(c2) == n, "AddAngles: buffers")
	addAngles(s, c, s1, c1, s2, c2)
}

// Coefficients of exp2 on [−½, ½] (relative error 8e-8; the coarse ones 7.5e-5,
// minimax), of sin(r)/r and of cos(r) in r² on [0, (π/2)²] (4e-9 and 2e-10):
// Chebyshev expansions.
const (
	exp0 = 1.0000000754953486
	exp1 = 0.6931472067106197
	exp2 = 0.2402210735583116
	exp3 = 0.05550327214207524
	exp4 = 0.009676037097840151
	exp5 = 0.001340043216605409

	coarse0 = 0.9999280735404955
	coarse1 = 0.693260985457336
	coarse2 = 0.24261112219433098
	coarse3 = 0.0551716690748643

	sin0 = 0.9999999957158384
	sin1 = -0.16666657969904106
	sin2 = 0.008333050617318405
	sin3 = -0.00019809046356833543
	sin4 = 2.6051662749937343e-06

	cos0 = 0.9999999997799036
	cos1 = -0.4999999935695575
	cos2 = 0.04166663620891324
	cos3 = -0.0013888360842399788
	cos4 = 2.4760135511077006e-05
	cos5 = -2.6051076265849734e-07

	log2e = 1.4426950408889634
	invPi = 0.3183098861837907
	// π in three pieces; k·piHi and k·piMid are exact for |k| < 2¹².
	piHi  = 3.140625
	piMid = 0.0009675025939941406
	piLo  = 1.5099579897537296e-07

	// round is 1.5·2²³: adding it to |y| < 2²² rounds y to an integer and
	// leaves that integer in the low bits.
	round = 12582912
	// expLimit keeps 2^(−x·log2 e) a normal number.
	expLimit = 87
)
