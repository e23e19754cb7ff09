//go:build goexperiment.simd

package matching

// A binary with vectors does not load where wasm has none.
func hasVectors() bool { return true }
