package cli

import (
	"fmt"
	"io"
	"strconv"

	"inkflow/core/nn"
)

// Between these standard deviations of the data the default settings do as
// well as at 1, or within a tenth: the widest preset, moons7, has 6.9. Measured
// on moons, multiplied: at 14 eight steps of the solver are too few and 32 are
// enough; at 140 even 128 leave W2 at three times its floor.
const minScale, maxScale = .3, 7.

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
