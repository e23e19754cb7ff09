//go:build goexperiment.simd && (arm64 || wasm)

package kernel

// clearUpper has something to do on amd64 only.
func clearUpper() {}
