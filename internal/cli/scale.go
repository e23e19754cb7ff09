package cli

import (
	"fmt"
	"io"
)

// Between these standard deviations of the data the default settings do as
// well as at 1. Measured on moons, multiplied: at 10 eight steps of the solver
// are too few and 32 are enough; at 100 even 128 leave W2 at three times its
// floor.
const minScale, maxScale = .3, 3

// warnOfScale tells of data that lies far from the scale of the noise.
func warnOfScale(stderr io.Writer, command string, std float64) {
	if std >= minScale && std <= maxScale {
		return
	}
	fmt.Fprintf(stderr, "inkflow %s: the data has the standard deviation %.2g, and outside %g to %g samples get worse: divide the data by %.2g and train on that, or give sample and eval more steps, --steps 32 for example\n",
		command, std, minScale, maxScale, std)
}
