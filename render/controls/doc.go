// Package controls is the panel as data.
//
// Every knob of the laboratory is one row here: what it is called, what it
// asks in plain words, its symbol, its range, where it lives and which key
// presses it. The browser renders the rows as native HTML elements and the
// desktop as widgets of its toolkit; neither knows of a knob that is not in
// the table, and a new row appears in both. What a knob does is not said here
// but in render/lab, which takes and gives values by the row's ID. IDs are
// stable: pages that embed the laboratory and tests rely on them.
package controls
