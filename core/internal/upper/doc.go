// Package upper clears the upper halves of the vector registers.
//
// On amd64, once a 256 or 512-bit instruction has left something there, code
// that mixes old and new encodings (math.Exp does) runs up to 165 times slower
// until they are cleared. Kernels clear behind themselves. But a build with
// vectors has a second source: the runtime gives a preempted goroutine all 512
// bits of every register back (Go 1.27), so that a long loop of scalar
// mathematics falls to that speed after its first preemption and stays there.
// Such a loop calls Clear now and then; it costs about a nanosecond.
package upper
