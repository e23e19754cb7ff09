//go:build !(amd64 && goexperiment.simd)

package upper

// Clear has nothing to do here: without vectors nothing is left dirty.
func Clear() {}
