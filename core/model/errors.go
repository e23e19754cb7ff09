package model

import "strconv"

// ForeignError tells of a sound safetensors file that no inkflow wrote.
type ForeignError struct {
	Format string // what its metadata call the format; empty where they do not
}

func (e *ForeignError) Error() string {
	found := `no "format" in its metadata`
	if e.Format != "" {
		found = `the "format" in its metadata is ` + quote(e.Format, 40)
	}
	return `this safetensors file holds no inkflow network (` + found + `, where "` + formatName + `" is wanted): choose a file that inkflow has written`
}

// VersionError tells of a checkpoint that a later inkflow wrote.
type VersionError struct {
	Version int // the file's
}

func (e *VersionError) Error() string {
	return "this checkpoint is of version " + strconv.Itoa(e.Version) + ", and this inkflow reads up to version " + strconv.Itoa(formatVersion) +
		": open it with a newer inkflow"
}

// ContentError tells of a checkpoint whose parts are missing, damaged or do
// not fit together.
type ContentError struct {
	Problem string // what is wrong
	Want    string // what would be right
}

func (e *ContentError) Error() string {
	return "this inkflow checkpoint is damaged: " + e.Problem + "; " + e.Want
}

// refusal is why a checkpoint is not written.
type refusal struct{ err error }

func (e *refusal) Error() string { return "model: " + e.err.Error() }
func (e *refusal) Unwrap() error { return e.err }

// quote shows at most so many characters of s.
func quote(s string, most int) string {
	n := 0
	for at := range s {
		if n++; n > most {
			return strconv.Quote(s[:at])
		}
	}
	return strconv.Quote(s)
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// single writes a weight with the digits of a float32.
func single(x float32) string { return strconv.FormatFloat(float64(x), 'g', -1, 32) }
