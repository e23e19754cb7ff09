//go:build race

package exact

// watched says that the race detector is on, under which a sync.Pool throws
// away what it is given now and then, and so allocates.
const watched = true
