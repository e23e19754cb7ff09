//go:build !race

package exact

const watched = false
