package safetensors

import "strconv"

// FormatError tells of bytes that are no safetensors file, or a broken one.
type FormatError struct {
	Offset  int64  // byte of the file at which it shows
	Problem string // what is wrong
	Want    string // what would be right
}

func (e *FormatError) Error() string {
	return "not a whole safetensors file: " + e.Problem + " (at byte " + strconv.FormatInt(e.Offset, 10) + "); " + e.Want
}

// LimitError tells of a file that may be sound and is larger than the reader
// was told to accept.
type LimitError struct {
	What  string // "header" or "data"
	Bytes uint64 // the size that the file announces
	Limit uint64 // the size that is accepted
}

func (e *LimitError) Error() string {
	return "this file announces " + decimal(e.Bytes) + " bytes of " + e.What + ", and at most " + decimal(e.Limit) +
		" are accepted: it is not a safetensors file, or one too large for this program"
}

// within is an error of the reader or writer underneath, or of what is written,
// with what was going on.
type within struct {
	doing string
	err   error
}

func (e *within) Error() string { return "safetensors: " + e.doing + e.err.Error() }
func (e *within) Unwrap() error { return e.err }

func decimal(n uint64) string { return strconv.FormatUint(n, 10) }

// list writes numbers as in "[5 8]".
func list[T int | uint64](numbers []T) string {
	text := "["
	for i, n := range numbers {
		if i > 0 {
			text += " "
		}
		text += strconv.FormatInt(int64(n), 10)
	}
	return text + "]"
}
