//go:build !race

package mixture

const watched = false
