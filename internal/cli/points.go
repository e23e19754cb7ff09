package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"strconv"
	"strings"
)

// maxQueries is the most points that a file of questions may hold.
const maxQueries = 1_000_000

// readQueries reads the points that --points names, with all their digits: d
// numbers a line, parted as in files of targets, and perhaps a header. It
// returns them point by point, [n × d].
func readQueries(name string, d int, stdin io.Reader) ([]float64, error) {
	switch name {
	case "":
		return nil, usagef("--points is missing: name a .csv file with %d numbers a line, or - for standard input", d)
	case "-":
		x, err := parseQueries(stdin, d)
		return x, wrap("standard input", err)
	}
	f, err := openFile("points", name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no file %s", name)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	x, err := parseQueries(f, d)
	return x, wrap(name, err)
}

func parseQueries(r io.Reader, d int) ([]float64, error) {
	var x []float64
	seen := false // a line that is not blank
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 4096)
	for number := 1; lines.Scan(); number++ {
		text := lines.Text()
		if number == 1 {
			text = strings.TrimPrefix(text, "\ufeff")
		}
		fields := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",; \t\r\"", r) })
		if len(fields) == 0 {
			continue
		}
		first := !seen
		seen = true
		if first && isHeader(fields) {
			continue
		}
		var bad error
		for _, f := range fields {
			v, err := strconv.ParseFloat(f, 64)
			if err != nil || math.IsNaN(v) || math.Abs(v) > 1e9 {
				bad = fmt.Errorf("line %d: %.40q is no number within ±1e9", number, f)
				break
			}
			x = append(x, v)
		}
		switch {
		case bad != nil:
			return nil, bad
		case len(fields) != d:
			return nil, fmt.Errorf("line %d holds %d numbers, and a point has %d", number, len(fields), d)
		case len(x) > maxQueries*d:
			return nil, fmt.Errorf("there are more than %d points", maxQueries)
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return nil, errors.New("a line is longer than 4096 bytes")
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if len(x) == 0 {
		return nil, errors.New("there are no points in it")
	}
	return x, nil
}

// isHeader reports whether a line holds names: not one of its fields is a number,
// be it a number that is too large or none that one can use.
func isHeader(fields []string) bool {
	for _, f := range fields {
		if _, err := strconv.ParseFloat(f, 64); err == nil || errors.Is(err, strconv.ErrRange) {
			return false
		}
	}
	return true
}

// appendNumbers adds a line of numbers to text, in the fewest digits that give
// each float64 back.
func appendNumbers(text []byte, numbers ...float64) []byte {
	for i, v := range numbers {
		if i > 0 {
			text = append(text, ',')
		}
		text = strconv.AppendFloat(text, v, 'g', -1, 64)
	}
	return append(text, '\n')
}

// columns names the columns of d coordinates and what follows them: x,y in the
// plane, and x1,x2,… elsewhere; of more, the letters in front are prefixed.
func columns(d int, prefixes ...string) string {
	names := []string{"x", "y"}
	if d != 2 {
		names = nil
		for i := range d {
			names = append(names, "x"+strconv.Itoa(i+1))
		}
	}
	all := append([]string(nil), names...)
	for _, p := range prefixes {
		for i, n := range names {
			if d != 2 {
				n = strconv.Itoa(i + 1)
			}
			all = append(all, p+n)
		}
	}
	return strings.Join(all, ",")
}
