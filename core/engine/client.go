package engine

import "errors"

// ErrClosed is returned by a client that has been closed.
var ErrClosed = errors.New("engine: the client is closed")

// Client is one side's view of a runner, wherever it runs.
type Client interface {
	// Send stamps the command with a new generation and hands it over. It
	// never blocks. The error is ErrClosed, or says what is wrong with the
	// command; a command with an error is not sent.
	Send(c Command) (generation uint32, err error)

	// Poll returns the newest snapshot that has not been returned yet, or nil.
	// It never blocks. The snapshot belongs to the caller.
	Poll() *Snapshot

	// Close ends the runner. Closing twice is harmless.
	Close() error
}

// Gate stamps commands and turns away snapshots of things past. The zero Gate
// is ready for use. It is not safe for use by several goroutines at once.
type Gate struct {
	last  uint32 // generation of the last command
	floor uint32 // lowest generation still let through
}

// Stamp raises the generation and writes it into the command.
func (g *Gate) Stamp(c *Command) uint32 {
	g.last++
	c.Generation = g.last
	if c.Breaking() {
		g.floor = g.last
	}
	return g.last
}

// Admit reports whether a snapshot still shows something that exists.
func (g *Gate) Admit(s *Snapshot) bool {
	return s.Generation >= g.floor && s.Generation <= g.last
}
