package cli

import (
	"fmt"
	"io"
	"strconv"

	"inkflow/core/nn"
)

// Between these standard deviations of the data the solver's default of 8
// steps is as good as many, to within a tenth: on the widest preset,
// 8gaussians12 with 8.6, still as good as 64. Moons multiplied to 14 want 32
// steps; to 140, even 128 leave W2 at three times its floor.
const minScale, maxScale = .3, 10.

// warnOfScale tells of data that lies far from the scale of the noise.
func warnOfScale(stderr io.Writer, command string, std float64) {
	if std >= minScale && std <= maxScale {
		return
	}
	size := plain(std)
	has, scale := "has the standard deviation "+size, "divide the data by "+size+" and train on that"
	if std <= nn.MinStd { // a network knows no smaller one
		has, scale = "is one point or has a standard deviation of at most "+size, "multiply the data and train on that"
	}
	fmt.Fprintf(stderr, "inkflow %s: the data %s, and outside %g to %g samples get worse: %s, or give sample and eval more steps, --steps 32 for example\n",
		command, has, minScale, maxScale, scale)
}

// plain writes a number in two digits and without an exponent.
func plain(x float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'e', 1, 64), 64)
	if err != nil {
		panic("cli: " + err.Error()) // what FormatFloat writes can be read
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}
