// Package panel draws the table of render/controls with the widgets of
// ebitenui: the bar on top, the questions at the right, the time line at the
// bottom, and over the stage the readings, the invitation and the notices.
//
// Nothing is kept twice. A widget asks the laboratory for its value whenever
// it is drawn and hands over what a person does to it, so there is no state to
// bring into step. Containers, layouts, focus, layers of input, tooltips and
// pop-up windows are ebitenui's; the few widgets it has in another manner than
// a page of HTML does (a slider that comes to the pointer, a field that takes
// any script, a label in two faces) are written here, one a file.
//
// All measures are device-independent pixels; [look] turns them into the
// screen's at the scale at hand. When scale, paper or breadth change, the
// widgets are built again.
package panel
