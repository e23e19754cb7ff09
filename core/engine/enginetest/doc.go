// Package enginetest holds the cases that every engine.Client must pass,
// whatever lies between the client and its runner: nothing, the wire, or a
// browser's Worker. It is to engine what testing/slogtest is to log/slog.
//
// A client's test is one line:
//
//	enginetest.Run(t, func(t *testing.T) engine.Client { return run.NewLocal() })
//
// The cases see a client only through its interface, and know nothing of its
// speed: they wait for what must come, for a minute at most, and never claim
// that something has come by some time. Whatever a client shows on the way is
// checked too: see session.check.
//
// The package also has [Wire], the smallest client that sends every command
// and snapshot through their byte layout.
package enginetest
