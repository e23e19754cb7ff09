package model

import "fmt"

// ForeignError tells of a sound safetensors file that no inkflow wrote.
type ForeignError struct {
	Format string // what its metadata call the format; empty where they do not
}

func (e *ForeignError) Error() string {
	found := `no "format" in its metadata`
	if e.Format != "" {
		found = fmt.Sprintf(`the "format" in its metadata is %.40q`, e.Format)
	}
	return fmt.Sprintf(`this safetensors file holds no inkflow network (%s, where "%s" is wanted): choose a file that inkflow has written`, found, formatName)
}

// VersionError tells of a checkpoint that a later inkflow wrote.
type VersionError struct {
	Version int // the file's
}

func (e *VersionError) Error() string {
	return fmt.Sprintf("this checkpoint is of version %d, and this inkflow reads version %d: open it with a newer inkflow", e.Version, formatVersion)
}

// ContentError tells of a checkpoint whose parts are missing, damaged or do
// not fit together.
type ContentError struct {
	Problem string // what is wrong
	Want    string // what would be right
}

func (e *ContentError) Error() string {
	return fmt.Sprintf("this inkflow checkpoint is damaged: %s; %s", e.Problem, e.Want)
}
