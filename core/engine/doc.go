// Package engine is the seam between computing and drawing.
//
// On one side sits a runner that owns a network, trains it, integrates
// particles and measures how good they are. On the other side sits a stage
// that draws and a panel that a person turns. They may live in one process
// (two goroutines on a desktop) or in two (a browser tab and its Worker), and
// neither may notice the difference. So all that crosses is plain data: a
// [Command] one way, a [Snapshot] the other, and a byte layout for both.
//
// Three rules keep the two sides honest.
//
//   - Sending never blocks, and neither does polling. A client hands over the
//     newest snapshot or nothing.
//   - Every command raises the generation, and every snapshot says which
//     generation it answers. A command that makes what came before
//     meaningless (a fresh drawing, a reset, a loaded model) also raises the
//     lowest generation that is still let through: see [Gate]. A command that
//     only refines (a stroke added to the drawing, another solver) does not,
//     or a pen in motion would starve the stage of pictures.
//   - At most one snapshot is on its way. The next one is made when the last
//     one was taken, so a tab that sleeps and wakes finds one picture, not a
//     flood of them.
//
// What the theory offers is data here as well: [Settings] name a path, a
// coupling, a solver by the words that core's parsers take, the menus
// ([Schedulers] and its like) list them, and [Settings.Validate] knows which
// cannot be together, so that a panel can close what is impossible and say why.
// One rule governs all changes: what is learned changes by learning afresh.
// A [Layer] asks for something to be computed of the field beside the
// particles, and a [Field] is the answer.
//
// The package does no arithmetic on samples and imports no numerics: a page
// that only draws links it and stays light. The runner lives in engine/run,
// the cases every client must pass in engine/enginetest.
package engine
