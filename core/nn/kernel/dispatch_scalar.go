//go:build !goexperiment.simd || !(amd64 || arm64 || wasm)

package kernel

// A build without vectors: the reference does all the work.

// Name says which implementation this build and machine use.
func Name() string { return "scalar" }

func product(c []float32, a matrix, b, bias []float32, step, m, k, n int) {
	productScalar(c, a, b, bias, step, m, k, n)
}
func weights(dw, dy, x, scratch []float32, out, in, n int) {
	weightsTransposed(dw, dy, x, scratch, out, in, n)
}
func rowSums(s, x []float32, rows, n int)                { rowSumsScalar(s, x, rows, n) }
func silu(z, d []float32)                                { siluScalar(z, d) }
func siluOnly(z []float32)                               { siluOnlyScalar(z) }
func siluFast(z []float32)                               { siluFastScalar(z) }
func tanhBoth(z, d []float32)                            { tanhScalar(z, d) }
func tanhOnly(z []float32)                               { tanhOnlyScalar(z) }
func mul(y, x []float32)                                 { mulScalar(y, x) }
func sinCos(s, c, x []float32)                           { sinCosScalar(s, c, x) }
func addAngles(s, c, s1, c1, s2, c2 []float32)           { addAnglesScalar(s, c, s1, c1, s2, c2) }
func adamW(w, m, v, g []float32, a Adam)                 { adamWScalar(w, m, v, g, a) }
func lerp(y, x []float32, share float32)                 { lerpScalar(y, x, share) }
func finite(x []float32) bool                            { return finiteScalar(x) }
func normals(dst []float32, key [2]uint32, block uint64) { normalsScalar(dst, key, block) }
