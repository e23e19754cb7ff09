// Package render is the stage: the paper, the target faint upon it, the
// particles as a density, and the brush. It draws what a lab.Lab holds and
// changes nothing; the same stage runs in a browser tab and in a desktop
// window.
package render
