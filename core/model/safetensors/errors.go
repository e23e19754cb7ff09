package safetensors

import "fmt"

// FormatError tells of bytes that are no safetensors file, or a broken one.
type FormatError struct {
	Offset  int64  // byte of the file at which it shows
	Problem string // what is wrong
	Want    string // what would be right
}

func (e *FormatError) Error() string {
	return fmt.Sprintf("not a whole safetensors file: %s (at byte %d); %s", e.Problem, e.Offset, e.Want)
}

// LimitError tells of a file that may be sound and is larger than the reader
// was told to accept.
type LimitError struct {
	What  string // "header" or "data"
	Bytes uint64 // the size that the file announces
	Limit uint64 // the size that is accepted
}

func (e *LimitError) Error() string {
	return fmt.Sprintf("this file announces %d bytes of %s, and at most %d are accepted: it is not a safetensors file, or one too large for this program",
		e.Bytes, e.What, e.Limit)
}
