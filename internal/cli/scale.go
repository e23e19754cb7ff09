package cli

import (
	"fmt"
	"io"

	"inkflow/core/nn"
)

// Between these standard deviations of the data the default settings do as
// well as at 1. Measured on moons, multiplied: at 10 eight steps of the solver
// are too few and 32 are enough; at 100 even 128 leave W2 at three times its
// floor.
const minScale, maxScale = .3, 3.

// warnOfScale tells of data that lies far from the scale of the noise.
func warnOfScale(stderr io.Writer, command string, std float64) {
	if std >= minScale && std <= maxScale {
		return
	}
	has, scale := fmt.Sprintf("has the standard deviation %.2g", std), fmt.Sprintf("divide the data by %.2g and train on that", std)
	if std <= nn.MinStd { // a network knows no smaller one
		has, scale = fmt.Sprintf("is one point or has a standard deviation of at most %g", std), "multiply the data and train on that"
	}
	fmt.Fprintf(stderr, "inkflow %s: the data %s, and outside %g to %g samples get worse: %s, or give sample and eval more steps, --steps 32 for example\n",
		command, has, minScale, maxScale, scale)
}
