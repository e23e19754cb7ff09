// Package cli is the inkflow command: serve a built page, train a network,
// draw samples from it, say how good it is and how probable points are, and
// measure networks, solvers and the theory against the exact answers, all
// without a window.
//
// The package wires and words; the mathematics is in core. Its manners:
//
//   - Standard output carries the result and nothing else, so that it can be
//     piped; --json makes it one JSON object. A progress bar appears on
//     standard error, and only if that is a terminal.
//   - The name "-" stands for standard input or output wherever a file is
//     read or written.
//   - A file is written beside its place and moved there when it is whole:
//     an interrupted or failed run leaves the old one as it was.
//   - Points are written as they are drawn. A reader that has seen enough and
//     closes the pipe ends the run without a word.
//   - What does not go together is refused before a file is touched: noise
//     for a network that has no score, for one.
//   - An error is one sentence that says what is wrong and what would be
//     right, with the names that are close to a mistyped one.
//   - Ctrl-C ends a training early and keeps what has been learned.
//
// Exit codes: 0 done, 1 it failed, 2 it was called wrongly (an unknown flag,
// preset or value), 130 interrupted, 141 the reader of a pipe is gone.
package cli
