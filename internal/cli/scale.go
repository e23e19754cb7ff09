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
// steps; to 140, even 128 leave W2 at three times its floor. Standardised, they are
// within 5 % of it at any size, with 8.
const minScale, maxScale = .3, 10.

// warnOfScale tells of data that lies far from the scale of the noise.
func warnOfScale(stderr io.Writer, command string, std float64) {
	if std >= minScale && std <= maxScale {
		return
	}
	size := plain(std)
	has := "has the standard deviation " + size
	if std <= nn.MinStd { // a network knows no smaller one
		has = "is one point or has a standard deviation of at most " + size
	}
	fmt.Fprintf(stderr, "inkflow %s: the data %s, and outside %g to %g samples get worse: train with --standardize, or give sample and eval more steps, --steps 32 for example\n",
		command, has, minScale, maxScale)
}

// warnOfScale does so for the data that a network has learned, unless it was
// standardised.
func (l *learned) warnOfScale(stderr io.Writer, command string) {
	if l.Standard == nil {
		warnOfScale(stderr, command, l.Net.Scale.Std)
	}
}

// plain writes a number in two digits and without an exponent.
func plain(x float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'e', 1, 64), 64)
	if err != nil {
		panic("cli: " + err.Error()) // what FormatFloat writes can be read
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}
