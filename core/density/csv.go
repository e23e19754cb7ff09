package density

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
)

// Limits on files of points from outside. The memory that a file can claim
// follows from the rows alone: a line is judged before it is taken apart.
const (
	maxRows      = 1_000_000
	maxLine      = 4 << 10   // bytes
	maxFileBytes = 128 << 20 // blank lines and all
)

// LineError says what is wrong with one line of a file, and what would be
// right.
type LineError struct {
	Line   int // the first is 1
	Reason string
}

func (e *LineError) Error() string { return "line " + strconv.Itoa(e.Line) + ": " + e.Reason }

// readError is a failure of the reader itself.
type readError struct{ cause error }

func (e *readError) Error() string { return "the file could not be read: " + e.cause.Error() }
func (e *readError) Unwrap() error { return e.cause }

// ReadCSV reads a point a line: two numbers, x and y in natural units, parted
// by a semicolon, a comma, a tab or blanks. The first line may name the
// columns. Blank lines, Windows line ends, a byte order mark and quotes around
// a field are taken as they come. At most a million rows, 4 KiB a line and
// 128 MiB a file; what a line gets wrong is a *LineError. Decimals have a
// point: a line with decimal commas is told from a header and refused.
func ReadCSV(r io.Reader) (*Points, error) {
	limited := &io.LimitedReader{R: r, N: maxFileBytes + 1}
	lines := bufio.NewReaderSize(limited, maxLine)
	var xs, ys []float32
	headed := false
	for number := 1; ; number++ {
		raw, err := lines.ReadSlice('\n')
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			return nil, &LineError{number, "longer than 4096 characters; two numbers a line are wanted"}
		case err != nil && !errors.Is(err, io.EOF):
			return nil, &readError{err}
		case limited.N <= 0:
			return nil, errors.New("the file is larger than 128 MiB; a million rows are the most")
		}
		if number == 1 {
			raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
		}
		if line := strings.TrimSpace(string(raw)); line != "" {
			x, y, problem, numeric := parseRow(line)
			switch {
			case problem == "" && len(xs) == maxRows:
				return nil, &LineError{number, "the file has more than 1,000,000 rows; take a random part of it"}
			case problem == "":
				xs, ys = append(xs, x), append(ys, y)
			case decimalCommas(line):
				return nil, &LineError{number, quote(line, 20) + " has decimal commas; decimals are written with a point, such as 0.5;-1.25"}
			case numeric || headed || len(xs) > 0:
				return nil, &LineError{number, problem}
			default:
				headed = true // words above the first row are names of columns
			}
		}
		if err != nil {
			break
		}
	}
	if len(xs) == 0 {
		return nil, errors.New("the file has no rows; two numbers a line are wanted, such as 0.5,-1.25")
	}
	return NewPoints(append(xs, ys...))
}

// parseRow reads a line that is not blank. A problem is a sentence; numeric
// then tells whether any field was a number, so that the line is no header.
func parseRow(line string) (x, y float32, problem string, numeric bool) {
	first, second, columns := fields(line)
	if columns != 2 {
		_, err := strconv.ParseFloat(first, 64)
		return 0, 0, count(columns) + "; two numbers a line are wanted, such as 0.5,-1.25", err == nil
	}
	a, errA := strconv.ParseFloat(first, 64)
	b, errB := strconv.ParseFloat(second, 64)
	numeric = !errors.Is(errA, strconv.ErrSyntax) || !errors.Is(errB, strconv.ErrSyntax)
	switch {
	case errors.Is(errA, strconv.ErrSyntax):
		return 0, 0, quote(first, 20) + " is not a number; write it like -1.25", numeric
	case errors.Is(errB, strconv.ErrSyntax):
		return 0, 0, quote(second, 20) + " is not a number; write it like -1.25", numeric
	case !(math.Abs(a) <= maxCoordinate):
		return 0, 0, quote(first, 20) + " will not do; finite numbers within ±1e9 are wanted", true
	case !(math.Abs(b) <= maxCoordinate):
		return 0, 0, quote(second, 20) + " will not do; finite numbers within ±1e9 are wanted", true
	}
	return float32(a), float32(b), "", true
}

// decimalCommas reports whether a line would be two numbers if its commas were
// points, and is not two numbers as it stands: 1,5;2,5 or 1,5 2,5.
func decimalCommas(line string) bool {
	columns := strings.FieldsFunc(line, func(r rune) bool { return r == ';' || r == ' ' || r == '\t' })
	if len(columns) != 2 {
		return false
	}
	found := false
	for _, c := range columns {
		whole, part, comma := strings.Cut(bare(c), ",")
		if _, err := strconv.ParseFloat(whole+"."+part, 64); comma && err == nil && whole != "" && part != "" {
			found = true
		} else if _, err := strconv.ParseFloat(bare(c), 64); err != nil {
			return false
		}
	}
	return found
}

func count(columns int) string {
	if columns == 1 {
		return "there is one column"
	}
	return "there are " + strconv.Itoa(columns) + " columns"
}

// fields takes a line apart at the first of ; , tab and blank that it has.
func fields(line string) (first, second string, columns int) {
	var rest string
	var more bool
	separator := " "
	for _, s := range []string{";", ",", "\t"} {
		if strings.Contains(line, s) {
			separator = s
			break
		}
	}
	first, rest, more = strings.Cut(line, separator)
	if !more {
		return bare(first), "", 1
	}
	if separator == " " {
		rest = strings.TrimLeft(rest, " ") // a run of blanks parts once
	}
	second = rest
	if at := strings.Index(rest, separator); at >= 0 {
		second = rest[:at]
		columns = strings.Count(rest[at:], separator)
		if separator == " " {
			columns = len(strings.Fields(rest[at:]))
		}
	}
	return bare(first), bare(second), columns + 2
}

// bare takes away blanks and one pair of quotes.
func bare(field string) string {
	field = strings.TrimSpace(field)
	if len(field) >= 2 && field[0] == '"' && field[len(field)-1] == '"' {
		field = strings.TrimSpace(field[1 : len(field)-1])
	}
	return field
}
