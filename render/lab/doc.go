// Package lab is the laboratory without its looks: the drawing and its
// history, what the knobs stand at, the flow's clock, and the talk with the
// engine. A stage draws what it holds; a panel, of whatever toolkit, reads and
// turns its values by the IDs of render/controls. It knows neither a browser
// nor a window, so the same laboratory runs in both and is tested without
// either.
//
// A Lab belongs to one goroutine, the one that draws.
package lab
