package postlink

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// dataSection is its number in the binary format (WebAssembly core specification,
// section 5.5).
const dataSection = 11

var errModule = errors.New("postlink: this is no whole WebAssembly module")

// extent is where a section lies: its number and size, then its body.
type extent struct{ start, body, end int }

// section finds the section of that number.
func section(module []byte, number byte) (extent, error) {
	if !bytes.HasPrefix(module, []byte("\x00asm\x01\x00\x00\x00")) {
		return extent{}, errModule
	}
	for at := 8; at < len(module); {
		start := at
		size, n := binary.Uvarint(module[at+1:])
		if n <= 0 || size > uint64(len(module)-at-1-n) {
			return extent{}, errModule
		}
		at += 1 + n
		if module[start] == number {
			return extent{start, at, at + int(size)}, nil
		}
		at += int(size)
	}
	return extent{}, errModule
}
