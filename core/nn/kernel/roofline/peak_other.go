//go:build !goexperiment.simd || !(amd64 || wasm)

package roofline

func name() string { return "scalar" }

func turns(n int) float64 { return turnsScalar(n) }
