//go:build !race

// Package race tells tests whether the race detector is on, under which a
// sync.Pool throws away what it is given now and then, and so allocates.
package race

// Enabled reports whether this is a build with the race detector.
const Enabled = false
